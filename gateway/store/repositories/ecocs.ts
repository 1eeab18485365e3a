import type { EcocId, EcocState, RecordKey } from '../../contract/index.ts'
import type { Database, SqlValue } from '../database.ts'
import type { EcocRow, RecordRow } from '../tables.ts'

export interface EcocQuery {
  /** Part of a VIN or record key. */
  readonly q?: string
  readonly vin?: string
  readonly state?: EcocState
  /** The id after which the page starts (newest first). */
  readonly after?: string
  readonly limit: number
}

export class Ecocs {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  get(id: EcocId): Promise<EcocRow | undefined> {
    return this.#db.get('SELECT * FROM ecoc WHERE id = ?', [id])
  }

  /**
   * What a row that comes again is compared with: the newest eCoC of its record key, an open one before a closed one.
   * A cancelled proposal must not hide the accepted eCoC that it stood beside.
   */
  async latestByKey(mapper: string, key: RecordKey): Promise<(EcocRow & { content_sha256: string }) | undefined> {
    // Nearly every record is new: the index alone says so many times faster than a sorted join that finds nothing.
    const any = 'SELECT 1 FROM ecoc WHERE mapper = ? AND record_key = ? LIMIT 1'
    if (!(await this.#db.get(any, [mapper, key]))) return undefined
    return this.#db.get(
      `SELECT e.*, r.content_sha256 FROM ecoc e JOIN record r ON r.id = e.record_id
       WHERE e.mapper = ? AND e.record_key = ?
       ORDER BY CASE WHEN e.state IN ('superseded', 'cancelled') THEN 1 ELSE 0 END, e.id DESC LIMIT 1`,
      [mapper, key],
    )
  }

  /** The correction of an eCoC that a record or a person proposed and nobody has decided on. */
  openProposal(of: EcocId): Promise<EcocRow | undefined> {
    return this.#db.get(
      `SELECT * FROM ecoc WHERE vin = (SELECT vin FROM ecoc WHERE id = ?) AND proposal_of = ?
       AND state NOT IN ('superseded', 'cancelled') ORDER BY id DESC LIMIT 1`,
      [of, of],
    )
  }

  /** Every version of an eCoC, with the corrections proposed beside it: one vehicle, maker, stage, profile, environment. Oldest first. */
  versionsOf(ecoc: EcocRow): Promise<EcocRow[]> {
    const { id, vin, manufacturer, stage, profile, environment, proposal_of } = ecoc
    return this.#db.all(
      `SELECT * FROM ecoc WHERE vin = ?
       AND (id IN (?, ?) OR proposal_of = ? OR (manufacturer = ? AND stage = ? AND profile = ? AND environment = ?))
       ORDER BY id`,
      [vin, id, proposal_of, id, manufacturer, stage, profile, environment],
    )
  }

  record(ecoc: EcocId): Promise<RecordRow | undefined> {
    return this.#db.get('SELECT r.* FROM record r JOIN ecoc e ON e.record_id = r.id WHERE e.id = ?', [ecoc])
  }

  /** A page of eCoCs, newest first. */
  list(query: EcocQuery): Promise<EcocRow[]> {
    const where: string[] = []
    const params: SqlValue[] = []
    const add = (condition: string, ...values: SqlValue[]): void => {
      where.push(condition)
      params.push(...values)
    }
    if (query.q) {
      const like = `%${query.q.replace(/[\\%_]/g, '\\$&')}%`
      // Both sides by the database: it and JavaScript differ in what the capital of a letter is.
      add("(vin LIKE UPPER(?) ESCAPE '\\' OR UPPER(record_key) LIKE UPPER(?) ESCAPE '\\')", like, like)
    }
    if (query.vin) add('vin = ?', query.vin)
    if (query.state) add('state = ?', query.state)
    if (query.after) add('id < ?', query.after)
    const condition = where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''
    return this.#db.all(`SELECT * FROM ecoc ${condition} ORDER BY id DESC LIMIT ?`, [...params, query.limit])
  }

  heldFor(reasonCodes: readonly string[]): Promise<EcocRow[]> {
    const marks = reasonCodes.map(() => '?').join(', ')
    return this.#db.all(
      `SELECT * FROM ecoc WHERE state = 'held' AND reason_code IN (${marks}) ORDER BY id`,
      reasonCodes,
    )
  }

  async countByState(): Promise<Partial<Record<EcocState, number>>> {
    const rows = await this.#db.all<{ state: EcocState; n: number }>(
      'SELECT state, count(*) AS n FROM ecoc GROUP BY state',
    )
    return Object.fromEntries(rows.map((r) => [r.state, r.n]))
  }
}
