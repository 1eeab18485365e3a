import { createHash } from 'node:crypto'
import type { Database as Sqlite, Statement } from 'better-sqlite3'
import type { NewEvent } from '../writes.ts'

/** The hash that stands before the first event. */
export const genesis = '0'.repeat(64)

/** The bytes an event's hash covers: every column in fixed order, so that nothing can be changed unseen. */
export const eventHash = (
  e: { seq: number; at: string; actor: string; type: string; subject: string; detail: string },
  previous: string,
): string =>
  createHash('sha256')
    .update(JSON.stringify([previous, e.seq, e.at, e.actor, e.type, e.subject, e.detail]))
    .digest('hex')

/** Appends events to the one audit chain of the gateway. Only used inside a transaction. */
export class EventChain {
  readonly #last: Statement
  readonly #insert: Statement

  constructor(db: Sqlite) {
    this.#last = db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1')
    this.#insert = db.prepare(
      'INSERT INTO event (seq, at, actor, type, subject, detail, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    )
  }

  append(e: NewEvent): void {
    const last = this.#last.get() as { seq: number; hash: string } | undefined
    const seq = (last?.seq ?? 0) + 1
    const previous = last?.hash ?? genesis
    const detail = JSON.stringify(e.detail)
    const hash = eventHash({ ...e, seq, detail }, previous)
    this.#insert.run(seq, e.at, e.actor, e.type, e.subject, detail, previous, hash)
  }
}
