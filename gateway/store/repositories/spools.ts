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

  lines(id: SpoolId): Promise<LineWithEcoc[]> {
    return this.#db.all(
      `SELECT l.*, e.state, e.mode, e.reason_code, e.reason, e.next_step, e.receipt_reference, e.ivi_reference_id
       FROM spool_line l LEFT JOIN ecoc e ON e.id = l.ecoc_id WHERE l.spool_id = ? ORDER BY l.line`,
      [id],
    )
  }

  /** The files in which an eCoC stands, each only in its newest drop (the others' answers are no longer written), oldest first. */
  ofEcoc(ecoc: EcocId): Promise<SpoolRow[]> {
    return this.#db.all(
      `SELECT DISTINCT s.* FROM spool s JOIN spool_line l ON l.spool_id = s.id WHERE l.ecoc_id = ? AND NOT EXISTS
         (SELECT 1 FROM spool n WHERE n.source = s.source AND n.key = s.key AND n.id > s.id) ORDER BY s.id`,
      [ecoc],
    )
  }
}
