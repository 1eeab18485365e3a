import type { EcocId, Receipt } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { ReceiptRow } from '../tables.ts'

export class Receipts {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  of(ecoc: EcocId): Promise<ReceiptRow[]> {
    return this.#db.all('SELECT * FROM receipt WHERE ecoc_id = ? ORDER BY received_at, id', [ecoc])
  }

  /**
   * An answer that was stored and not yet understood: the gateway ended in between. One to a submission is never taken for
   * one to a withdrawal.
   */
  uninterpreted(ecoc: EcocId, to: 'submission' | 'withdrawal' = 'submission'): Promise<ReceiptRow | undefined> {
    return this.#db.get(
      `SELECT r.* FROM receipt r JOIN attempt a ON a.id = r.attempt_id WHERE r.ecoc_id = ? AND r.interpreted = 0
       AND a.operation ${to === 'withdrawal' ? '=' : '<>'} 'cancel' ORDER BY r.received_at, r.id LIMIT 1`,
      [ecoc],
    )
  }

  /** The newest answer that was understood as a receipt. */
  async latest(ecoc: EcocId): Promise<Receipt | undefined> {
    const row = await this.#db.get<{ meaning: string }>(
      'SELECT meaning FROM receipt WHERE ecoc_id = ? AND meaning IS NOT NULL ORDER BY received_at DESC, id DESC LIMIT 1',
      [ecoc],
    )
    return row && (JSON.parse(row.meaning) as Receipt)
  }
}
