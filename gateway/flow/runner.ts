import type { EcocId, RecordFields } from '../contract/index.ts'
import type { JobRow } from '../store/tables.ts'
import { update, type Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { newId } from '../support/new-id.ts'
import { Waker } from '../support/waker.ts'
import { deadLetter, fail, triesBeforeDeadLetter } from './fail.ts'
import { finish } from './finish.ts'
import { runPure } from './run-pure.ts'
import { type Segment, segmentsOf } from './segments.ts'
import type { Step, Work } from './step.ts'
import type { Tools } from './tools.ts'

const leaseMs = 30_000
const renewMs = 10_000
const batchSize = 50
const inHandMs = 1_000
/** Work that somebody else made due is found at the latest after this long. */
const longestSleepMs = 5_000

/** Takes work that is due and carries it through its stages. Knows leases and turns, not what a stage does. */
export class Runner {
  readonly #tools: Tools
  readonly #segments: readonly Segment[]
  readonly #wakers = new Map<string, Waker>()
  /** Leases in use, with how many eCoCs are still worked on under each. */
  readonly #leases = new Map<string, number>()
  /** eCoCs in hand: one that somebody set free meanwhile is not begun a second time beside itself. */
  readonly #inHand = new Set<EcocId>()
  #loops: Promise<void>[] = []
  #stopped = false
  #renewal: NodeJS.Timeout | undefined
  #unsubscribe: (() => void) | undefined

  constructor(pipeline: readonly Step[], tools: Tools) {
    this.#tools = tools
    this.#segments = segmentsOf(pipeline)
  }

  /** Takes over what a crash left behind and starts one loop per segment. */
  async start(): Promise<void> {
    await this.#tools.store.jobs.takeOverAll()
    this.#unsubscribe = this.#tools.store.onCommit((writes) => this.#hear(writes))
    this.#renewal = setInterval(() => void this.#renew(), renewMs)
    this.#loops = this.#segments.map((segment) => this.#loop(segment))
  }

  /** Lets what is under way end, and starts nothing new. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#unsubscribe?.()
    for (const waker of this.#wakers.values()) waker.wake()
    await Promise.all(this.#loops)
    clearInterval(this.#renewal)
  }

  /** Wakes the loop whose stage got work, and no other: each would ask the store in vain. A freed job may be any's. */
  #hear(writes: readonly Write[]): void {
    for (const write of writes) {
      if (write.op === 'event' || write.op === 'delete' || write.table !== 'job') continue
      const { stage } = write.op === 'update' ? write.set : write.row
      for (const [name, waker] of this.#wakers) if (stage === undefined || stage === name) waker.wake()
    }
  }

  #renew(): Promise<void> {
    const until = instant(new Date(this.#tools.clock().getTime() + leaseMs))
    return this.#tools.store.jobs.renew([...this.#leases.keys()], until).catch((error: unknown) => {
      this.#tools.log.error({ err: error }, 'leases could not be renewed')
    })
  }

  async #loop(segment: Segment): Promise<void> {
    const waker = new Waker()
    this.#wakers.set(segment.name, waker)
    const underWay = new Set<Promise<void>>()
    while (!this.#stopped) {
      let begun = 0
      try {
        begun = await this.#turn(segment, underWay, waker)
      } catch (error) {
        this.#tools.log.error({ err: error, stage: segment.name }, 'a turn failed')
      }
      if (begun === 0) await waker.sleep(await this.#pause(segment, underWay.size))
    }
    await Promise.all(underWay)
  }

  async #turn(segment: Segment, underWay: Set<Promise<void>>, waker: Waker): Promise<number> {
    const { store } = this.#tools
    const now = instant(this.#tools.clock())
    const alone = segment.kind === 'pure' && (await store.jobs.anyTried([segment.name], now))
    const room = segment.kind === 'pure' ? (alone ? 1 : batchSize) : segment.parallel(this.#tools) - underWay.size
    if (room <= 0) return 0
    const lease = newId()
    const claimed = await store.jobs.claim({
      stages: [segment.name],
      owner: lease,
      now,
      leaseUntil: instant(new Date(this.#tools.clock().getTime() + leaseMs)),
      limit: room,
      // Only what runs in our own process can bring it down; a crash during a call says nothing about the record.
      counted: segment.kind === 'pure',
    })
    const jobs = await this.#notInHand(claimed, lease)
    this.#take(jobs, lease)
    if (segment.kind === 'pure') await this.#pure(jobs, segment, lease)
    else
      for (const job of jobs) {
        const task = this.#effect(job, segment, lease).finally(() => {
          underWay.delete(task)
          waker.wake()
        })
        underWay.add(task)
      }
    return claimed.length
  }

  /** Somebody freed a job while it was being worked on: it is left alone until that has ended. */
  async #notInHand(jobs: readonly JobRow[], lease: string): Promise<JobRow[]> {
    const again = instant(new Date(this.#tools.clock().getTime() + inHandMs))
    const free = { owner: null, lease_until: null, next_run_at: again }
    const busy = jobs.filter((job) => this.#inHand.has(job.ecoc_id))
    const release = busy.map((job) => update('job', { ecoc_id: job.ecoc_id, owner: lease }, free))
    if (busy.length > 0) await this.#tools.store.commit(release)
    return jobs.filter((job) => !this.#inHand.has(job.ecoc_id))
  }

  #take(jobs: readonly JobRow[], lease: string): void {
    if (jobs.length > 0) this.#leases.set(lease, jobs.length)
    for (const job of jobs) this.#inHand.add(job.ecoc_id)
  }

  /** What could not be recorded keeps its lease in the store, which lapses now that nobody renews it. */
  #letGo(id: EcocId, lease: string): void {
    this.#inHand.delete(id)
    const left = (this.#leases.get(lease) ?? 1) - 1
    if (left > 0) this.#leases.set(lease, left)
    else this.#leases.delete(lease)
  }

  async #pure(jobs: readonly JobRow[], segment: Segment & { kind: 'pure' }, lease: string): Promise<void> {
    try {
      const works = (await Promise.all(jobs.map((job) => this.#load(job, segment, lease)))).filter(
        (w) => w !== undefined,
      )
      await runPure(works, segment.steps, segment.next, this.#tools)
    } finally {
      for (const job of jobs) this.#letGo(job.ecoc_id, lease)
    }
  }

  async #effect(job: JobRow, segment: Segment & { kind: 'effect' }, lease: string): Promise<void> {
    try {
      const work = await this.#load(job, segment, lease)
      if (work) await this.#act(work, segment)
    } catch (error) {
      this.#tools.log.error(
        { err: error, ecoc: job.ecoc_id, stage: segment.name },
        'what happened could not be recorded',
      )
    } finally {
      this.#letGo(job.ecoc_id, lease)
    }
  }

  async #act(work: Work, segment: Segment & { kind: 'effect' }): Promise<void> {
    try {
      const result = await segment.step.run(work, this.#tools)
      await this.#tools.store.commit(await finish(work, segment.name, segment.next, result, this.#tools))
    } catch (error) {
      await fail(work, segment.name, error as Error, this.#tools, 1)
    }
  }

  async #load(job: JobRow, segment: Segment, lease: string): Promise<Work | undefined> {
    const [ecoc, record] = await Promise.all([
      this.#tools.store.ecocs.get(job.ecoc_id),
      this.#tools.store.ecocs.record(job.ecoc_id),
    ])
    if (!ecoc || !record) return undefined
    const work: Work = { ecoc, lease, record, fields: JSON.parse(record.fields) as RecordFields, made: {} }
    if (job.tries <= triesBeforeDeadLetter) return work
    await deadLetter(work, segment.name, 'the gateway ended while it worked on it', this.#tools)
    return undefined
  }

  async #pause(segment: Segment, underWay: number): Promise<number> {
    // Nothing can begin before something ends, and that wakes the loop.
    if (segment.kind === 'effect' && underWay >= segment.parallel(this.#tools)) return longestSleepMs
    const due = await this.#tools.store.jobs.nextRun([segment.name])
    if (!due) return longestSleepMs
    return Math.min(longestSleepMs, Math.max(5, Date.parse(due) - this.#tools.clock().getTime()))
  }
}
