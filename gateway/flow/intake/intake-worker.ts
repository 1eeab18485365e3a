import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Codec, SourceItem } from '../../contract/index.ts'
import { archiveName } from '../../intake/archive-name.ts'
import { spoolItem } from '../../intake/spool-item.ts'
import { StabilityWatch } from '../../intake/stability-watch.ts'
import type { SpoolRow } from '../../store/tables.ts'
import { event, insert, update } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { Waker } from '../../support/waker.ts'
import type { ReadySource, Tools } from '../tools.ts'
import { readFile } from './read-file.ts'

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
    for (const spool of open) await this.#carryOn(spool)
    const listing = await this.#source.open.list(this.#context())
    for (const item of this.#watch.observe(listing)) {
      if (this.#stopping.signal.aborted) return
      // Taken already, but not put away yet.
      if (await store.spools.openByKey(this.#source.name, item.key)) continue
      await this.#take(item)
    }
  }

  async #take(item: SourceItem): Promise<void> {
    const source = this.#source
    const target = { folder: join(this.#tools.dataFolder, 'spool'), source: source.name, maxBytes: source.maxBytes }
    const file = await spoolItem(item, await source.open.read(item, this.#context()), target)
    const at = instant(this.#tools.clock())
    const spool: SpoolRow = {
      ...file,
      mapper: source.mapper,
      item_version: item.version,
      state: 'taken',
      cursor: 0,
      rows: 0,
      refused: 0,
      problem: null,
      archive_name: archiveName(item.key, at, file.sha256),
      at,
    }
    const detail = { source: source.name, file: item.key, size: file.size, sha256: file.sha256 }
    await this.#tools.store.commit([
      insert('spool', spool),
      event({ at, actor: 'gateway', type: 'file.taken', subject: file.id, detail }),
    ])
    this.#watch.forget(item.key)
    await this.#carryOn(spool)
  }

  /** From wherever it stands: read it, then put it away. Both may be repeated after a crash. */
  async #carryOn(spool: SpoolRow): Promise<void> {
    const layout = this.#tools.mappers.get(spool.mapper)?.input
    const codec = this.#codecs.get(layout?.format ?? '')
    if (!layout || !codec) return
    if (spool.state === 'taken') await readFile(spool, { codec, layout, firstStage: this.#firstStage }, this.#tools)
    const item = { key: spool.key, size: spool.size, version: spool.item_version }
    await this.#source.open.settle(item, spool.archive_name, this.#context())
    const at = instant(this.#tools.clock())
    const detail = { file: spool.key, archivedAs: spool.archive_name }
    await this.#tools.store.commit([
      update('spool', { id: spool.id }, { state: 'settled' }, 1),
      event({ at, actor: 'gateway', type: 'file.archived', subject: spool.id, detail }),
    ])
    // The source's archive holds it now; the audit chain holds its hash.
    await rm(spool.path, { force: true })
  }

  #context(): { signal: AbortSignal } {
    return { signal: AbortSignal.any([this.#tools.signal, AbortSignal.timeout(callMs)]) }
  }
}
