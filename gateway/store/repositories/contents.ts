import type { EcocId, Instant } from '../../contract/index.ts'
import { sha256 } from '../../support/hash.ts'
import type { Database } from '../database.ts'
import { pack, unpack } from '../packed.ts'
import type { ContentKind, ContentRow } from '../tables.ts'
import { upsert, type Write } from '../writes.ts'

/** What each stage made, compressed at rest. `sha256` is that of the unpacked bytes. */
export class Contents {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** @throws GatewayError STO-006 when the bytes are not the ones that were written */
  async get(ecoc: EcocId, kind: ContentKind): Promise<{ bytes: Buffer; sha256: string; at: Instant } | undefined> {
    const row = await this.#db.get<ContentRow>('SELECT * FROM content WHERE ecoc_id = ? AND kind = ?', [ecoc, kind])
    return row && { bytes: unpack(row, `${row.kind} of eCoC ${row.ecoc_id}`), sha256: row.sha256, at: row.at }
  }

  async kinds(ecoc: EcocId): Promise<{ kind: ContentKind; sha256: string; at: Instant }[]> {
    return this.#db.all('SELECT kind, sha256, at FROM content WHERE ecoc_id = ? ORDER BY at', [ecoc])
  }

  /** @throws GatewayError STO-005 larger than can be read again */
  write(ecoc: EcocId, kind: ContentKind, bytes: Buffer, at: Instant): Write {
    const packed = pack(bytes, `${kind} of eCoC ${ecoc}`)
    return upsert('content', { ecoc_id: ecoc, kind, bytes: packed, sha256: sha256(bytes), at })
  }
}
