import type { Database } from '../database.ts'

export class Settings {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#db.get<{ value: string }>('SELECT value FROM setting WHERE key = ?', [key]))?.value
  }

  /** Settings whose key begins so, in the order of their keys, behind the key `after`. */
  withPrefix(prefix: string, after: string, limit: number): Promise<{ key: string; value: string }[]> {
    const from = after > prefix ? after : prefix
    const sql = 'SELECT key, value FROM setting WHERE key > ? AND key < ? ORDER BY key LIMIT ?'
    return this.#db.all(sql, [from, `${prefix}\uffff`, limit])
  }
}
