import type { EcocId } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { SignOffRow } from '../tables.ts'

export class SignOffs {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** The sign-off that waits for a decision. */
  open(ecoc: EcocId): Promise<SignOffRow | undefined> {
    return this.#db.get(
      'SELECT * FROM sign_off WHERE ecoc_id = ? AND decision IS NULL ORDER BY requested_at DESC LIMIT 1',
      [ecoc],
    )
  }

  /** The approval of exactly this document. */
  approved(ecoc: EcocId, documentSha256: string): Promise<SignOffRow | undefined> {
    return this.#db.get(
      "SELECT * FROM sign_off WHERE ecoc_id = ? AND document_sha256 = ? AND decision = 'approve' LIMIT 1",
      [ecoc, documentSha256],
    )
  }

  of(ecoc: EcocId): Promise<SignOffRow[]> {
    return this.#db.all('SELECT * FROM sign_off WHERE ecoc_id = ? ORDER BY requested_at', [ecoc])
  }
}
