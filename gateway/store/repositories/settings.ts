import type { Database } from '../database.ts'

export class Settings {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#db.get<{ value: string }>('SELECT value FROM setting WHERE key = ?', [key]))?.value
  }
}
