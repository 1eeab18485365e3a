import type { EcocId, EcocState, Mode } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { EcocRow } from '../tables.ts'

/** Which eCoCs are meant; what is not said does not matter. */
export interface PickFilter {
  readonly state?: EcocState | undefined
  /** Reason code. */
  readonly code?: string | undefined
  readonly accessPoint?: string | undefined
  readonly mapper?: string | undefined
  readonly mode?: Mode | undefined
  readonly profile?: string | undefined
}

/** Keys of the filter and their columns: names come from here, never from outside. */
const columns: Readonly<Record<keyof PickFilter, string>> = {
  state: 'state',
  code: 'reason_code',
  accessPoint: 'access_point',
  mapper: 'mapper',
  mode: 'mode',
  profile: 'profile',
}

/** Ids in one statement. */
const atOnce = 500

/** A rejected eCoC with what its access point said of it. */
export type RejectedRow = EcocRow & { readonly meaning: string | null }

/** Many eCoCs at once: for acting on them, and for seeing what they have in common. */
export class Picks {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** Oldest first. */
  find(filter: PickFilter, limit: number): Promise<EcocRow[]> {
    const given = (Object.keys(columns) as (keyof PickFilter)[]).filter((key) => filter[key] !== undefined)
    const where = given.length === 0 ? '' : `WHERE ${given.map((key) => `${columns[key]} = ?`).join(' AND ')}`
    const params = given.map((key) => filter[key] ?? null)
    return this.#db.all(`SELECT * FROM ecoc ${where} ORDER BY id LIMIT ?`, [...params, limit])
  }

  /** Those that there are, in the order given. */
  async byIds(ids: readonly EcocId[]): Promise<EcocRow[]> {
    const rows: EcocRow[] = []
    for (let at = 0; at < ids.length; at += atOnce) {
      const some = ids.slice(at, at + atOnce)
      const marks = some.map(() => '?').join(', ')
      rows.push(...(await this.#db.all<EcocRow>(`SELECT * FROM ecoc WHERE id IN (${marks})`, some)))
    }
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  /** What is rejected now, newest first, each with the newest answer that was understood. */
  rejected(limit: number): Promise<RejectedRow[]> {
    return this.#db.all(
      `SELECT e.*, (SELECT r.meaning FROM receipt r WHERE r.ecoc_id = e.id AND r.meaning IS NOT NULL
         ORDER BY r.received_at DESC, r.id DESC LIMIT 1) AS meaning
       FROM ecoc e WHERE e.state = 'rejected' ORDER BY e.id DESC LIMIT ?`,
      [limit],
    )
  }
}
