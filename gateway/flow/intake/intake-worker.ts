import { schedule, type ScheduledTask } from 'node-cron'
import { setTimeout as wait } from 'node:timers/promises'
import { type Codec, GatewayError } from '../../contract/index.ts'
import { event } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { Waker } from '../../support/waker.ts'
import type { ReadySource, Tools } from '../tools.ts'
import { FilePoller } from './poll-files.ts'
import { RowPoller } from './poll-rows.ts'
import type { Poller } from './poller.ts'
import { SourceHealth } from './source-health.ts'

/** Longer than any schedule pauses. */
const untilWokenMs = 2_000_000_000
/** How long files that never stand still are looked at after a scheduled look, in polls. */
const mostFollowUps = 360

/** Looks at one source again and again, and knows whether it answers. What happens at a look is the poller's. */
export class IntakeWorker {
  readonly #source: ReadySource
  readonly #tools: Tools
  readonly #poller: Poller
  readonly #waker = new Waker()
  readonly #stopping = new AbortController()
  readonly health = new SourceHealth()
  #running: Promise<void> | undefined
  #schedule: ScheduledTask | undefined
  #unwatch: (() => void) | undefined
  #followUps = 0
  /** When something moved last: a long file is no dead source. */
  lastProgressAt: Date | undefined

  constructor(source: ReadySource, codecs: ReadonlyMap<string, Codec>, firstStage: string, tools: Tools) {
    this.#source = source
    this.#tools = tools
    const onProgress = (): void => void (this.lastProgressAt = tools.clock())
    const deps = { source, codecs, firstStage, tools, stopping: this.#stopping.signal, onProgress }
    this.#poller = pollerFor(source, tools, deps)
  }

  get name(): string {
    return this.#source.name
  }
  /** When the source last answered: a dead share shows. */
  get lastListedAt(): Date | undefined {
    return this.health.lastListedAt
  }
  get lastProblem(): string | undefined {
    return this.health.lastProblem
  }
  /** When it is looked at by its schedule again; undefined where it is polled. */
  get nextLookAt(): Date | undefined {
    return this.#schedule?.getNextRun() ?? undefined
  }

  start(): void {
    const { schedule: times } = this.#source
    if (times)
      this.#schedule = schedule(times.cron, () => this.#waker.wake(), { timezone: times.timeZone, noOverlap: true })
    this.#running = this.#loop()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#schedule?.destroy()
    this.#waker.wake()
    await this.#running
    this.#unwatch?.()
  }

  async #loop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const begun = performance.now()
      const isUnfinished = await this.#look()
      await this.#pause(begun, isUnfinished)
    }
  }

  async #look(): Promise<boolean> {
    const { clock } = this.#tools
    this.health.lookBegan = clock()
    try {
      const isUnfinished = await this.#poller.poll(() => {
        this.health.lookBegan = undefined
        this.health.lastListedAt = clock()
      })
      if (this.health.succeeded(clock())) await this.#tell('back')
      await this.#listen()
      return isUnfinished
    } catch (error) {
      if (this.#stopping.signal.aborted || this.#tools.signal.aborted) return false
      const isTold = this.health.failed(error as Error, clock())
      this.#unlisten()
      // A session may be dead without knowing it: the next look has a new one.
      void this.#source.connection.drop()
      if (isTold) await this.#tell('lost', error as Error)
      return true
    } finally {
      this.health.lookBegan = undefined
    }
  }

  /** Says once that a source is gone, and once that it is back: to the log and to the audit. */
  async #tell(what: 'lost' | 'back', error?: Error): Promise<void> {
    const { store, log, clock } = this.#tools
    const { name } = this.#source
    if (error) log.warn({ err: error, source: name }, 'a source does not answer')
    else log.info({ source: name }, 'a source answers again')
    const detail = error ? { problem: error.message, ...(error instanceof GatewayError && { code: error.code }) } : {}
    const told = event({ at: instant(clock()), actor: 'gateway', type: `source.${what}`, subject: name, detail })
    await store.commit([told]).catch((err: unknown) => log.error({ err, source: name }, 'an event could not be kept'))
  }

  /** A local disk may tell early that something came. */
  async #listen(): Promise<void> {
    if (this.#unwatch || this.#source.kind === 'push' || this.#source.schedule) return
    const open = await this.#source.connection.opened({ signal: this.#stopping.signal }).catch(() => undefined)
    this.#unwatch = open?.kind === 'files' ? (open.watch?.(() => this.#waker.wake()) ?? noWatch) : noWatch
  }

  #unlisten(): void {
    this.#unwatch?.()
    this.#unwatch = undefined
  }

  /** A wake comes early, but stability counts polls: two of them are never closer than half the interval. */
  async #pause(begun: number, isUnfinished: boolean): Promise<void> {
    const { pollMs, schedule: times } = this.#source
    const isDead = this.health.state === 'failing' || this.health.state === 'down'
    const left = (ms: number): number => Math.max(0, ms - (performance.now() - begun))
    if (isDead) {
      // The pause counts from the failure: a call that took its whole deadline has not waited yet.
      await this.#sleep(this.health.pause(pollMs))
      return
    }
    await this.#sleep(left(pollMs / 2))
    this.#followUps = isUnfinished ? this.#followUps + 1 : 0
    const isWaiting = times !== undefined && (!isUnfinished || this.#followUps > mostFollowUps)
    await this.#waker.sleep(isWaiting ? untilWokenMs : left(pollMs))
  }

  #sleep(ms: number): Promise<void> {
    return wait(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined)
  }
}

const noWatch = (): void => undefined

const pollerFor = (source: ReadySource, tools: Tools, deps: ConstructorParameters<typeof FilePoller>[0]): Poller => {
  if (source.kind === 'rows') return new RowPoller(deps)
  if (source.kind !== 'push') return new FilePoller(deps)
  // It calls us: all there is to look at is whether its settings hold.
  return {
    async poll(onListed) {
      await source.connection.call(tools.signal, () => Promise.resolve())
      onListed()
      return false
    },
  }
}
