import type { Instant } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { WriteBackRow } from '../tables.ts'

export class WriteBacks {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  due(now: Instant, limit: number): Promise<WriteBackRow[]> {
    return this.#db.all("SELECT * FROM write_back WHERE state = 'pending' AND due_at <= ? ORDER BY due_at LIMIT ?", [
      now,
      limit,
    ])
  }

  /** When the next answer is due, for the worker's sleep. */
  async nextDue(): Promise<Instant | undefined> {
    const row = await this.#db.get<{ due: Instant | null }>(
      "SELECT min(due_at) AS due FROM write_back WHERE state = 'pending'",
    )
    return row?.due ?? undefined
  }

  of(subject: string): Promise<WriteBackRow[]> {
    return this.#db.all('SELECT * FROM write_back WHERE subject = ? ORDER BY kind', [subject])
  }

  async countPending(): Promise<number> {
    const row = await this.#db.get<{ n: number }>("SELECT count(*) AS n FROM write_back WHERE state = 'pending'")
    return row?.n ?? 0
  }
}
