import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Codec, SourceItem } from '../../contract/index.ts'
import { isIgnored } from '../../intake/is-ignored.ts'
import { spoolItem } from '../../intake/spool-item.ts'
import { StabilityWatch } from '../../intake/stability-watch.ts'
import type { SpoolRow } from '../../store/tables.ts'
import { event, insert, update } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { Waker } from '../../support/waker.ts'
import type { ReadySource, Tools } from '../tools.ts'
import { fileReadAnswers } from '../answers.ts'
import { type ReadContext, readFile } from './read-file.ts'
import { spoolRow, tooLarge } from './spool-row.ts'

/** Listing, reading or moving takes longer than this only when a share is dead. */
const callMs = 60_000

/** Polls one source: finished files are spooled, read, answered and put away, in this order. */
export class IntakeWorker {
  readonly #source: ReadySource
  readonly #tools: Tools
  readonly #codecs: ReadonlyMap<string, Codec>
  readonly #firstStage: string
  readonly #watch: StabilityWatch
  readonly #waker = new Waker()
  #running: Promise<void> | undefined
  /** Files that failed at the last poll, and why: told once. */
  readonly #failing = new Map<string, string>()
  readonly #stopping = new AbortController()
  /** When the source was last listed without error: a dead share shows. */
  lastListedAt: Date | undefined
  lastProblem: string | undefined

  constructor(source: ReadySource, codecs: ReadonlyMap<string, Codec>, firstStage: string, tools: Tools) {
    this.#source = source
    this.#tools = tools
    this.#codecs = codecs
    this.#firstStage = firstStage
    this.#watch = new StabilityWatch(source.stablePolls)
  }

  get name(): string {
    return this.#source.name
  }

  start(): void {
    const unwatch = this.#source.open.watch?.(() => this.#waker.wake())
    this.#running = this.#loop().finally(() => unwatch?.())
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#waker.wake()
    await this.#running
  }

  async #loop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const begun = performance.now()
      try {
        await this.#poll()
        this.lastListedAt = this.#tools.clock()
        this.lastProblem = undefined
      } catch (error) {
        const problem = (error as Error).message
        if (problem !== this.lastProblem)
          this.#tools.log.warn({ err: error, source: this.#source.name }, 'a source could not be polled')
        this.lastProblem = problem
      }
      await this.#pause(begun)
    }
  }

  /** A wake comes early, but stability counts polls: two of them are never closer than half the interval. */
  async #pause(begun: number): Promise<void> {
    const { pollMs } = this.#source
    const left = (ms: number): number => Math.max(0, ms - (performance.now() - begun))
    await wait(left(pollMs / 2), undefined, { signal: this.#stopping.signal }).catch(() => undefined)
    await this.#waker.sleep(left(pollMs))
  }

  async #poll(): Promise<void> {
    const { store } = this.#tools
    const open = (await store.spools.open()).filter((s) => s.source === this.#source.name)
    for (const spool of open) await this.#alone(spool.key, () => this.#carryOn(spool))
    const listing = await this.#source.open.list(this.#context(), (key) => !isIgnored(key))
    for (const item of this.#watch.observe(listing)) {
      if (this.#stopping.signal.aborted) return
      // Taken already, but not put away yet.
      if (await store.spools.openByKey(this.#source.name, item.key)) continue
      await this.#alone(item.key, () => this.#take(item))
    }
  }

  /** One file that cannot be taken, read or put away costs the others nothing; it is tried again at the next poll. */
  async #alone(key: string, action: () => Promise<void>): Promise<void> {
    try {
      await action()
      this.#failing.delete(key)
    } catch (error) {
      const problem = (error as Error).message
      const isNew = this.#failing.get(key) !== problem
      this.#failing.set(key, problem)
      if (isNew) this.#tools.log.warn({ err: error, source: this.#source.name, file: key }, 'a file was not taken')
    }
  }

  async #take(item: SourceItem): Promise<void> {
    const source = this.#source
    const target = { folder: join(this.#tools.dataFolder, 'spool'), source: source.name, maxBytes: source.maxBytes }
    const spool =
      item.size > source.maxBytes
        ? tooLarge(item, source, this.#tools.clock())
        : spoolRow(
            await spoolItem(item, await source.open.read(item, this.#context()), target),
            item,
            source,
            this.#tools.clock(),
          )
    const { at, id: subject, key: file, size, sha256, problem } = spool
    const detail = { source: source.name, file, size, sha256, ...(problem ? { problem } : {}) }
    await this.#tools.store.commit([
      insert('spool', spool),
      event({ at, actor: 'gateway', type: 'file.taken', subject, detail }),
      ...(problem ? await fileReadAnswers(spool, this.#tools) : []),
    ])
    this.#watch.forget(item.key)
    await this.#carryOn(spool)
  }

  /** From wherever it stands: read it, then put it away. Both may be repeated after a crash. */
  async #carryOn(spool: SpoolRow): Promise<void> {
    const layout = this.#tools.mappers.get(spool.mapper)?.input
    const codec = this.#codecs.get(layout?.format ?? '')
    if (!layout || !codec) return // The composition root refuses a source without either.
    if (spool.state === 'taken' && !(await this.#read(spool, { codec, layout, firstStage: this.#firstStage }))) return
    const item = { key: spool.key, size: spool.size, version: spool.item_version }
    const archived = await this.#source.open.settle(item, spool.archive_name, this.#context())
    const at = instant(this.#tools.clock())
    const detail = { file: spool.key, archivedAs: archived ? spool.archive_name : null }
    await this.#tools.store.commit([
      update('spool', { id: spool.id }, { state: 'settled' }, 1),
      event({ at, actor: 'gateway', type: 'file.archived', subject: spool.id, detail }),
    ])
    // The source's archive holds it now, the audit chain its hash. Otherwise the spool has the only copy: it stays.
    if (archived) await rm(spool.path, { force: true })
  }

  /** @returns false when the spooled bytes are gone (a restore without them): the item is then taken anew */
  async #read(spool: SpoolRow, context: ReadContext): Promise<boolean> {
    try {
      await readFile(spool, context, this.#tools)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      const at = instant(this.#tools.clock())
      await this.#tools.store.commit([
        update('spool', { id: spool.id }, { state: 'settled' }, 1),
        event({ at, actor: 'gateway', type: 'file.lost', subject: spool.id, detail: { file: spool.key } }),
      ])
      return false
    }
  }

  #context(): { signal: AbortSignal } {
    return { signal: AbortSignal.any([this.#tools.signal, AbortSignal.timeout(callMs)]) }
  }
}
