import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { EcocId, Instant } from '../../contract/index.ts'
import { sha256 } from '../../support/hash.ts'
import type { Database } from '../database.ts'
import type { ContentKind, ContentRow } from '../tables.ts'
import { upsert, type Write } from '../writes.ts'

/** No content is larger than this when unpacked: a damaged row cannot fill the memory. */
const maxBytes = 64 * 1024 * 1024

/** What each stage made, compressed at rest. `sha256` is that of the unpacked bytes. */
export class Contents {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  async get(ecoc: EcocId, kind: ContentKind): Promise<{ bytes: Buffer; sha256: string; at: Instant } | undefined> {
    const row = await this.#db.get<ContentRow>('SELECT * FROM content WHERE ecoc_id = ? AND kind = ?', [ecoc, kind])
    if (!row) return undefined
    return { bytes: zstdDecompressSync(row.bytes, { maxOutputLength: maxBytes }), sha256: row.sha256, at: row.at }
  }

  async kinds(ecoc: EcocId): Promise<{ kind: ContentKind; sha256: string; at: Instant }[]> {
    return this.#db.all('SELECT kind, sha256, at FROM content WHERE ecoc_id = ? ORDER BY at', [ecoc])
  }

  write(ecoc: EcocId, kind: ContentKind, bytes: Buffer, at: Instant): Write {
    return upsert('content', { ecoc_id: ecoc, kind, bytes: zstdCompressSync(bytes), sha256: sha256(bytes), at })
  }
}
