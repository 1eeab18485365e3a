import type { Instant } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { WriteBackRow } from '../tables.ts'

export interface WriteBackQuery {
  readonly state?: WriteBackRow['state']
  readonly source?: string
  readonly limit: number
}

export class WriteBacks {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** What is due, oldest first. @param source only what is due there: a source that is slow holds up no other */
  due(now: Instant, limit: number, source: string): Promise<WriteBackRow[]> {
    const sql =
      "SELECT * FROM write_back WHERE state = 'pending' AND source = ? AND due_at <= ? ORDER BY due_at LIMIT ?"
    return this.#db.all(sql, [source, now, limit])
  }

  /** When the next answer to a source is due, for the worker's sleep. */
  async nextDue(source: string): Promise<Instant | undefined> {
    const sql = "SELECT min(due_at) AS due FROM write_back WHERE state = 'pending' AND source = ?"
    return (await this.#db.get<{ due: Instant | null }>(sql, [source]))?.due ?? undefined
  }

  /** Sources that an answer is waiting for. */
  async pendingSources(): Promise<string[]> {
    const sql = "SELECT DISTINCT source FROM write_back WHERE state = 'pending'"
    return (await this.#db.all<{ source: string }>(sql)).map((row) => row.source)
  }

  of(subject: string): Promise<WriteBackRow[]> {
    return this.#db.all('SELECT * FROM write_back WHERE subject = ? ORDER BY kind', [subject])
  }

  get(kind: string, subject: string): Promise<WriteBackRow | undefined> {
    return this.#db.get('SELECT * FROM write_back WHERE kind = ? AND subject = ?', [kind, subject])
  }

  list({ state, source, limit }: WriteBackQuery): Promise<WriteBackRow[]> {
    const where = [...(state ? ['state = ?'] : []), ...(source ? ['source = ?'] : [])]
    const sql = `SELECT * FROM write_back ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY due_at DESC LIMIT ?`
    return this.#db.all(sql, [...(state ? [state] : []), ...(source ? [source] : []), limit])
  }

  async countPending(): Promise<number> {
    const row = await this.#db.get<{ n: number }>("SELECT count(*) AS n FROM write_back WHERE state = 'pending'")
    return row?.n ?? 0
  }

  /** How many answers to each source are waiting, and how many wait for a person. */
  async counts(): Promise<ReadonlyMap<string, { readonly pending: number; readonly failed: number }>> {
    const rows = await this.#db.all<{ source: string; state: string; n: number }>(
      "SELECT source, state, count(*) AS n FROM write_back WHERE state IN ('pending', 'failed') GROUP BY source, state",
    )
    const counts = new Map<string, { pending: number; failed: number }>()
    for (const { source, state, n } of rows) {
      const count = counts.get(source) ?? { pending: 0, failed: 0 }
      count[state as 'pending' | 'failed'] = n
      counts.set(source, count)
    }
    return counts
  }
}
