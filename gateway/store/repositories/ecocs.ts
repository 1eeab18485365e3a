import type { EcocId, EcocState, Mode, RecordKey, Vin } from '../../contract/index.ts'
import type { Database, SqlValue } from '../database.ts'
import type { EcocRow, RecordRow } from '../tables.ts'

export interface EcocQuery {
  /** Part of a VIN or record key. */
  readonly q?: string
  readonly vin?: string
  readonly state?: EcocState
  readonly mode?: Mode
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
   * A cancelled proposal must not hide the accepted eCoC that it stood beside. What was born in another mode never counts,
   * nor do further documents of the vehicle (`siblings`).
   */
  async latestByKey(
    mapper: string,
    key: RecordKey,
    mode: Mode,
  ): Promise<(EcocRow & { content_sha256: string }) | undefined> {
    // Nearly every record is new: the index alone says so many times faster than a sorted join that finds nothing.
    const any = 'SELECT 1 FROM ecoc WHERE mapper = ? AND record_key = ? LIMIT 1'
    if (!(await this.#db.get(any, [mapper, key]))) return undefined
    return this.#db.get(
      `SELECT e.*, r.content_sha256 FROM ecoc e JOIN record r ON r.id = e.record_id
       WHERE e.mapper = ? AND e.record_key = ? AND e.mode = ? AND e.sibling_of IS NULL
       ORDER BY CASE WHEN e.state IN ('superseded', 'cancelled') THEN 1 ELSE 0 END, e.id DESC LIMIT 1`,
      [mapper, key, mode],
    )
  }

  /** Further documents of a record key's vehicle, whatever became of them, oldest first, with the content they are made of. */
  siblings(mapper: string, key: RecordKey, mode: Mode): Promise<(EcocRow & { content_sha256: string })[]> {
    return this.#db.all(
      `SELECT e.*, r.content_sha256 FROM ecoc e JOIN record r ON r.id = e.record_id
       WHERE e.mapper = ? AND e.record_key = ? AND e.mode = ? AND e.sibling_of IS NOT NULL ORDER BY e.id`,
      [mapper, key, mode],
    )
  }

  /** The eCoCs of a vehicle in a mode that are not closed, oldest first. */
  openOf(vin: Vin, mode: Mode): Promise<EcocRow[]> {
    return this.#db.all(
      "SELECT * FROM ecoc WHERE vin = ? AND mode = ? AND state NOT IN ('superseded', 'cancelled') ORDER BY id",
      [vin, mode],
    )
  }

  /** The newest eCoC that a record of the vehicle made in a flow, in whatever mode: it names that record. */
  newestFromRecord(vin: Vin, mapper: string, notFrom: string): Promise<EcocRow | undefined> {
    return this.#db.get('SELECT * FROM ecoc WHERE vin = ? AND mapper = ? AND source <> ? ORDER BY id DESC LIMIT 1', [
      vin,
      mapper,
      notFrom,
    ])
  }

  /** How many eCoCs of a flow an access point accepted in test mode. `<> 'live'` lets SQLite use the index without live ones. */
  async countTestAccepted(mapper: string, accessPoint: string): Promise<number> {
    const row = await this.#db.get<{ n: number }>(
      `SELECT count(*) AS n FROM ecoc WHERE mapper = ? AND mode = 'test' AND mode <> 'live' AND access_point = ?
       AND state IN ('accepted', 'accepted_with_warnings')`,
      [mapper, accessPoint],
    )
    return row?.n ?? 0
  }

  /** The correction of an eCoC that is proposed, or confirmed and on its way. */
  openCorrection(of: EcocId): Promise<EcocRow | undefined> {
    return this.#db.get(
      `SELECT * FROM ecoc WHERE vin = (SELECT vin FROM ecoc WHERE id = ?) AND (proposal_of = ? OR replaces = ?)
       AND state NOT IN ('superseded', 'cancelled') ORDER BY id DESC LIMIT 1`,
      [of, of, of],
    )
  }

  /** Vehicles of a flow's parallel run of which there is no live eCoC: nobody is known to have delivered them. */
  async countUndelivered(mapper: string): Promise<number> {
    const row = await this.#db.get<{ n: number }>(
      `SELECT count(*) AS n FROM ecoc p WHERE p.mapper = ? AND p.mode = 'parallel' AND p.mode <> 'live'
       AND p.state NOT IN ('superseded', 'cancelled') AND NOT EXISTS
         (SELECT 1 FROM ecoc l WHERE l.vin = p.vin AND l.mode = 'live' AND l.state NOT IN ('superseded', 'cancelled')
          AND (l.stage = p.stage OR p.stage IS NULL))`,
      [mapper],
    )
    return row?.n ?? 0
  }

  /** Every version of an eCoC, with the corrections proposed beside it: one vehicle, maker, stage, profile, environment. Oldest first. */
  versionsOf(ecoc: EcocRow): Promise<EcocRow[]> {
    const { id, vin, mode, manufacturer, stage, profile, environment, proposal_of, replaces } = ecoc
    // What the earlier process made may name its maker otherwise: then the chain itself says that it belongs here.
    return this.#db.all(
      `SELECT * FROM ecoc WHERE vin = ? AND mode = ?
       AND (id IN (?, ?, ?) OR proposal_of = ? OR replaces = ?
         OR (manufacturer = ? AND stage = ? AND profile = ? AND environment = ?))
       ORDER BY id`,
      [vin, mode, id, proposal_of, replaces, id, id, manufacturer, stage, profile, environment],
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
    if (query.mode) add('mode = ?', query.mode)
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
