import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type CallContext, GatewayError, type SourceItem } from '../../contract/index.ts'
import { guardStream } from '../../intake/guard-stream.ts'
import { type NameFilter, nameFilter } from '../../intake/name-filter.ts'
import { spoolItem } from '../../intake/spool-item.ts'
import { StabilityWatch } from '../../intake/stability-watch.ts'
import type { SpoolRow } from '../../store/tables.ts'
import { event, insert, update, upsert } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { fileReadAnswers } from '../answers.ts'
import { LeftItems } from './left-items.ts'
import type { Poller, PollerDeps } from './poller.ts'
import { readSpooled } from './read-spooled.ts'
import { settleFile } from './settle-file.ts'
import { spoolRow, tooLarge } from './spool-row.ts'

/** No answer in time, no bytes for a while, earlier calls that hang. */
const hangs: ReadonlySet<string> = new Set(['SRC-015', 'SRC-016', 'SRC-017'])

/** Polls a source of files: finished ones are spooled, read, answered and put away, in this order. */
export class FilePoller implements Poller {
  readonly #deps: PollerDeps
  readonly #names: NameFilter
  readonly #watch: StabilityWatch
  readonly #left: LeftItems
  /** Files that failed at the last poll, and why: told once. */
  readonly #failing = new Map<string, string>()
  /** What the last listing showed, by key. */
  #listed: ReadonlyMap<string, SourceItem> = new Map()

  constructor(deps: PollerDeps) {
    this.#deps = deps
    this.#names = nameFilter(deps.source)
    this.#watch = new StabilityWatch(deps.source.stablePolls)
    this.#left = new LeftItems(deps.source.name, deps.tools)
  }

  async poll(onListed: () => void): Promise<boolean> {
    const { source, tools, stopping } = this.#deps
    const open = (await tools.store.spools.open()).filter((s) => s.source === source.name)
    // What lies in the spool can be read while the source is away.
    for (const spool of open) await this.#alone(spool.key, () => this.#read(spool))
    const listing = await this.#list()
    onListed()
    for (const spool of open) await this.#alone(spool.key, () => this.#settle(spool))
    const items = listing.filter((item) => this.#names.isWanted(item.key))
    if (source.settle === 'leave') await this.#left.sweep(listing)
    const finished = new Set(this.#watch.observe(items).map((item) => item.key))
    let unfinished = false
    for (const item of items) {
      if (stopping.aborted) return true
      if (source.settle === 'leave' && (await this.#left.has(item))) continue
      if (!this.#isFinished(item, finished)) {
        unfinished ||= source.ready === undefined
        continue
      }
      // Taken already, but not put away yet.
      if (await tools.store.spools.openByKey(source.name, item.key)) unfinished = true
      else if (!(await this.#alone(item.key, () => this.#take(item)))) unfinished = true
    }
    return unfinished
  }

  async #list(): Promise<readonly SourceItem[]> {
    const { source, tools } = this.#deps
    const listing = await source.connection.call(tools.signal, async (open, context) =>
      open.kind === 'files' ? open.list(context, (key) => this.#names.isListed(key)) : [],
    )
    this.#listed = new Map(listing.map((item) => [item.key, item]))
    return listing
  }

  /**
   * A marker alone says that a file is whole, unless files stay where they lie: then an old marker lies beside a new file,
   * and it must stand still too.
   */
  #isFinished(item: SourceItem, still: ReadonlySet<string>): boolean {
    const marker = this.#names.markerOf(item.key)
    if (marker === undefined) return still.has(item.key)
    return this.#listed.has(marker) && (this.#deps.source.settle !== 'leave' || still.has(item.key))
  }

  /** One file that cannot be taken, read or put away costs the others nothing; it is tried again at the next poll. */
  async #alone(key: string, action: () => Promise<void>): Promise<boolean> {
    const { source, tools, onProgress } = this.#deps
    try {
      await action()
      this.#failing.delete(key)
      onProgress()
      return true
    } catch (error) {
      const problem = (error as Error).message
      const isNew = this.#failing.get(key) !== problem
      this.#failing.set(key, problem)
      // A dead line would hold up each file in turn; one that hangs by itself is left aside from its second time on.
      if (isNew && error instanceof GatewayError && hangs.has(error.code)) throw error
      if (isNew) tools.log.warn({ err: error, source: source.name, file: key }, 'a file was not taken')
      return false
    }
  }

  async #take(item: SourceItem): Promise<void> {
    const { source, tools } = this.#deps
    const isLarge = item.size > source.maxBytes
    const spool = isLarge ? tooLarge(item, source, tools.clock()) : await this.#spool(item)
    if (!isLarge && (await this.#isNothingNew(item, spool))) return
    const { at, id: subject, key: file, size, sha256, problem } = spool
    const detail = { source: source.name, file, size, sha256, ...(problem ? { problem } : {}) }
    const left = { source: source.name, key: file, version: item.version, size: item.size, sha256, at }
    const isLeft = source.settle === 'leave'
    await tools.store.commit([
      insert('spool', spool),
      event({ at, actor: 'gateway', type: 'file.taken', subject, detail }),
      ...(isLeft ? [upsert('left_item', left)] : []),
      ...(problem ? await fileReadAnswers(spool, tools) : []),
    ])
    if (isLeft) await this.#left.add(left)
    this.#watch.forget(item.key)
    await this.#read(spool)
    await this.#settle(spool)
  }

  async #spool(item: SourceItem): Promise<SpoolRow> {
    const { source, tools, onProgress } = this.#deps
    const folder = join(tools.dataFolder, 'spool')
    const ended = new AbortController()
    const stop = (): void => ended.abort(tools.signal.reason)
    tools.signal.addEventListener('abort', stop, { once: true })
    try {
      const context: CallContext = { signal: ended.signal }
      const read = () =>
        source.connection.opened(context).then(async (open) => {
          if (open.kind === 'files') return open.read(item, context)
          return Promise.reject(new TypeError('not a source of files'))
        })
      const bytes = guardStream(read, item.key, source.connection.timeoutMs, ended, onProgress)
      const file = await spoolItem(item, bytes, { folder, source: source.name, maxBytes: source.maxBytes })
      return spoolRow(file, item, source, tools.clock())
    } finally {
      tools.signal.removeEventListener('abort', stop)
    }
  }

  /** A file that was only touched, or an answer of ours that came back under another name, is not taken. */
  async #isNothingNew(item: SourceItem, spool: SpoolRow): Promise<boolean> {
    const { source, tools } = this.#deps
    const { key, size, sha256, at } = spool
    const isOurs = size > 0 && (await tools.store.sources.wroteAnswer(source.name, sha256))
    const isTouched = source.settle === 'leave' && (await this.#left.get(key))?.sha256 === sha256
    if (!isOurs && !isTouched) return false
    const left = { source: source.name, key, version: item.version, size, sha256, at }
    if (isOurs) await settleFile(source, item, spool.archive_name, tools.signal)
    const detail = { source: source.name, file: key, sha256 }
    await tools.store.commit([
      ...(source.settle === 'leave' ? [upsert('left_item', left)] : []),
      ...(isOurs ? [event({ at, actor: 'gateway', type: 'file.own-answer', subject: source.name, detail })] : []),
    ])
    if (source.settle === 'leave') await this.#left.add(left)
    await rm(spool.path, { force: true })
    return true
  }

  /** From wherever it stands. May be repeated after a crash. */
  async #read(spool: SpoolRow): Promise<void> {
    const { mappers } = this.#deps.tools
    const layout = mappers.get(spool.mapper)?.input
    const codec = this.#deps.codecs.get(layout?.format ?? '')
    // The composition root refuses a source without either.
    if (!layout || !codec || spool.state !== 'taken') return
    await readSpooled(spool, { ...this.#deps, codec, layout }, this.#deps.tools)
  }

  async #settle(spool: SpoolRow): Promise<void> {
    const { source, tools } = this.#deps
    if (spool.state !== 'read') return
    const marker = this.#listed.get(this.#names.markerOf(spool.key) ?? '')
    // The marker goes first: a new file of that name must not find the old one's.
    if (marker) await settleFile(source, marker, `${spool.archive_name}.ready`, tools.signal)
    const item = { key: spool.key, size: spool.size, version: spool.item_version }
    const archived = await settleFile(source, item, spool.archive_name, tools.signal)
    const at = instant(tools.clock())
    const detail = { file: spool.key, archivedAs: archived ? spool.archive_name : null }
    await tools.store.commit([
      update('spool', { id: spool.id }, { state: 'settled' }, 1),
      event({ at, actor: 'gateway', type: 'file.archived', subject: spool.id, detail }),
    ])
    Object.assign(spool, { state: 'settled' })
    // The source's archive holds it now, the audit chain its hash. Otherwise the spool has the only copy: it stays.
    if (archived) await rm(spool.path, { force: true })
  }
}
