import { test } from 'tap'
import type { IviTree, Vin } from '../../../gateway/contract/index.ts'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { createActions } from '../../../gateway/flow/actions/create-actions.ts'
import type { ReceiptFinder } from '../../../gateway/flow/modes/receipt-index.ts'
import { modeBench, modeVin, type ModeBench } from './mode-bench.ts'

const none: ReceiptFinder = () => Promise.resolve([])
const longer = (csv: string): string => csv.replace(/;6,800;/g, ';6,810;')
const kept = async (
  bench: ModeBench,
  vin: Vin,
  over: { accepted?: boolean; receipts?: ReceiptFinder; version?: number } = {},
) => {
  const bytes = await bench.earlierOf(vin, (tree) => ({
    ...tree,
    Header: { ...(tree['Header'] as IviTree), IviVersionNumber: String(over.version ?? 1) },
  }))
  const input = { documents: [{ file: vin, bytes }], receipts: over.receipts ?? none, accepted: over.accepted ?? true }
  const [result] = await bench.flows.importEarlier('sage-x3', input, 'ada')
  await bench.settle()
  return result
}
const states = async (bench: ModeBench, vin: Vin): Promise<unknown[]> =>
  (await bench.store.ecocs.list({ vin, mode: 'live', limit: 20 }))
    .toReversed()
    .map((e: EcocRow) => `${e.state} v${e.version}${e.proposal_of ? ' proposal' : ''}`)

test('from a parallel run to live', async (t) => {
  const bench = await modeBench(t)
  const [delivered, changed, fresh, late] = [1, 2, 3, 4].map(modeVin) as [Vin, Vin, Vin, Vin]
  await bench.flows.switchMode('sage-x3', 'parallel', 'ada')
  await bench.deliver([delivered, changed, fresh, late])
  for (const vin of [delivered, changed]) t.match(await kept(bench, vin), { ok: true, accepted: true, ecocId: null })
  t.match(
    (await bench.store.events.of('sage-x3')).map((e) => e.type),
    ['flow.mode_switched', 'earlier.imported', 'earlier.imported'],
  )

  const switched = await bench.flows.switchMode('sage-x3', 'live', 'ada')
  t.match(switched, { from: 'parallel', mode: 'live', heads: 2, problems: [], undelivered: 2 })
  const [head] = await bench.of(delivered, 'live')
  t.match(head, {
    state: 'accepted',
    version: 1,
    mode: 'live',
    manufacturer: 'Example Bodies',
    stage: 2,
    profile: 'EU',
  })
  const signed = head && (await bench.store.contents.get(head.id, 'signed'))
  t.equal(signed?.sha256, head?.signed_sha256, 'its exact bytes')
  const told = (await bench.store.events.of('sage-x3')).at(-1)
  t.match(told?.detail, `"report":"${switched.report}"`)
  t.match((await bench.store.reports.get(switched.report ?? ''))?.bytes.toString(), '2 vehicles compared')
  t.match((await bench.store.events.of(head?.id ?? '')).at(0), {
    type: 'ecoc.taken_over',
    detail: /"acceptedBy":"ada"/,
  })

  await t.test('what was delivered is not sent again, whatever its record is called now', async (t) => {
    await bench.deliver([delivered])
    t.same(await states(bench, delivered), ['accepted v1', 'cancelled v1 proposal'])
    const [last] = await bench.store.ecocs.list({ vin: delivered, mode: 'live', limit: 1 })
    t.match(last, { reason_code: 'FLO-012', reason: /delivered this eCoC already/ })
    await bench.deliver([delivered])
    t.equal((await states(bench, delivered)).length, 2, 'the same record again is known')
  })

  await t.test('what changed since is a proposed correction that goes out as version 2', async (t) => {
    await bench.deliver([changed], longer)
    t.same(await states(bench, changed), ['accepted v1', 'held v1 proposal'])
    const [proposal] = await bench.store.ecocs.list({ vin: changed, mode: 'live', limit: 1 })
    t.match(proposal, { reason_code: 'FLO-005', reason: /earlier process delivered this vehicle with other data: 1/ })
    const actions = createActions(bench.tools, new Map(), 'base')
    await actions.correct(proposal!.id, 'ada')
    await bench.settle()
    t.same(await states(bench, changed), ['accepted v1', 'checked v2'], 'it waits for its signature')
  })

  await t.test('what nobody delivered goes out', async (t) => {
    await bench.deliver([fresh])
    t.same(await states(bench, fresh), ['checked v1'])
  })

  await t.test('a document that is imported later is a head at once', async (t) => {
    t.match(await kept(bench, late), { ok: true, ecocId: /./ })
    t.same(await states(bench, late), ['accepted v1'])
    t.match(await kept(bench, late, { version: 3 }), { ok: true })
    t.same(await states(bench, late), ['superseded v1', 'accepted v3'], 'the highest version is the head')
    t.match(await kept(bench, late, { version: 2 }), { ok: true })
    t.same(await states(bench, late), ['superseded v1', 'accepted v3', 'superseded v2'], 'its past')
  })

  await t.test('a document of a vehicle that is on its way here turns that into a proposal', async (t) => {
    t.match(await kept(bench, fresh), { ok: true })
    t.same(await states(bench, fresh), ['cancelled v1 proposal', 'accepted v1'])
  })

  await t.test('a head can be corrected from the record that came last', async (t) => {
    const [now] = await bench.of(late, 'live')
    const actions = createActions(bench.tools, new Map(), 'base')
    await actions.correct(now!.id, 'ada')
    await bench.settle()
    t.match((await states(bench, late)).at(-1), 'cancelled', 'nothing differs')
  })

  await t.test('switching back touches no head', async (t) => {
    const before = await bench.of(delivered, 'live')
    await bench.flows.switchMode('sage-x3', 'parallel', 'ada')
    t.same(await bench.of(delivered, 'live'), before)
    const again = await bench.flows.switchMode('sage-x3', 'live', 'ada')
    t.match(again, { heads: 0, problems: [] })
  })
})

test('only what was surely accepted is a head', async (t) => {
  const bench = await modeBench(t)
  const [silent, rejected, said, unfit] = [11, 12, 13, 14].map(modeVin) as [Vin, Vin, Vin, Vin]
  await bench.flows.switchMode('sage-x3', 'parallel', 'ada')
  await bench.deliver([silent, rejected, said, unfit])
  const answer =
    (outcome: string): ReceiptFinder =>
    (iviReferenceId) =>
      Promise.resolve([Buffer.from(JSON.stringify({ outcome, iviReferenceId, reference: 'NAP-7' }))])
  t.match(await kept(bench, silent, { accepted: false, receipts: () => Promise.resolve([Buffer.from('?')]) }), {
    ok: true,
    accepted: false,
    findings: [{ code: 'EAR-005' }],
  })
  t.match(await kept(bench, rejected, { receipts: answer('rejected') }), {
    accepted: false,
    findings: [{ code: 'EAR-004' }],
  })
  t.match(await kept(bench, said, { accepted: false, receipts: answer('accepted') }), { accepted: true, findings: [] })
  const broken = { ...bench.tools.verify(Buffer.alloc(0)), valid: false, findings: [] }
  Object.assign(bench.tools, { verify: () => broken })
  t.match(await kept(bench, unfit), { ok: false, accepted: true, findings: [{ code: 'EAR-003' }] })
  t.match(
    (await bench.of(unfit, 'parallel'))[0],
    { state: 'compared', reason: 'no differences' },
    'compared all the same',
  )
  t.match(await bench.flows.switchMode('sage-x3', 'live', 'ada'), { heads: 1, undelivered: 3 })
  t.match(await bench.of(said, 'live'), [{ receipt_reference: 'NAP-7' }])
  const junk = await bench.flows.importEarlier(
    'sage-x3',
    { documents: [{ file: 'x', bytes: Buffer.from('<a/>') }], receipts: none, accepted: true },
    'ada',
  )
  t.match(junk, [{ ok: false, findings: [{ code: 'EAR-001' }] }])
})

test('a rejection that turns up later outweighs a word given before it', async (t) => {
  const bench = await modeBench(t)
  const vin = modeVin(21)
  await bench.flows.switchMode('sage-x3', 'parallel', 'ada')
  await bench.deliver([vin])
  const documents = [{ file: vin, bytes: await bench.earlierOf(vin) }]
  const bring = async (receipts: ReceiptFinder, accepted: boolean) => {
    const [result] = await bench.flows.importEarlier('sage-x3', { documents, receipts, accepted }, 'ada')
    await bench.settle()
    return result
  }
  t.match(await bring(none, true), { accepted: true })
  const receipt =
    (outcome: string): ReceiptFinder =>
    (iviReferenceId) =>
      Promise.resolve([Buffer.from(JSON.stringify({ outcome, iviReferenceId }))])
  t.match(await bring(receipt('rejected'), false), { accepted: false, findings: [{ code: 'EAR-004' }] })
  t.match(await bench.flows.switchMode('sage-x3', 'live', 'ada'), { heads: 0, undelivered: 1 })
  t.match(await bring(receipt('accepted'), false), { accepted: true, findings: [] }, 'and an acceptance counts at once')
  t.match(await bring(receipt('rejected'), false), { accepted: true, findings: [{ code: 'EAR-004' }] }, 'for good')
  t.equal((await bench.of(vin, 'live')).filter((e) => e.state === 'accepted').length, 1)
})

test('a cutover that dies before its end leaves the mode, and the next one ends it', async (t) => {
  const bench = await modeBench(t)
  const vins = [31, 32, 33].map(modeVin)
  await bench.flows.switchMode('sage-x3', 'parallel', 'ada')
  await bench.deliver(vins)
  for (const vin of vins) await kept(bench, vin)
  const { store } = bench.tools
  const commit = store.commit.bind(store)
  store.commit = (writes) =>
    writes.some((w) => w.op === 'event' && w.event.type === 'flow.mode_switched')
      ? Promise.reject(new Error('the lights went out'))
      : commit(writes)
  await t.rejects(bench.flows.switchMode('sage-x3', 'live', 'ada'), { message: 'the lights went out' })
  store.commit = commit
  t.equal((await bench.flows.mode('sage-x3')).mode, 'parallel')
  t.match(await bench.flows.switchMode('sage-x3', 'live', 'ada'), {
    mode: 'live',
    heads: 0,
    problems: [],
    undelivered: 0,
  })
  for (const vin of vins) t.strictSame(await states(bench, vin), ['accepted v1'], 'once')
})

test('a test goes where tests go, and a parallel run nowhere', async (t) => {
  const bench = await modeBench(t)
  const [vin, other] = [modeVin(21), modeVin(22)]
  await bench.flows.switchMode('sage-x3', 'test', 'ada')
  await bench.deliver([vin])
  t.match(await bench.of(vin, 'test'), [{ state: 'held', reason_code: 'FLO-013' }], 'nothing is declared for tests')
  const points = bench.tools.accessPoints as Map<string, unknown>
  points.set('nap-test', { ...bench.tools.accessPoints.get('nap'), name: 'nap-test', testOf: 'nap' })
  await bench.deliver([other])
  t.match(await bench.of(other, 'test'), [{ state: 'checked', access_point: 'nap-test', mode: 'test' }])
  await bench.flows.switchMode('sage-x3', 'parallel', 'ada')
  await bench.deliver([other])
  t.match(await bench.of(other, 'parallel'), [
    { state: 'compared', reason: /no document/, reason_code: 'FLO-015', access_point: null, environment: 'parallel' },
  ])
  await bench.flows.switchMode('sage-x3', 'live', 'ada')
  await bench.deliver([other])
  t.match(await bench.of(other, 'live'), [{ state: 'checked', version: 1, access_point: 'nap' }])
  t.match(await bench.of(other, 'test'), [{ version: 1 }], 'each keeps the mode it was born with')
})
