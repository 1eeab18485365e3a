import type { RecordFields, Vin } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { MapperProposalRow, MapperReleaseRow } from '../tables.ts'

/** A record as it came, for trying a mapper on. */
export interface KnownRecord {
  readonly vin: Vin
  readonly recordKey: string
  readonly fields: RecordFields
}

/** Releases of mappers, proposals of them, and the records that they are tried on. */
export class MapperReleases {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** Newest first, without their text. */
  history(mapper: string): Promise<Omit<MapperReleaseRow, 'files'>[]> {
    return this.#db.all(
      `SELECT mapper, number, version, title, sha256, tests, difference, back_to, comment, proposed_by, released_by, at
       FROM mapper_release WHERE mapper = ? ORDER BY number DESC`,
      [mapper],
    )
  }

  get(mapper: string, number: number): Promise<MapperReleaseRow | undefined> {
    return this.#db.get('SELECT * FROM mapper_release WHERE mapper = ? AND number = ?', [mapper, number])
  }

  /** What runs where releases decide. */
  latest(mapper: string): Promise<MapperReleaseRow | undefined> {
    return this.#db.get('SELECT * FROM mapper_release WHERE mapper = ? ORDER BY number DESC LIMIT 1', [mapper])
  }

  /** The latest release of every mapper that has one, by name. */
  latestOfAll(): Promise<MapperReleaseRow[]> {
    return this.#db.all(
      `SELECT r.* FROM mapper_release r
       JOIN (SELECT mapper, max(number) AS number FROM mapper_release GROUP BY mapper) l
         ON l.mapper = r.mapper AND l.number = r.number
       ORDER BY r.mapper`,
    )
  }

  proposal(mapper: string): Promise<MapperProposalRow | undefined> {
    return this.#db.get('SELECT * FROM mapper_proposal WHERE mapper = ?', [mapper])
  }

  /** The latest records of a mapper, newest first; a record that came again counts again. */
  async latestRecords(mapper: string, limit: number): Promise<KnownRecord[]> {
    const rows = await this.#db.all<{ vin: Vin; record_key: string; fields: string }>(
      'SELECT vin, record_key, fields FROM record WHERE mapper = ? ORDER BY id DESC LIMIT ?',
      [mapper, limit],
    )
    return rows.map((r) => ({ vin: r.vin, recordKey: r.record_key, fields: JSON.parse(r.fields) as RecordFields }))
  }
}
