import type { Instant } from '../../contract/index.ts'
import type { ListFacts } from '../../trust/lists/list-facts.ts'
import { isListOfLists } from '../../trust/lists/trusted-list.ts'
import type { Database } from '../database.ts'
import { pack, unpack } from '../packed.ts'
import type { LotlSignerRow, TrustedListRow } from '../tables.ts'
import { upsert, type Write } from '../writes.ts'

/** Trusted lists and who may sign the list of lists. */
export class TrustLists {
  readonly #db: Pick<Database, 'all' | 'get'>
  constructor(db: Pick<Database, 'all' | 'get'>) {
    this.#db = db
  }

  /** Of all lists there are. */
  async facts(): Promise<ListFacts[]> {
    const rows = await this.#db.all<{ facts: string }>(
      'SELECT facts FROM trusted_list ORDER BY list_of_lists DESC, territory, sequence',
    )
    return rows.map((row) => JSON.parse(row.facts) as ListFacts)
  }

  /** When each was imported, by its hash. */
  async importedAt(): Promise<ReadonlyMap<string, Instant>> {
    const rows = await this.#db.all<Pick<TrustedListRow, 'sha256' | 'at'>>('SELECT sha256, at FROM trusted_list')
    return new Map(rows.map(({ sha256, at }) => [sha256, at]))
  }

  /** A list as it was imported. @throws GatewayError STO-006 when its bytes are not the ones that were written */
  async bytes(sha256: string): Promise<Buffer | undefined> {
    const row = await this.#db.get<TrustedListRow>('SELECT * FROM trusted_list WHERE sha256 = ?', [sha256])
    return row && unpack(row, `trusted list of ${row.territory}`)
  }

  /** Signers that people named. */
  signers(): Promise<LotlSignerRow[]> {
    return this.#db.all('SELECT * FROM lotl_signer ORDER BY sha256')
  }

  /** @throws GatewayError STO-005 larger than can be read again */
  write(facts: ListFacts, bytes: Buffer, at: Instant): Write {
    return upsert('trusted_list', {
      sha256: facts.sha256,
      territory: facts.territory,
      list_of_lists: isListOfLists(facts) ? 1 : 0,
      sequence: facts.sequence,
      facts: JSON.stringify(facts),
      bytes: pack(bytes, `trusted list of ${facts.territory}`),
      at,
    })
  }
}
