import type { Database } from '../database.ts'
import type { CertificateAlertRow, NextCertificateRow } from '../tables.ts'

/** What was told about certificates that end, and which ones are prepared to follow them. */
export class Certificates {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  alerts(): Promise<CertificateAlertRow[]> {
    return this.#db.all('SELECT * FROM certificate_alert ORDER BY sha256, days')
  }

  next(): Promise<NextCertificateRow[]> {
    return this.#db.all('SELECT * FROM next_certificate ORDER BY slot')
  }
}
