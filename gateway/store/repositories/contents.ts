import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { type EcocId, GatewayError, type Instant } from '../../contract/index.ts'
import { sha256 } from '../../support/hash.ts'
import type { Database } from '../database.ts'
import type { ContentKind, ContentRow } from '../tables.ts'
import { upsert, type Write } from '../writes.ts'

/** No content is larger than this when unpacked: a damaged row cannot fill the memory. Nothing larger is written. */
const maxBytes = 64 * 1024 * 1024

/** What each stage made, compressed at rest. `sha256` is that of the unpacked bytes. */
export class Contents {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** @throws GatewayError STO-006 when the bytes are not the ones that were written */
  async get(ecoc: EcocId, kind: ContentKind): Promise<{ bytes: Buffer; sha256: string; at: Instant } | undefined> {
    const row = await this.#db.get<ContentRow>('SELECT * FROM content WHERE ecoc_id = ? AND kind = ?', [ecoc, kind])
    if (!row) return undefined
    const bytes = unpack(row)
    if (bytes === undefined || sha256(bytes) !== row.sha256) throw damaged(row)
    return { bytes, sha256: row.sha256, at: row.at }
  }

  async kinds(ecoc: EcocId): Promise<{ kind: ContentKind; sha256: string; at: Instant }[]> {
    return this.#db.all('SELECT kind, sha256, at FROM content WHERE ecoc_id = ? ORDER BY at', [ecoc])
  }

  /** @throws GatewayError STO-005 larger than can be read again */
  write(ecoc: EcocId, kind: ContentKind, bytes: Buffer, at: Instant): Write {
    if (bytes.length > maxBytes)
      throw new GatewayError({
        kind: 'bug',
        code: 'STO-005',
        message: `The ${kind} of eCoC ${ecoc} has ${bytes.length} bytes; at most ${maxBytes} can be kept.`,
      })
    return upsert('content', { ecoc_id: ecoc, kind, bytes: zstdCompressSync(bytes), sha256: sha256(bytes), at })
  }
}

const unpack = (row: ContentRow): Buffer | undefined => {
  try {
    return zstdDecompressSync(row.bytes, { maxOutputLength: maxBytes })
  } catch {
    return undefined
  }
}

const damaged = (row: ContentRow): GatewayError =>
  new GatewayError({
    kind: 'security',
    code: 'STO-006',
    message: `The stored ${row.kind} of eCoC ${row.ecoc_id} is not what was written: its hash differs.`,
    hint: 'The database file is damaged or was changed by hand. Restore the latest backup.',
  })
