import type { EcocId, Sha256, SpoolId } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { LeftItemRow, SourceMarkRow, SourceRowRow } from '../tables.ts'

/** What is remembered of sources. */
export class Sources {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  mark(source: string): Promise<SourceMarkRow | undefined> {
    return this.#db.get('SELECT * FROM source_mark WHERE source = ?', [source])
  }

  /** What is known of these rows of a page. */
  async rows(source: string, keys: readonly string[]): Promise<ReadonlyMap<string, SourceRowRow>> {
    const found: SourceRowRow[] = []
    // Databases allow only so many parameters in one statement.
    for (let from = 0; from < keys.length; from += 500) {
      const some = keys.slice(from, from + 500)
      const sql = `SELECT * FROM source_row WHERE source = ? AND key IN (${some.map(() => '?').join(', ')})`
      found.push(...(await this.#db.all<SourceRowRow>(sql, [source, ...some])))
    }
    return new Map(found.map((row) => [row.key, row]))
  }

  /** The rows that a page brought and no later one replaced. */
  rowsOf(spool: SpoolId): Promise<SourceRowRow[]> {
    return this.#db.all('SELECT * FROM source_row WHERE spool_id = ? ORDER BY line', [spool])
  }

  rowAt(spool: SpoolId, line: number): Promise<SourceRowRow | undefined> {
    return this.#db.get('SELECT * FROM source_row WHERE spool_id = ? AND line = ?', [spool, line])
  }

  /** The row of a source in which the record of an eCoC, or of what it corrects, came last. */
  rowOf(source: string, ecoc: EcocId): Promise<SourceRowRow | undefined> {
    return this.#db.get(
      `SELECT r.* FROM ecoc f JOIN ecoc m ON m.mapper = f.mapper AND m.record_key = f.record_key AND m.mode = f.mode
       JOIN spool_line l ON l.ecoc_id = m.id JOIN source_row r ON r.spool_id = l.spool_id AND r.line = l.line
       WHERE f.id = ? AND r.source = ? ORDER BY l.spool_id DESC LIMIT 1`,
      [ecoc, source],
    )
  }

  left(source: string): Promise<LeftItemRow[]> {
    return this.#db.all('SELECT * FROM left_item WHERE source = ?', [source])
  }

  async wroteAnswer(source: string, hash: Sha256): Promise<boolean> {
    const sql = 'SELECT 1 FROM written_answer WHERE source = ? AND sha256 = ?'
    return (await this.#db.get(sql, [source, hash])) !== undefined
  }
}
