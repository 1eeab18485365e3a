import type { ApprovalData, Vin } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { ApprovalRow, BaseEcocRow } from '../tables.ts'

/** Type-approval master data and base eCoCs. */
export class MasterData {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  async approvals(type: string, variant: string, version: string): Promise<ApprovalData[]> {
    const rows = await this.#db.all<{ data: string }>(
      'SELECT data FROM approval WHERE type = ? AND variant = ? AND version = ? ORDER BY valid_from, id',
      [type, variant, version],
    )
    return rows.map((r) => JSON.parse(r.data) as ApprovalData)
  }

  approval(id: string): Promise<ApprovalRow | undefined> {
    return this.#db.get('SELECT * FROM approval WHERE id = ?', [id])
  }

  /** The newest stage's eCoC of a VIN below the given stage. */
  baseEcoc(vin: Vin, belowStage: number): Promise<BaseEcocRow | undefined> {
    return this.#db.get('SELECT * FROM base_ecoc WHERE vin = ? AND stage < ? ORDER BY stage DESC LIMIT 1', [
      vin,
      belowStage,
    ])
  }
}
