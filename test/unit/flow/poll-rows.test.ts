import { test } from 'tap'
import json from '../../../connectors/codecs/json/codec.ts'
import type { OpenSource } from '../../../gateway/contract/index.ts'
import { IntakeWorker } from '../../../gateway/flow/intake/intake-worker.ts'
import { SourceConnection } from '../../../gateway/flow/intake/source-connection.ts'
import type { ReadySource, Tools } from '../../../gateway/flow/tools.ts'
import { WriteBackWorker } from '../../../gateway/flow/write-back-worker.ts'
import { update } from '../../../gateway/store/writes.ts'
import { GatewayError } from '../../../gateway/contract/index.ts'
import { ecocMovedAnswers } from '../../../gateway/flow/answers.ts'
import { until } from '../../support/sandbox-gateway.ts'
import { flowBench } from './flow-tools.ts'
import { rowsSource } from './rows-source.ts'

const input = {
  format: 'json' as const,
  fields: [
    { name: 'ORDER', type: 'text' as const, required: true },
    { name: 'VIN', type: 'vin' as const, required: true },
    { name: 'MASS', type: 'integer' as const, required: false },
  ],
  recordKey: ['ORDER'],
  vin: 'VIN',
}
const vin = (i: number): string => `YB9SAMPLE00${String(100000 + i)}`
const fields = (i: number, more: Record<string, string> = {}) => ({ ORDER: `o${i}`, VIN: vin(i), MASS: '1', ...more })

const bench = async (t: Parameters<typeof flowBench>[0], format: 'json' | 'csv' = 'json') => {
  const flow = await flowBench(t)
  const there = rowsSource()
  const make = (open: OpenSource): ReadySource => ({
    ...{ name: 'erp', kind: 'rows', mapper: 'rows', pollMs: 10, stablePolls: 2, maxBytes: 1e6, pageRows: 3 },
    overlapMs: 60_000,
    connection: SourceConnection.to(open, 300),
  })
  const source = make(there.open)
  const mapper = { name: 'rows', input: { ...input, format } }
  const tools = {
    ...flow.tools,
    mappers: new Map([['rows', mapper]]),
    sources: new Map([['erp', source]]),
  } as unknown as Tools
  const worker = (of = source) => new IntakeWorker(of, new Map([['json', json]]), 'base', tools)
  const ecocs = () => flow.store.ecocs.list({ limit: 1000 })
  return { ...flow, ...there, tools, source, make, worker, ecocs }
}

test('rows are paged, taken once, settled, and the mark stands with them', async (t) => {
  const b = await bench(t)
  for (let i = 1; i <= 8; i++) b.put(`k${i}`, `2026-01-20T10:00:0${i}Z`, fields(i))
  const worker = b.worker()
  worker.start()
  await until('all', 5000, async () => (await b.ecocs()).length === 8)
  await until('settled', 5000, async () => b.settled.length >= 8)
  b.put('k9', '2026-01-20T10:00:09Z', fields(9))
  await until('the next', 5000, async () => (await b.ecocs()).length === 9)
  await worker.stop()
  t.match(await b.store.sources.mark('erp'), { stamp: '2026-01-20T10:00:09Z', key: 'k9' })
  const taken = (await b.store.events.from(1, 1000)).filter((e) => e.type === 'rows.taken')
  t.equal(taken.length, 4, 'three pages, and one later')
  t.equal((await b.store.spools.open()).length, 0)
})

test('a row that was committed late is found in the overlap; our own marks beside a record are no change', async (t) => {
  const b = await bench(t)
  b.put('k1', '2026-01-20T10:00:01Z', fields(1))
  const worker = b.worker()
  worker.start()
  await until('the first', 5000, async () => (await b.ecocs()).length === 1)
  b.wait(5000)
  b.put('k3', '2026-01-20T10:00:03Z', fields(3))
  await until('the second', 5000, async () => (await b.ecocs()).length === 2)
  b.put('k2', '2026-01-20T10:00:02Z', fields(2))
  await until('the late one', 5000, async () => (await b.ecocs()).length === 3)
  const taken = async () => (await b.store.events.from(1, 1000)).filter((e) => e.type === 'rows.taken').length
  const before = await taken()
  // A trigger moves the stamp when the status is written beside it.
  b.put('k1', '2026-01-20T10:00:04Z', fields(1, { coc_status: 'accepted' }))
  await until('k1 is passed', 5000, async () => (await b.store.sources.mark('erp'))?.stamp.endsWith('04Z') === true)
  await worker.stop()
  t.equal(await taken(), before, 'nothing was taken')
})

test('a crash between durable and read, or read and settled, loses and doubles nothing', async (t) => {
  const b = await bench(t)
  for (let i = 1; i <= 3; i++) b.put(`k${i}`, `${i}`, fields(i))
  let failing = true
  const open = { ...b.open, settle: () => (failing ? Promise.reject(new Error('gone')) : Promise.resolve()) }
  const worker = b.worker(b.make(open))
  worker.start()
  await until('taken', 5000, async () => (await b.ecocs()).length === 3)
  await until('the trouble shows', 5000, async () => worker.lastProblem === 'gone')
  failing = false
  await until('settled', 5000, async () => (await b.store.spools.open()).length === 0)
  await worker.stop()
  t.equal((await b.ecocs()).length, 3)
})

test('a mapper of another format is named', async (t) => {
  const b = await bench(t, 'csv')
  b.put('k1', '1', fields(1))
  const worker = b.worker()
  worker.start()
  await until(
    'the problem',
    5000,
    async () => worker.lastProblem?.includes('input.format') ?? /reads csv/.test(worker.lastProblem ?? ''),
  ).catch(() => undefined)
  await worker.stop()
  t.match(worker.lastProblem, /reads csv/)
})

test('states go back beside the row, a refused row is told why, and what is refused for good waits for a person', async (t) => {
  const b = await bench(t)
  b.put('k1', '1', fields(1))
  b.put('k2', '2', { ORDER: 'o2', VIN: 'no vin' })
  const worker = b.worker()
  worker.start()
  await until('taken', 5000, async () => (await b.ecocs()).length === 1 && (await b.store.spools.open()).length === 0)
  await worker.stop()
  const back = new WriteBackWorker(b.tools)
  back.start()
  t.teardown(() => back.stop())
  await until('refused is told', 5000, async () => b.told.length === 1)
  t.match(b.told[0], { recordKey: 'o2', sourceKey: 'k2', coc_status: 'refused', coc_error_code: /^INB-/ })
  const [ecoc] = await b.ecocs()
  const move = async (state: 'accepted' | 'rejected') =>
    b.store.commit([
      update('ecoc', { id: ecoc!.id }, { state, receipt_reference: 'NAP-1' }),
      ...(await ecocMovedAnswers(ecoc!, state, b.tools)),
    ])
  await move('accepted')
  b.wait(10_000)
  await until('accepted is told', 8000, async () => b.told.length === 2)
  t.match(b.told[1], { recordKey: 'o1', sourceKey: 'k1', vin: vin(1), coc_status: 'accepted', coc_ref: 'NAP-1' })
  await until('and noted', 5000, async () => (await b.store.ecocs.get(ecoc!.id))?.write_back === 'done')

  b.open.writeStatus = () =>
    Promise.reject(new GatewayError({ kind: 'operational', code: 'SRC-020', message: 'no such row' }))
  await move('rejected')
  b.wait(10_000)
  await until('parked', 8000, async () => (await b.store.writeBacks.list({ state: 'failed', limit: 9 })).length === 1)
  t.match(await b.store.writeBacks.list({ state: 'failed', limit: 9 }), [{ kind: 'status', problem: 'no such row' }])
  t.equal((await b.store.ecocs.get(ecoc!.id))?.write_back, 'failed')
  t.ok((await b.store.events.from(1, 1000)).some((e) => e.type === 'write-back.parked'))
})
