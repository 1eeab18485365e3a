import type { Database } from '../database.ts'
import type { EventRow } from '../tables.ts'

export class Events {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  of(subject: string): Promise<EventRow[]> {
    return this.#db.all('SELECT * FROM event WHERE subject = ? ORDER BY seq', [subject])
  }

  /** A page of the whole chain, oldest first. */
  from(seq: number, limit: number): Promise<EventRow[]> {
    return this.#db.all('SELECT * FROM event WHERE seq >= ? ORDER BY seq LIMIT ?', [seq, limit])
  }

  head(): Promise<EventRow | undefined> {
    return this.#db.get('SELECT * FROM event ORDER BY seq DESC LIMIT 1')
  }
}
