import type { IviReferenceId, Vin } from '../../contract/index.ts'
import { sha256 } from '../../support/hash.ts'
import type { Database } from '../database.ts'
import { pack, unpack } from '../packed.ts'
import type { EarlierEcocRow } from '../tables.ts'
import { upsert, type Write } from '../writes.ts'

export interface EarlierCounts {
  readonly documents: number
  readonly accepted: number
  /** Those that are eCoCs here. */
  readonly continued: number
}

const whatIs = (row: Pick<EarlierEcocRow, 'ivi_reference_id'>): string => `earlier document ${row.ivi_reference_id}`

/** What the process before this gateway made, by flow. Rows come out with their documents unpacked. */
export class Earlier {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  async get(flow: string, reference: IviReferenceId): Promise<EarlierEcocRow | undefined> {
    const sql = 'SELECT * FROM earlier_ecoc WHERE flow = ? AND ivi_reference_id = ?'
    const row = await this.#db.get<EarlierEcocRow>(sql, [flow, reference])
    return row && this.#open(row)
  }

  /** Every document of a vehicle, the highest version first. */
  async of(flow: string, vin: Vin): Promise<EarlierEcocRow[]> {
    const sql = 'SELECT * FROM earlier_ecoc WHERE flow = ? AND vin = ? ORDER BY version DESC, at DESC, ivi_reference_id'
    return (await this.#db.all<EarlierEcocRow>(sql, [flow, vin])).map((row) => this.#open(row))
  }

  /** Vehicles after this one of which an accepted document is no eCoC here yet. */
  async vinsToContinue(flow: string, after: string, limit: number): Promise<Vin[]> {
    const rows = await this.#db.all<{ vin: Vin }>(
      `SELECT DISTINCT vin FROM earlier_ecoc
       WHERE flow = ? AND vin > ? AND ecoc_id IS NULL AND accepted = 1 AND fit = 1 ORDER BY vin LIMIT ?`,
      [flow, after, limit],
    )
    return rows.map((row) => row.vin)
  }

  async counts(flow: string): Promise<EarlierCounts> {
    const row = await this.#db.get<EarlierCounts>(
      `SELECT count(*) AS documents, coalesce(sum(accepted), 0) AS accepted,
       coalesce(sum(CASE WHEN ecoc_id IS NULL THEN 0 ELSE 1 END), 0) AS continued FROM earlier_ecoc WHERE flow = ?`,
      [flow],
    )
    return row ?? { documents: 0, accepted: 0, continued: 0 }
  }

  /** @throws GatewayError STO-005 larger than can be read again */
  write(row: EarlierEcocRow): Write {
    return upsert('earlier_ecoc', {
      ...row,
      bytes: pack(row.bytes, whatIs(row)),
      receipt: row.receipt && pack(row.receipt, `receipt of the ${whatIs(row)}`),
    })
  }

  #open(row: EarlierEcocRow): EarlierEcocRow {
    const receipt = row.receipt && { bytes: row.receipt, sha256: row.receipt_sha256 ?? sha256('') }
    return {
      ...row,
      bytes: unpack(row, whatIs(row)),
      receipt: receipt && unpack(receipt, `receipt of the ${whatIs(row)}`),
    }
  }
}
