import type { Database } from '../database.ts'
import type { ComparedFieldsRow, ComparisonRow } from '../tables.ts'

/** Vehicles of a day that have the same elements. */
export interface ComparedGroup {
  readonly day: string
  readonly fields_sha256: string
  readonly vehicles: number
}

/** Where the eCoCs of a parallel run stand. */
export interface ParallelCounts {
  /** Compared, or resting until there is a document to compare with. */
  readonly compared: number
  readonly withoutDocument: number
  /** Cannot be made yet. */
  readonly held: number
  readonly underWay: number
}

/** `mode <> 'live'` beside `mode = …` is what lets SQLite use the index that leaves live eCoCs out. */
const parallel = "e.mode = 'parallel' AND e.mode <> 'live'"

/** Only what still rests as compared counts: an eCoC that was taken up again has no comparison until it rests anew. */
const standing = "FROM comparison c JOIN ecoc e ON e.id = c.ecoc_id AND e.state = 'compared' WHERE c.flow = ?"

/** What came of the comparisons of a parallel run. */
export class Comparisons {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** How many vehicles were compared, by day and by the set of elements they have. */
  groups(flow: string): Promise<ComparedGroup[]> {
    const sql = `SELECT c.day, c.fields_sha256, count(*) AS vehicles ${standing} GROUP BY c.day, c.fields_sha256 ORDER BY c.day`
    return this.#db.all(sql, [flow])
  }

  /** Those with differences, by vehicle. */
  differing(flow: string): Promise<ComparisonRow[]> {
    return this.#db.all(`SELECT c.* ${standing} AND c.count > 0 ORDER BY c.vin, c.stage`, [flow])
  }

  async fields(sha256: string): Promise<readonly string[]> {
    const row = await this.#db.get<ComparedFieldsRow>('SELECT * FROM compared_fields WHERE sha256 = ?', [sha256])
    return row ? (JSON.parse(row.names) as string[]) : []
  }

  async counts(flow: string): Promise<ParallelCounts> {
    const rows = await this.#db.all<{ state: string; document: number; n: number }>(
      `SELECT e.state, CASE WHEN c.ecoc_id IS NULL THEN 0 ELSE 1 END AS document, count(*) AS n
       FROM ecoc e LEFT JOIN comparison c ON c.ecoc_id = e.id
       WHERE e.mapper = ? AND ${parallel} AND e.state NOT IN ('superseded', 'cancelled')
       GROUP BY e.state, document`,
      [flow],
    )
    const sum = (wanted: (row: (typeof rows)[number]) => boolean): number =>
      rows.filter(wanted).reduce((n, row) => n + row.n, 0)
    const compared = sum((r) => r.state === 'compared')
    const held = sum((r) => r.state === 'held' || r.state === 'dead_letter')
    return {
      compared,
      withoutDocument: sum((r) => r.state === 'compared' && r.document === 0),
      held,
      underWay: sum(() => true) - compared - held,
    }
  }
}
