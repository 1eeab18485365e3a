import { Mutex } from '../../../gateway/support/mutex.ts'
import { join } from 'node:path'
import pino from 'pino'
import type { EcocId, OpenFiles } from '../../../gateway/contract/index.ts'
import { SourceConnection } from '../../../gateway/flow/intake/source-connection.ts'
import { signOff } from '../../../gateway/config/parts/sign-off.ts'
import { driftSettings } from '../../../gateway/drift/drift-limits.ts'
import type { Work } from '../../../gateway/flow/step.ts'
import type { Tools } from '../../../gateway/flow/tools.ts'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../../gateway/store/store.ts'
import type { EcocRow, JobRow } from '../../../gateway/store/tables.ts'
import { at, makeEcoc, makeJob } from '../../contract/store-rows.ts'
import { tempFolder } from '../../support/temp-folder.ts'

export interface FlowBench {
  readonly tools: Tools
  readonly store: Store
  /** Moves the clock that the flow sees. */
  readonly wait: (ms: number) => void
  /** What was written back, by name, newest content last. */
  readonly answers: Map<string, Buffer[]>
  /** The source itself, for tests that let it misbehave. */
  readonly open: OpenFiles
  /** An eCoC with its job in our hands, as a claim leaves it. */
  claimed(over?: Partial<EcocRow>, job?: Partial<JobRow>): Promise<Work>
}

export const owner = 'this-process'

/** A real store, a clock that stands still, and nothing else that the flow's own rules would need. */
export const flowBench = async (t: { teardown(done: () => Promise<void>): void }): Promise<FlowBench> => {
  const folder = await tempFolder(t)
  const store = new Store(await openSqlite(folder))
  t.teardown(() => store.close())
  let now = Date.parse(at(0))
  const answers = new Map<string, Buffer[]>()
  const open: OpenFiles = {
    kind: 'files',
    list: () => Promise.resolve([]),
    read: () => Promise.reject(new Error('nothing is read here')),
    settle: () => Promise.resolve(true),
    writeBack: (name, content) => {
      answers.set(name, [...(answers.get(name) ?? []), content])
      return Promise.resolve()
    },
    withdraw: (name) => {
      answers.delete(name)
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
  const source = {
    name: 'drop',
    mapper: 'sage-x3',
    pollMs: 10,
    stablePolls: 2,
    maxBytes: 1_000_000,
    connection: SourceConnection.to(open),
  }
  const tools = {
    store,
    clock: () => new Date(now),
    log: pino({ level: 'silent' }),
    config: {
      site: { timeZone: 'UTC', settings: {} },
      delivery: { firstRetry: 1000, retryFactor: 2, longestRetry: 10_000 },
      writeBack: { gather: 2000 },
      base: {
        ...{ retry: 1000, origins: [{ kind: 'access-points' }], handover: [] },
        ...{ watch: { every: 86_400_000, for: 86_400_000 }, goodsIn: { every: 3_600_000 } },
      },
      drift: driftSettings.parse({}),
      signOff: signOff.parse({}),
      flows: [],
    },
    dataFolder: join(folder, 'data'),
    owner,
    taking: new Mutex(),
    mappers: new Map(),
    accessPoints: new Map(),
    routingTable: { environment: 'sandbox', accessPoints: [], rules: [] },
    sources: new Map([['drop', source]]),
    signal: new AbortController().signal,
  } as unknown as Tools
  return {
    tools,
    store,
    answers,
    open,
    wait: (ms) => void (now += ms),
    async claimed(over = {}, job = {}) {
      const { row, writes } = makeEcoc(over)
      await store.commit([...writes, makeJob(row.id, { owner, lease_until: at(30_000), tries: 1, ...job })])
      return workOf(store, row.id)
    },
  }
}

/** What the runner hands a stage. */
export const workOf = async (store: Store, id: EcocId): Promise<Work> => {
  const [ecoc, record] = await Promise.all([store.ecocs.get(id), store.ecocs.record(id)])
  if (!ecoc || !record) throw new Error(`no eCoC ${id}`)
  return { ecoc, lease: owner, record, fields: {}, made: {} }
}
