import type { EcocId, SpoolId } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { EcocRow, SpoolLineRow, SpoolRow } from '../tables.ts'

/** A line of a file with where its eCoC stands now. */
export type LineWithEcoc = SpoolLineRow &
  Partial<
    Pick<EcocRow, 'state' | 'mode' | 'reason_code' | 'reason' | 'next_step' | 'receipt_reference' | 'ivi_reference_id'>
  >

export class Spools {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  get(id: SpoolId): Promise<SpoolRow | undefined> {
    return this.#db.get('SELECT * FROM spool WHERE id = ?', [id])
  }

  /** Files that are taken but not yet put away, oldest first. */
  open(): Promise<SpoolRow[]> {
    return this.#db.all("SELECT * FROM spool WHERE state <> 'settled' ORDER BY at, id")
  }

  /** The file of that name which is still being worked on. */
  openByKey(source: string, key: string): Promise<SpoolRow | undefined> {
    return this.#db.get("SELECT * FROM spool WHERE source = ? AND key = ? AND state <> 'settled'", [source, key])
  }

  /** The latest file of that name, whatever its state: the one whose answers lie beside the source. */
  latestByKey(source: string, key: string): Promise<SpoolRow | undefined> {
    return this.#db.get('SELECT * FROM spool WHERE source = ? AND key = ? ORDER BY id DESC LIMIT 1', [source, key])
  }

  async countByKey(source: string, key: string): Promise<number> {
    const sql = 'SELECT count(*) AS n FROM spool WHERE source = ? AND key = ?'
    return (await this.#db.get<{ n: number }>(sql, [source, key]))?.n ?? 0
  }

  /** Whether a spool of that id is known. */
  async has(id: string): Promise<boolean> {
    return (await this.#db.get('SELECT 1 FROM spool WHERE id = ?', [id])) !== undefined
  }

  /** Where a person's correction of the same record took an eCoC's place, the line speaks of that. */
  lines(id: SpoolId): Promise<LineWithEcoc[]> {
    return this.#db.all(
      `SELECT l.*, e.id AS ecoc_id, e.state, e.mode, e.reason_code, e.reason, e.next_step, e.receipt_reference,
         e.ivi_reference_id
       FROM spool_line l LEFT JOIN ecoc o ON o.id = l.ecoc_id LEFT JOIN ecoc e ON e.id = CASE WHEN o.state = 'superseded'
         THEN COALESCE((SELECT n.id FROM ecoc n WHERE n.mapper = o.mapper AND n.record_key = o.record_key
           AND n.record_id = o.record_id AND n.mode = o.mode AND n.sibling_of IS NULL AND n.proposal_of IS NULL
           AND n.state <> 'superseded' ORDER BY n.id DESC LIMIT 1), o.id) ELSE o.id END
       WHERE l.spool_id = ? ORDER BY l.line`,
      [id],
    )
  }

  /**
   * The files in which an eCoC stands, each only in its newest drop (the others' answers are no longer written), oldest
   * first. A further document of a vehicle stands where the vehicle's own eCoC does, and a person's correction where what
   * it corrects does.
   */
  async ofEcoc(ecoc: EcocId): Promise<SpoolRow[]> {
    const of = (ids: string): Promise<SpoolRow[]> =>
      this.#db.all(
        `SELECT DISTINCT s.* FROM spool s JOIN spool_line l ON l.spool_id = s.id WHERE l.ecoc_id ${ids} AND NOT EXISTS
         (SELECT 1 FROM spool n WHERE n.source = s.source AND n.key = s.key AND n.id > s.id) ORDER BY s.id`,
        [ecoc],
      )
    const own = await of('= ?')
    if (own.length > 0) return own
    return of(`IN (SELECT m.id FROM ecoc f JOIN ecoc m ON m.mapper = f.mapper AND m.record_key = f.record_key
      AND m.mode = f.mode WHERE f.id = ? AND (f.sibling_of IS NOT NULL OR m.record_id = f.record_id))`)
  }

  /** How the further documents of the vehicles of a file stand, by its lines. */
  async furtherOf(id: SpoolId): Promise<(Pick<SpoolLineRow, 'line'> & Pick<EcocRow, 'profile' | 'state'>)[]> {
    // Few sites have any: their index alone says so.
    if (!(await this.#db.get('SELECT 1 FROM ecoc WHERE sibling_of IS NOT NULL LIMIT 1'))) return []
    return this.#db.all(
      `SELECT l.line, f.profile, f.state FROM spool_line l JOIN ecoc m ON m.id = l.ecoc_id
       JOIN ecoc f ON f.mapper = m.mapper AND f.record_key = m.record_key AND f.mode = m.mode
       WHERE l.spool_id = ? AND f.sibling_of IS NOT NULL AND f.proposal_of IS NULL AND f.state <> 'superseded'
       AND NOT EXISTS (SELECT 1 FROM ecoc n WHERE n.mapper = f.mapper AND n.record_key = f.record_key AND n.mode = f.mode
         AND n.sibling_of IS NOT NULL AND n.proposal_of IS NULL AND n.profile = f.profile AND n.id > f.id)
       ORDER BY l.line, f.id`,
      [id],
    )
  }
}
