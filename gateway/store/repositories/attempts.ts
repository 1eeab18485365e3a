import type { EcocId } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { AttemptRow } from '../tables.ts'

export class Attempts {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** Every attempt of an eCoC, oldest first. */
  of(ecoc: EcocId): Promise<AttemptRow[]> {
    return this.#db.all('SELECT * FROM attempt WHERE ecoc_id = ? ORDER BY prepared_at, id', [ecoc])
  }

  /** Attempts that left and never ended: after a crash their outcome is unknown. */
  dispatched(): Promise<AttemptRow[]> {
    return this.#db.all("SELECT * FROM attempt WHERE state = 'dispatched'")
  }
}
