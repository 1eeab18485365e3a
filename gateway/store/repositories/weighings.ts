import type { Instant } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import type { DriftAlertRow, DriftValueRow, WeighingRow } from '../tables.ts'

/** A variant of which values are kept, and when the last came. */
export interface KnownTrend {
  readonly variant: string
  readonly field: string
  readonly latest: Instant
}

/** What was weighed, and how far vehicles of a variant were off. */
export class Weighings {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** The newest first. */
  of(vin: string): Promise<WeighingRow[]> {
    return this.#db.all('SELECT * FROM weighing WHERE vin = ? ORDER BY at DESC, id DESC', [vin])
  }

  latest(vin: string): Promise<WeighingRow | undefined> {
    return this.#db.get('SELECT * FROM weighing WHERE vin = ? ORDER BY at DESC, id DESC LIMIT 1', [vin])
  }

  /** The newest values of every field of a variant, oldest first. */
  async driftOf(variant: string, most: number): Promise<DriftValueRow[]> {
    const fields = await this.#db.all<{ field: string }>(
      'SELECT DISTINCT field FROM drift_value WHERE variant = ? ORDER BY field',
      [variant],
    )
    const newest = 'SELECT * FROM drift_value WHERE variant = ? AND field = ? ORDER BY at DESC, vin DESC LIMIT ?'
    const all = await Promise.all(fields.map((f) => this.#db.all<DriftValueRow>(newest, [variant, f.field, most])))
    return all.flatMap((rows) => rows.reverse())
  }

  /** Variants and fields of which a value came since, the one heard of last first. */
  trends(since: Instant, limit: number): Promise<KnownTrend[]> {
    return this.#db.all(
      `SELECT variant, field, MAX(at) AS latest FROM drift_value WHERE at >= ? GROUP BY variant, field
       ORDER BY latest DESC, variant, field LIMIT ?`,
      [since, limit],
    )
  }

  alerts(): Promise<DriftAlertRow[]> {
    return this.#db.all('SELECT * FROM drift_alert ORDER BY variant, field')
  }
}
