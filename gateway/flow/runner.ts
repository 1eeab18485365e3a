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

/** What of a stage is under way: in all, and by lane. */
class Hands {
  readonly tasks = new Set<Promise<void>>()
  readonly #byLane = new Map<string | null, number>()
  readonly inLane = (lane: string | null): number => this.#byLane.get(lane) ?? 0

  hold(lane: string | null, task: Promise<void>, ended: () => void): void {
    this.#byLane.set(lane, this.inLane(lane) + 1)
    const held = task.finally(() => {
      this.tasks.delete(held)
      this.#byLane.set(lane, this.inLane(lane) - 1)
      ended()
    })
    this.tasks.add(held)
  }
}

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
    for (const segment of this.#segments) if (segment.kind === 'effect') await segment.step.begin?.(this.#tools)
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
      if (write.op === 'event') continue
      // What was held back may go on, or an end of it came nearer.
      if (write.table === 'access_point_pause') for (const waker of this.#wakers.values()) waker.wake()
      if (write.op === 'delete' || write.table !== 'job') continue
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
    const hands = new Hands()
    while (!this.#stopped) {
      let begun = 0
      try {
        begun = await this.#turn(segment, hands, waker)
      } catch (error) {
        this.#tools.log.error({ err: error, stage: segment.name }, 'a turn failed')
      }
      if (begun > 0) continue
      const pause = this.#pause(segment, hands).catch((error: unknown) => {
        this.#tools.log.error({ err: error, stage: segment.name }, 'a turn failed')
        return longestSleepMs
      })
      await waker.sleep(await pause)
    }
    await Promise.all(hands.tasks)
  }

  async #turn(segment: Segment, hands: Hands, waker: Waker): Promise<number> {
    const lease = newId()
    const claimed = await this.#claim(segment, hands, lease)
    const jobs = await this.#notInHand(claimed, lease)
    this.#take(jobs, lease)
    if (segment.kind === 'pure') await this.#pure(jobs, segment, lease)
    else for (const job of jobs) hands.hold(job.lane ?? null, this.#effect(job, segment, lease), () => waker.wake())
    return claimed.length
  }

  async #claim(segment: Segment, hands: Hands, owner: string): Promise<JobRow[]> {
    const { jobs } = this.#tools.store
    const now = instant(this.#tools.clock())
    const leaseUntil = instant(new Date(this.#tools.clock().getTime() + leaseMs))
    // Only what runs in our own process can bring it down; a crash during a call says nothing about the record.
    const claim = { stages: [segment.name], owner, now, leaseUntil, counted: segment.kind === 'pure' }
    if (segment.kind === 'pure')
      return jobs.claim({ ...claim, limit: (await jobs.anyTried([segment.name], now)) ? 1 : batchSize })
    const lanes = await this.#lanes(segment, hands)
    const claimed: JobRow[] = []
    for (const { room, ...lane } of lanes)
      if (room > 0) claimed.push(...(await jobs.claim({ ...claim, ...lane, limit: room })))
    return claimed
  }

  /** The lanes of a stage; one that has none is one lane for all. */
  async #lanes(
    { step, parallel }: Segment & { kind: 'effect' },
    hands: Hands,
  ): Promise<{ lane?: string | null; room: number; notBefore?: number }[]> {
    const lanes = await step.lanes?.(this.#tools, hands.inLane)
    if (!lanes) return [{ room: parallel(this.#tools) - hands.tasks.size }]
    return lanes.map(({ name, ...rest }) => ({ lane: name, ...rest }))
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
    const lane = job.lane ?? null
    const work: Work = { ecoc, lease, lane, record, fields: JSON.parse(record.fields) as RecordFields, made: {} }
    if (job.tries <= triesBeforeDeadLetter) return work
    await deadLetter(work, segment.name, 'the gateway ended while it worked on it', this.#tools)
    return undefined
  }

  async #pause(segment: Segment, hands: Hands): Promise<number> {
    const { jobs } = this.#tools.store
    const now = this.#tools.clock().getTime()
    const lanes = segment.kind === 'effect' ? await this.#lanes(segment, hands) : [{ room: 1 }]
    let pause = longestSleepMs
    for (const { room, lane, notBefore } of lanes as { room: number; lane?: string | null; notBefore?: number }[]) {
      // Nothing can begin here before something ends, and that wakes the loop.
      if (!(room > 0) && notBefore === undefined) continue
      const due = await jobs.nextRun([segment.name], lane)
      if (due) pause = Math.min(pause, Math.max(5, Date.parse(due) - now, (notBefore ?? now) - now))
    }
    return pause
  }
}
