import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'tap'
import { WriteBackWorker } from '../../../gateway/flow/write-back-worker.ts'
import type { SpoolRow, WriteBackRow } from '../../../gateway/store/tables.ts'
import { insert, update, upsert } from '../../../gateway/store/writes.ts'
import { at } from '../../contract/store-rows.ts'
import { flowBench, type FlowBench } from './flow-tools.ts'

const due = (over: Partial<WriteBackRow> = {}): WriteBackRow => ({
  kind: 'result',
  subject: 'spool-1',
  source: 'drop',
  name: 'x.csv.result.csv',
  state: 'pending',
  due_at: at(0),
  tries: 0,
  problem: null,
  done_at: null,
  ...over,
})

/** A file of one row whose eCoC is claimed. */
const fileOfOne = async (bench: FlowBench, id = 'spool-1', key = 'x.csv') => {
  const { ecoc } = await bench.claimed()
  const spool = {
    id: id as SpoolRow['id'],
    source: 'drop',
    mapper: 'sage-x3',
    key,
    item_version: '1',
    path: '/x',
    size: 1,
    sha256: '' as SpoolRow['sha256'],
    state: 'settled',
    cursor: 1,
    rows: 1,
    refused: 0,
    problem: null,
    archive_name: 'x',
    at: at(0),
  } satisfies SpoolRow
  const line = {
    spool_id: spool.id,
    line: 2,
    ecoc_id: ecoc.id,
    vin: ecoc.vin,
    known: 0,
    problems: null,
    cells: null,
  } as const
  await bench.store.commit([insert('spool', spool), insert('spool_line', line)])
  return ecoc
}

const settled = async (bench: FlowBench, count = 0): Promise<void> => {
  for (let i = 0; i < 200 && (await bench.store.writeBacks.countPending()) > count; i++) await wait(5)
}

const run = (t: { teardown(done: () => Promise<void>): void }, bench: FlowBench): void => {
  const worker = new WriteBackWorker(bench.tools)
  worker.start()
  t.teardown(() => worker.stop())
}

test('an answer says where things stand when it is written, not when it fell due', async (t) => {
  const bench = await flowBench(t)
  const ecoc = await fileOfOne(bench)
  await bench.store.commit([upsert('write_back', due())])
  await bench.store.commit([update('ecoc', { id: ecoc.id }, { state: 'accepted', receipt_reference: 'NAP-1' })])
  run(t, bench)
  await settled(bench)
  t.match(bench.answers.get('x.csv.result.csv')?.[0]?.toString(), /2;.*;accepted;;;NAP-1;/)
  t.match(await bench.store.writeBacks.of('spool-1'), [{ state: 'done', done_at: at(0) }])
})

test('a move that comes while its answer is being written is answered again, also within one window', async (t) => {
  const bench = await flowBench(t)
  const ecoc = await fileOfOne(bench)
  const source = bench.open
  const write = source.writeBack.bind(source)
  let moved = false
  source.writeBack = async (name, content, context) => {
    await write(name, content, context)
    if (moved) return
    moved = true
    const accepted = update('ecoc', { id: ecoc.id }, { state: 'accepted' })
    await bench.store.commit([accepted, upsert('write_back', due())])
  }
  await bench.store.commit([upsert('write_back', due())])
  run(t, bench)
  await settled(bench)
  const written = bench.answers.get('x.csv.result.csv') ?? []
  t.equal(written.length, 2)
  t.match(written[1]?.toString(), /;accepted;/)
})

test('an answer that cannot be written is tried again later, and holds up no other', async (t) => {
  const bench = await flowBench(t)
  await fileOfOne(bench)
  await fileOfOne(bench, 'spool-2', 'y.csv')
  const source = bench.open
  const write = source.writeBack.bind(source)
  let broken = true
  source.writeBack = (name, content, context) =>
    broken && name.startsWith('x') ? Promise.reject(new Error('share is gone')) : write(name, content, context)
  await bench.store.commit([
    upsert('write_back', due()),
    upsert('write_back', due({ subject: 'spool-2', name: 'y.csv.result.csv' })),
  ])
  run(t, bench)
  await settled(bench, 1)
  t.ok(bench.answers.has('y.csv.result.csv'))
  const [failed] = await bench.store.writeBacks.of('spool-1')
  t.match(failed, { state: 'pending', tries: 1, problem: 'share is gone' })
  t.ok((failed?.due_at ?? '') > at(0))
  broken = false
  bench.wait(20_000)
  await bench.store.commit([upsert('write_back', due({ kind: 'ok' }))])
  await settled(bench)
  t.ok(bench.answers.has('x.csv.result.csv'), 'it heals')
})

test('a newer file of the same name has its own answers there', async (t) => {
  const bench = await flowBench(t)
  await fileOfOne(bench)
  await fileOfOne(bench, 'spool-2')
  await bench.store.commit([upsert('write_back', due()), upsert('write_back', due({ subject: 'spool-2' }))])
  run(t, bench)
  await settled(bench)
  t.equal(bench.answers.get('x.csv.result.csv')?.length, 1)
})
