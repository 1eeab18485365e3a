import type { EcocId, Finding, Layer } from '../../contract/index.ts'
import type { Database } from '../database.ts'
import { remove, upsert, type Write } from '../writes.ts'

/** The findings of an eCoC, one row a layer, so that a stage that runs again replaces its own. */
export class Findings {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  async of(ecoc: EcocId): Promise<Finding[]> {
    const rows = await this.#db.all<{ findings: string }>(
      'SELECT findings FROM finding WHERE ecoc_id = ? ORDER BY layer',
      [ecoc],
    )
    return rows.flatMap((r) => JSON.parse(r.findings) as Finding[])
  }

  write(ecoc: EcocId, layer: Layer, findings: readonly Finding[]): Write {
    if (findings.length === 0) return remove('finding', { ecoc_id: ecoc, layer })
    return upsert('finding', { ecoc_id: ecoc, layer, findings: JSON.stringify(findings) })
  }
}
