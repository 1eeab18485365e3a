import type { Instant } from '../../contract/index.ts'
import { sha256 } from '../../support/hash.ts'
import type { Database } from '../database.ts'
import { pack, unpack } from '../packed.ts'
import type { ReportRow } from '../tables.ts'
import { upsert, type Write } from '../writes.ts'

/** Reports that events name by their hash. */
export class Reports {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** With its bytes unpacked. @throws GatewayError STO-006 when they are not the ones that were written */
  async get(hash: string): Promise<ReportRow | undefined> {
    const row = await this.#db.get<ReportRow>('SELECT * FROM report WHERE sha256 = ?', [hash])
    return row && { ...row, bytes: unpack(row, `report ${row.name}`) }
  }

  /** @throws GatewayError STO-005 larger than can be read again */
  write(name: string, contentType: string, bytes: Buffer, at: Instant): Write {
    const packed = pack(bytes, `report ${name}`)
    return upsert('report', { sha256: sha256(bytes), name, content_type: contentType, bytes: packed, at })
  }
}
