import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type {
  AccessPoint,
  EcocId,
  Instant,
  IviReferenceId,
  RecordFields,
  TlsMaterial,
  Vin,
} from '../../gateway/contract/index.ts'
import type { AccessPointDelivery } from '../../gateway/config/parts/delivery.ts'
import { fail } from '../../gateway/flow/fail.ts'
import { finish } from '../../gateway/flow/finish.ts'
import { submissionStep } from '../../gateway/flow/steps/submission-step.ts'
import type { ReadyAccessPoint, Tools } from '../../gateway/flow/tools.ts'
import { openSqlite } from '../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../gateway/store/store.ts'
import type { EcocRow, JobRow } from '../../gateway/store/tables.ts'
import { closedCircuit } from '../../gateway/submission/circuit-breaker.ts'
import { instant } from '../../gateway/support/clock.ts'
import { sha256 } from '../../gateway/support/hash.ts'
import { newId } from '../../gateway/support/new-id.ts'
import { Mutex } from '../../gateway/support/mutex.ts'
import { makeEcoc, makeJob } from '../contract/store-rows.ts'
import { testFiles } from './site-files.ts'
import { StandInAccessPoint, type StandInOptions } from '../fakes/stand-in-access-point.ts'

export const startAt = Date.UTC(2026, 10, 18, 8)

/** The submission stage with a real store, on a clock that only moves when nothing is due, and stand-in access points. */
export class DeliveryBench {
  readonly store: Store
  readonly tools: Tools
  readonly log: Record<string, unknown>[] = []
  now = startAt
  readonly #points = new Map<string, ReadyAccessPoint>()
  readonly #folder: string

  private constructor(store: Store, folder: string) {
    this.store = store
    this.#folder = folder
    const write = (line: string): void => void this.log.push(JSON.parse(line) as Record<string, unknown>)
    this.tools = {
      store,
      clock: () => new Date(this.now),
      log: pino({ level: 'info' }, { write }),
      config: {
        site: { timeZone: 'Europe/Amsterdam', settings: {} },
        delivery: {
          ...{ firstRetry: 180_000, retryFactor: 2, longestRetry: 3_600_000, probeEvery: 60_000, failuresToOpen: 5 },
          ...{ parallel: 4, deadline: 5 * 86_400_000, deadlineWarning: 2 * 86_400_000 },
        },
        writeBack: { gather: 0 },
        flows: [],
      },
      accessPoints: this.#points,
      sources: new Map(),
      taking: new Mutex(),
      signal: new AbortController().signal,
    } as unknown as Tools
  }

  /** Its folder is in memory where there is such a thing: days are simulated here, not power cuts. */
  static async make(t: { teardown(done: () => Promise<void>): void }): Promise<DeliveryBench> {
    const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
    const folder = mkdtempSync(join(parent, 'ecoc-delivery-'))
    const bench = new DeliveryBench(new Store(await openSqlite(folder)), folder)
    t.teardown(() => bench.#close())
    return bench
  }

  async #close(): Promise<void> {
    await this.store.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  accessPoint(
    name: string,
    options: Omit<StandInOptions, 'clock'> = {},
    limits?: Partial<AccessPointDelivery>,
  ): StandInAccessPoint {
    const made = new StandInAccessPoint({ clock: this.tools.clock, ...options })
    const { connector } = made
    const base = { name, environment: 'sandbox', connector, config: {}, tls: undefined, circuit: closedCircuit }
    const ready = { ...base, files: {}, ...(limits ? { limits: { maintenance: [], ...limits } } : {}) }
    this.#points.set(name, ready as unknown as ReadyAccessPoint)
    return made
  }

  /** A real connector, with the fake that it speaks to. */
  connect<C>(name: string, connector: AccessPoint<C>, config: unknown, tls: TlsMaterial | undefined): void {
    const base = { name, environment: 'sandbox', connector, config: connector.config.parse(config), tls }
    this.#points.set(name, { ...base, files: testFiles, circuit: closedCircuit })
  }

  point(name: string): ReadyAccessPoint {
    const point = this.#points.get(name)
    if (!point) throw new Error(`no access point ${name}`)
    return point
  }

  /** An eCoC that is signed and due to be sent. */
  async signed(
    over: Partial<EcocRow> & Pick<EcocRow, 'access_point'>,
    due = this.now,
    bytes = Buffer.from(`<signed>${newId()}</signed>`),
  ): Promise<EcocRow> {
    const { row, writes } = makeEcoc({
      ...{ state: 'signed', manufacturer: 'Example', stage: 2, profile: 'EU', environment: 'sandbox' },
      ...{
        signed_sha256: sha256(bytes),
        document_sha256: sha256(bytes),
        ivi_reference_id: randomUUID() as IviReferenceId,
      },
      ...{ created_at: instant(new Date(this.now)), updated_at: instant(new Date(this.now)) },
      vin: `EXZ${String(++this.#serial).padStart(14, '0')}` as Vin,
      ...over,
    })
    const at = instant(new Date(due))
    const job = makeJob(row.id, { stage: 'submission', lane: row.access_point, next_run_at: at })
    await this.store.commit([...writes, this.store.contents.write(row.id, 'signed', bytes, at), job])
    return row
  }
  #serial = 0

  async ecoc(id: EcocId): Promise<EcocRow> {
    const row = await this.store.ecocs.get(id)
    if (!row) throw new Error(`no eCoC ${id}`)
    return row
  }

  /** Works until nothing is due before a moment; the clock jumps over the time in which nothing is. */
  async run(until: number): Promise<void> {
    await submissionStep.begin?.(this.tools)
    for (;;) {
      if ((await this.#turn()) > 0) continue
      const next = await this.#next()
      if (next === undefined || next > until) break
      this.now = Math.max(next, this.now + 1)
    }
    this.now = Math.max(this.now, until)
  }

  /** Works until all rest or wait for longer than that. */
  runFor(ms: number): Promise<void> {
    return this.run(this.now + ms)
  }

  async #turn(): Promise<number> {
    const now = instant(new Date(this.now))
    const lanes = (await submissionStep.lanes?.(this.tools, () => 0)) ?? []
    let begun = 0
    for (const { name: lane, room: limit } of lanes) {
      if (!(limit > 0)) continue
      const claim = { stages: ['submission'], owner: newId(), now, leaseUntil: now, limit, counted: false, lane }
      const jobs = await this.store.jobs.claim(claim)
      begun += jobs.length
      await Promise.all(jobs.map((job) => this.#one(job)))
    }
    return begun
  }

  async #one(job: JobRow): Promise<void> {
    const [ecoc, record] = await Promise.all([this.store.ecocs.get(job.ecoc_id), this.store.ecocs.record(job.ecoc_id)])
    if (!ecoc || !record) return
    const fields = JSON.parse(record.fields) as RecordFields
    const work = { ecoc, lease: job.owner ?? '', lane: job.lane ?? null, record, fields, made: {} }
    try {
      const result = await submissionStep.run(work, this.tools)
      await this.store.commit(await finish(work, 'submission', undefined, result, this.tools))
    } catch (error) {
      await fail(work, 'submission', error as Error, this.tools, 1)
    }
  }

  /** When something is due again. */
  async #next(): Promise<number | undefined> {
    const lanes = (await submissionStep.lanes?.(this.tools, () => 0)) ?? []
    const times: number[] = []
    for (const { name, notBefore = 0 } of lanes) {
      const due: Instant | undefined = await this.store.jobs.nextRun(['submission'], name)
      if (due) times.push(Math.max(Date.parse(due), notBefore))
    }
    return times.length > 0 ? Math.min(...times) : undefined
  }
}
