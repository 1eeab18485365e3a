import { join } from 'node:path'
import { Readable } from 'node:stream'
import { GatewayError, type SourceRow, type Watermark } from '../../contract/index.ts'
import { checkOrder } from '../../intake/order-of-rows.ts'
import { spoolItem } from '../../intake/spool-item.ts'
import { advance, beginAt, type EarlierMark, remember } from '../../intake/watermark.ts'
import type { SourceMarkRow, SpoolRow } from '../../store/tables.ts'
import { event, insert, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import type { Poller, PollerDeps } from './poller.ts'
import { readSpooled } from './read-spooled.ts'
import { spoolRow } from './spool-row.ts'

interface FreshRow {
  readonly row: SourceRow
  readonly hash: ReturnType<typeof sha256>
}

const wrongFormat = (mapper: string, format: string): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'SRC-022',
    message: `Mapper ${mapper} reads ${format}. Rows of a table are read as json.`,
    hint: 'Set `input.format: json` in the mapper; its fields are the columns.',
  })

/** Polls a source of rows: a page is spooled, hashed and durable together with the watermark, then read and settled. */
export class RowPoller implements Poller {
  readonly #deps: PollerDeps

  constructor(deps: PollerDeps) {
    this.#deps = deps
  }

  async poll(onListed: () => void): Promise<boolean> {
    const { source, tools, stopping } = this.#deps
    const { store } = tools
    const open = (await store.spools.open()).filter((s) => s.source === source.name)
    for (const spool of open) await this.#carryOn(spool)
    const known = await store.sources.mark(source.name)
    const earlier = known ? (JSON.parse(known.earlier) as EarlierMark[]) : []
    const overlap = source.overlapMs ?? 0
    const limit = source.pageRows ?? 500
    let mark: Watermark | undefined = known && { stamp: known.stamp, key: known.key }
    let after = beginAt(mark, earlier, overlap, tools.clock())
    for (;;) {
      const page = await this.#page(after, limit)
      onListed()
      const from = mark
      mark = advance(mark, page, tools.clock())
      const isEnd = page.length < limit
      const places = isEnd && mark ? remember(mark, earlier, overlap, tools.clock()) : earlier
      await this.#keep(page, this.#marked(mark, places, from, places !== earlier))
      after = page.at(-1) ?? after
      if (isEnd) return false
      if (stopping.aborted) return true
    }
  }

  async #page(after: Watermark | undefined, limit: number): Promise<readonly SourceRow[]> {
    const { source, tools } = this.#deps
    const page = await source.connection.call(tools.signal, async (open, context) =>
      open.kind === 'rows' ? open.page(after && { stamp: after.stamp, key: after.key }, limit, context) : [],
    )
    checkOrder(page, after, limit)
    return page
  }

  /** The write that moves the watermark; none where it stays. */
  #marked(
    mark: Watermark | undefined,
    places: readonly EarlierMark[],
    from: Watermark | undefined,
    isRemembered: boolean,
  ): Write[] {
    const moved = mark !== undefined && (mark.stamp !== from?.stamp || mark.key !== from.key)
    if (!mark || (!moved && !isRemembered)) return []
    const at = instant(this.#deps.tools.clock())
    const row: SourceMarkRow = {
      source: this.#deps.source.name,
      stamp: mark.stamp,
      key: mark.key,
      earlier: JSON.stringify(places),
      at,
    }
    return [upsert('source_mark', row)]
  }

  /** What is new of a page becomes a file in the spool; the watermark moves in the same transaction. */
  async #keep(page: readonly SourceRow[], marked: readonly Write[]): Promise<void> {
    const { source, tools } = this.#deps
    const fresh = await this.#fresh(page)
    if (fresh.length === 0) {
      if (marked.length > 0) await tools.store.commit(marked)
      await this.#settleRows(page)
      return
    }
    const first = fresh[0]?.row
    const body = Buffer.from(fresh.map(({ row }) => `${JSON.stringify(row.fields)}\n`).join(''))
    const item = {
      key: `rows ${first?.stamp ?? ''} ${first?.key ?? ''}`.slice(0, 200),
      size: body.length,
      version: '1',
    }
    const target = { folder: join(tools.dataFolder, 'spool'), source: source.name, maxBytes: body.length }
    const file = await spoolItem(item, Readable.from([body]), target)
    const spool: SpoolRow = { ...spoolRow(file, item, source, tools.clock()), archive_name: '' }
    const detail = { source: source.name, rows: fresh.length, size: file.size, sha256: file.sha256 }
    await tools.store.commit([
      insert('spool', spool),
      ...fresh.map(({ row, hash }, i) =>
        upsert('source_row', {
          source: source.name,
          key: row.key,
          stamp: row.stamp,
          sha256: hash,
          spool_id: file.id,
          line: i + 1,
        }),
      ),
      ...marked,
      event({ at: spool.at, actor: 'gateway', type: 'rows.taken', subject: file.id, detail }),
    ])
    await this.#carryOn(spool)
    const taken = new Set(fresh.map(({ row }) => row.key))
    await this.#settleRows(page.filter((row) => !taken.has(row.key)))
  }

  /** The rows whose declared fields are not known yet. What we write beside a record is none of them. */
  async #fresh(page: readonly SourceRow[]): Promise<FreshRow[]> {
    const { source, tools } = this.#deps
    const input = tools.mappers.get(source.mapper)?.input
    if (input && input.format !== 'json') throw wrongFormat(source.mapper, input.format)
    const known = await tools.store.sources.rows(source.name, [...new Set(page.map((row) => row.key))])
    // The same row twice in a page: the later one counts.
    const newest = new Map(page.map((row) => [row.key, row]))
    return [...newest.values()]
      .map((row) => {
        const declared = (input?.fields ?? []).map(({ name }) => [name, row.fields[name] ?? ''])
        return { row, hash: sha256(JSON.stringify(declared)) }
      })
      .filter(({ row, hash }) => known.get(row.key)?.sha256 !== hash)
  }

  async #carryOn(spool: SpoolRow): Promise<void> {
    const { tools, codecs, onProgress } = this.#deps
    const input = tools.mappers.get(spool.mapper)?.input
    const codec = codecs.get('json')
    if (!input || !codec) return
    const layout = { ...input, format: 'json' as const }
    if (spool.state === 'taken') await readSpooled(spool, { ...this.#deps, codec, layout }, tools)
    onProgress()
    if (spool.state !== 'read') return
    await this.#settleRows(await tools.store.sources.rowsOf(spool.id))
    await tools.store.commit([update('spool', { id: spool.id }, { state: 'settled' }, 1)])
  }

  async #settleRows(rows: readonly Watermark[]): Promise<void> {
    if (rows.length === 0) return
    const { source, tools } = this.#deps
    const marks = rows.map(({ stamp, key }) => ({ stamp, key }))
    await source.connection.call(tools.signal, async (open, context) => {
      if (open.kind === 'rows') await open.settle?.(marks, context)
    })
  }
}
