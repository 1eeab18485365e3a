import type { Instant } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { PersonRow, SessionRow, TokenRow } from '../tables.ts'

/** People, their sessions, and API tokens. Only hashes are kept. */
export class Access {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  person(name: string): Promise<PersonRow | undefined> {
    return this.#db.get('SELECT * FROM person WHERE name = ?', [name])
  }

  people(): Promise<Pick<PersonRow, 'name' | 'role' | 'created_at'>[]> {
    return this.#db.all('SELECT name, role, created_at FROM person ORDER BY name')
  }

  token(hash: string): Promise<TokenRow | undefined> {
    return this.#db.get('SELECT * FROM token WHERE hash = ? AND revoked_at IS NULL', [hash])
  }

  tokenByName(name: string): Promise<TokenRow | undefined> {
    return this.#db.get('SELECT * FROM token WHERE name = ?', [name])
  }

  session(hash: string, now: Instant): Promise<(SessionRow & { role: string }) | undefined> {
    return this.#db.get(
      'SELECT s.*, p.role FROM session s JOIN person p ON p.name = s.person WHERE s.hash = ? AND s.expires_at > ?',
      [hash, now],
    )
  }
}
