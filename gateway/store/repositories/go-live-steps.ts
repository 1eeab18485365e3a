import type { Database } from '../database.ts'
import type { GoLiveStepRow } from '../tables.ts'

/** What people noted on the way to going live. */
export class GoLiveSteps {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  of(flow: string): Promise<GoLiveStepRow[]> {
    return this.#db.all('SELECT * FROM go_live_step WHERE flow = ?', [flow])
  }
}
