import { test } from 'tap'
import { GatewayError, type ErrorKind } from '../../../gateway/contract/index.ts'
import { fail, triesBeforeDeadLetter } from '../../../gateway/flow/fail.ts'
import { finish } from '../../../gateway/flow/finish.ts'
import type { StepResult } from '../../../gateway/flow/step.ts'
import { event, insert, update } from '../../../gateway/store/writes.ts'
import { at, makeEcoc } from '../../contract/store-rows.ts'
import { flowBench, owner, workOf, type FlowBench } from './flow-tools.ts'

const held = { state: 'held', code: 'APR-001', reason: 'no approval', nextStep: 'import it' } as const
const errorOf = (kind: ErrorKind): GatewayError =>
  new GatewayError({ kind, code: 'TST-001', message: `a ${kind} error` })
const typesOf = async ({ store }: FlowBench, id: string): Promise<string[]> =>
  (await store.events.of(id)).map((e) => e.type)

test('a stage that is done hands on to the next one', async (t) => {
  const bench = await flowBench(t)
  const work = await bench.claimed({ reason: 'old', reason_code: 'OLD-001', next_step: 'old' })
  const result: StepResult = { patch: { state: 'mapped' }, detail: { mapper: '1.0' } }
  await bench.store.commit(await finish(work, 'mapping', 'routing', result, bench.tools))
  const { id } = work.ecoc
  t.match(await bench.store.ecocs.get(id), { state: 'mapped', reason: null, reason_code: null, next_step: null })
  t.match(await bench.store.jobs.get(id), {
    stage: 'routing',
    owner: null,
    lease_until: null,
    tries: 0,
    next_run_at: at(0),
  })
  const [told] = await bench.store.events.of(id)
  t.match(told, { type: 'ecoc.mapped', actor: 'gateway' })
  t.same(JSON.parse(told?.detail ?? ''), { stage: 'mapping', mapper: '1.0' })
})

test('an eCoC that rests has a reason and a next step and no job; after the last stage there is none either', async (t) => {
  const bench = await flowBench(t)
  const work = await bench.claimed()
  await bench.store.commit(await finish(work, 'mapping', 'routing', { rest: held }, bench.tools))
  t.match(await bench.store.ecocs.get(work.ecoc.id), {
    state: 'held',
    reason_code: 'APR-001',
    reason: 'no approval',
    next_step: 'import it',
  })
  t.equal(await bench.store.jobs.get(work.ecoc.id), undefined)
  const last = await bench.claimed()
  await bench.store.commit(await finish(last, 'submission', undefined, { patch: { state: 'accepted' } }, bench.tools))
  t.equal(await bench.store.jobs.get(last.ecoc.id), undefined)
})

test('one that rests and is looked at again keeps its job, and is told of once', async (t) => {
  const bench = await flowBench(t)
  const work = await bench.claimed()
  const result: StepResult = { rest: held, againMs: 5000 }
  await bench.store.commit(await finish(work, 'base', 'mapping', result, bench.tools))
  const { id } = work.ecoc
  t.match(await bench.store.jobs.get(id), { stage: 'base', owner: null, tries: 0, next_run_at: at(5000) })
  await bench.store.commit([update('job', { ecoc_id: id }, { owner })])
  await bench.store.commit(await finish(await workOf(bench.store, id), 'base', 'mapping', result, bench.tools))
  t.same(await typesOf(bench, id), ['ecoc.held'])
})

test('a record that was replaced meanwhile, or a job that was taken over, is not finished by us', async (t) => {
  const bench = await flowBench(t)
  const work = await bench.claimed()
  const { writes } = makeEcoc()
  const [record] = writes
  const newer = record?.op === 'insert' ? (record.row['id'] as typeof work.ecoc.record_id) : work.ecoc.record_id
  await bench.store.commit([...(record ? [record] : []), update('ecoc', { id: work.ecoc.id }, { record_id: newer })])
  const done = async (): Promise<void> =>
    bench.store.commit(await finish(work, 'mapping', 'routing', { patch: { state: 'mapped' } }, bench.tools))
  await t.rejects(done(), { code: 'STO-003' })
  const other = await bench.claimed()
  await bench.store.commit([update('job', { ecoc_id: other.ecoc.id }, { owner: 'another' })])
  const late = async (): Promise<void> =>
    bench.store.commit(await finish(other, 'mapping', 'routing', { rest: held }, bench.tools))
  await t.rejects(late(), { code: 'STO-003' })
  t.match(await bench.store.ecocs.get(other.ecoc.id), { state: 'received' }, 'and nothing of it stands')
})

test('a resting eCoC of a file is answered where the file lay', async (t) => {
  const bench = await flowBench(t)
  const work = await bench.claimed()
  const spool = {
    id: 'spool-1' as never,
    source: 'drop',
    mapper: 'sage-x3',
    key: 'x.csv',
    item_version: '1',
    path: '/x',
    size: 1,
    sha256: '' as never,
    state: 'settled' as const,
    cursor: 1,
    rows: 1,
    refused: 0,
    problem: null,
    archive_name: 'x',
    at: at(0),
  }
  const line = {
    spool_id: spool.id,
    line: 2,
    ecoc_id: work.ecoc.id,
    vin: work.ecoc.vin,
    known: 0 as const,
    problems: null,
    cells: null,
  }
  await bench.store.commit([insert('spool', spool), insert('spool_line', line)])
  await bench.store.commit(await finish(work, 'submission', undefined, { rest: { state: 'accepted' } }, bench.tools))
  t.match(await bench.store.writeBacks.of(spool.id), [
    { kind: 'result', name: 'x.csv.result.csv', state: 'pending', due_at: at(2000) },
  ])
  t.match(await bench.store.writeBacks.of(work.ecoc.id), [
    { kind: 'receipt', name: `${work.ecoc.vin}.receipt.json`, due_at: at(0) },
  ])
})

test('trouble outside is tried again for ever and never counted against the record', async (t) => {
  const bench = await flowBench(t)
  for (const kind of ['operational', 'config', 'security'] as const) {
    const work = await bench.claimed({}, { tries: triesBeforeDeadLetter })
    await fail(work, 'signature', errorOf(kind), bench.tools)
    t.match(
      await bench.store.jobs.get(work.ecoc.id),
      { stage: 'mapping', owner: null, tries: 0, next_run_at: at(10_000) },
      kind,
    )
    t.match(await bench.store.ecocs.get(work.ecoc.id), {
      state: 'received',
      reason_code: 'TST-001',
      reason: `a ${kind} error`,
    })
  }
})

test('the third failure of ours is the record’s dead letter', async (t) => {
  const bench = await flowBench(t)
  const work = await bench.claimed()
  const { id } = work.ecoc
  for (const tries of [1, 2]) {
    await bench.store.commit([update('job', { ecoc_id: id }, { owner, tries })])
    await fail(work, 'mapping', tries === 1 ? new TypeError('x is undefined') : errorOf('bug'), bench.tools)
    t.match(await bench.store.jobs.get(id), { owner: null, tries, next_run_at: at(1000) })
  }
  t.match(await bench.store.ecocs.get(id), { state: 'received' })
  await bench.store.commit([update('job', { ecoc_id: id }, { owner, tries: 3 })])
  await fail(work, 'mapping', new TypeError('x is undefined'), bench.tools)
  t.match(await bench.store.ecocs.get(id), {
    state: 'dead_letter',
    reason: 'Stage mapping failed 3 times: x is undefined',
  })
  t.equal(await bench.store.jobs.get(id), undefined)
  t.same(await typesOf(bench, id), ['ecoc.dead_letter'])
})

test('a withdrawal that fails for good leaves what was accepted accepted: nothing can send it again', async (t) => {
  const bench = await flowBench(t)
  const work = await bench.claimed({ state: 'accepted' })
  const { id } = work.ecoc
  await bench.store.commit([update('job', { ecoc_id: id }, { owner, tries: 3, stage: 'submission' })])
  await fail(work, 'submission', new TypeError('x is undefined'), bench.tools)
  t.match(await bench.store.ecocs.get(id), { state: 'accepted', reason_code: 'FLO-910', next_step: /cancel it again/ })
  t.equal(await bench.store.jobs.get(id), undefined)
})

test('a failure of something that is not ours any more changes nothing', async (t) => {
  const bench = await flowBench(t)
  const work = await bench.claimed({}, { owner: 'another', tries: 3 })
  const before = await bench.store.jobs.get(work.ecoc.id)
  await fail(work, 'mapping', new TypeError('late'), bench.tools)
  t.same(await bench.store.jobs.get(work.ecoc.id), before)
  t.match(await bench.store.ecocs.get(work.ecoc.id), { state: 'received', reason: null })
})

test('an identity that is taken already is a reason to wait, not a failure', async (t) => {
  const bench = await flowBench(t)
  const identity = { manufacturer: 'Example Bodies', stage: 2, profile: 'EU', environment: 'sandbox' }
  await bench.store.commit(makeEcoc({ ...identity, state: 'accepted' }).writes)
  const work = await bench.claimed()
  const writes = await finish(work, 'routing', 'document', { patch: identity }, bench.tools)
  const [error] = await bench.store.commitEach([
    [...writes, event({ at: at(0), actor: 'x', type: 'x', subject: 'x', detail: {} })],
  ])
  t.ok(error)
  if (error) await fail(work, 'routing', error, bench.tools)
  t.match(await bench.store.ecocs.get(work.ecoc.id), { state: 'held', reason_code: 'FLO-004', manufacturer: null })
  t.equal(await bench.store.jobs.get(work.ecoc.id), undefined)
})
