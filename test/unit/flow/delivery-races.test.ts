import { test } from 'tap'
import manual from '../../../connectors/access-points/manual/access-point.ts'
import { correctEcoc } from '../../../gateway/flow/actions/correct-ecoc.ts'
import { recordReply, submittedByHand } from '../../../gateway/flow/actions/hand-in.ts'
import { reopenEcoc } from '../../../gateway/flow/actions/reopen-ecoc.ts'
import { withdrawEcoc } from '../../../gateway/flow/actions/withdraw-ecoc.ts'
import { createAccessPointControl, endPause } from '../../../gateway/flow/delivery/access-point-control.ts'
import { mustEndFirst } from '../../../gateway/flow/delivery/turn-of-vehicle.ts'
import { insert } from '../../../gateway/store/writes.ts'
import { instant } from '../../../gateway/support/clock.ts'
import { newId } from '../../../gateway/support/new-id.ts'
import { DeliveryBench, startAt } from '../../support/delivery-bench.ts'

const hour = 3_600_000

test('an answer to the submission that nobody read is never taken for the answer to a withdrawal', async (t) => {
  const bench = await DeliveryBench.make(t)
  const point = bench.accessPoint('nap')
  const { id } = await bench.signed({ access_point: 'nap' })
  await bench.runFor(1000)
  const [answer] = await bench.store.receipts.of(id)
  // It was stored a moment before a person resolved the doubt.
  await bench.store.commit([insert('receipt', { ...answer!, id: newId(), interpreted: 0, meaning: null })])
  await bench.store.commit(await withdrawEcoc(await bench.ecoc(id), '', 'Alex', bench.tools))
  await bench.runFor(hour)
  t.equal((await bench.ecoc(id)).state, 'cancelled')
  t.equal(point.of('cancel').length, 1, 'the access point was asked')
})

test('what is being withdrawn is neither reopened nor corrected meanwhile, and never sent again', async (t) => {
  const bench = await DeliveryBench.make(t)
  const point = bench.accessPoint('nap')
  const { id } = await bench.signed({ access_point: 'nap' })
  await bench.runFor(1000)
  await bench.store.commit(await withdrawEcoc(await bench.ecoc(id), '', 'Alex', bench.tools))
  const ecoc = await bench.ecoc(id)
  const tried = await Promise.allSettled([
    reopenEcoc(ecoc, 'wrong mass', 'Kim', bench.tools),
    correctEcoc(ecoc, 'Kim', 'base', bench.tools),
  ])
  t.match(tried, [{ reason: { code: 'ACT-442' } }, { reason: { code: 'ACT-442' } }])
  await bench.runFor(hour)
  t.equal((await bench.ecoc(id)).state, 'cancelled')
  t.equal(point.of('submit').length, 1)
})

test('of two replies that are brought for one document at once, one counts', async (t) => {
  const bench = await DeliveryBench.make(t)
  bench.connect('portal', manual, {}, undefined)
  const { id } = await bench.signed({ access_point: 'portal' })
  await bench.runFor(1000)
  await bench.store.commit(await submittedByHand(await bench.ecoc(id), '', 'Alex', bench.tools))
  const shown = await bench.ecoc(id)
  const reply = (outcome: 'accepted' | 'rejected') => recordReply(shown, { outcome }, 'Alex', bench.tools)
  const [one, two] = await Promise.all([reply('accepted'), reply('rejected')])
  await bench.store.commit(one)
  await t.rejects(bench.store.commit(two), { code: 'STO-003' })
  await t.rejects(recordReply(await bench.ecoc(id), { outcome: 'rejected' }, 'Alex', bench.tools), {
    code: 'ACT-409',
    hint: /moment/,
  })
  await bench.runFor(1000)
  t.equal((await bench.ecoc(id)).state, 'accepted')
  t.equal(await bench.store.receipts.uninterpreted(id), undefined)
})

test('a pause that is made longer in the moment in which it ends stays', async (t) => {
  const bench = await DeliveryBench.make(t)
  bench.accessPoint('nap')
  const control = createAccessPointControl(bench.tools)
  const until = (hours: number): Date => new Date(startAt + hours * hour)
  await control.pause('nap', { reason: 'their release', until: until(1) }, 'Alex')
  const over = await bench.store.deliveries.pause('nap')
  bench.now = until(1).getTime()
  await control.pause('nap', { reason: 'it takes longer', until: until(3) }, 'Alex')
  await endPause('nap', 'gateway', bench.tools, over!.until_at).catch(() => undefined)
  t.match(await bench.store.deliveries.pause('nap'), { reason: 'it takes longer' })
  t.notOk((await bench.store.events.of('nap')).some((e) => e.type === 'access_point.resumed'))
})

test('documents of one vehicle for several laws do not wait for each other', async (t) => {
  const bench = await DeliveryBench.make(t)
  const [eu, no, uk] = ['nap', 'no-vegvesen', 'gb-vca'].map((name) => bench.accessPoint(name))
  no!.act = () => 'unreachable'
  const own = await bench.signed({ access_point: 'nap' })
  const same = { vin: own.vin, sibling_of: own.id } as const
  const further = [
    await bench.signed({ ...same, access_point: 'no-vegvesen', profile: 'NO' }),
    await bench.signed({ ...same, access_point: 'gb-vca', profile: 'UK', version: 2 }),
  ]
  for (const ecoc of [own, ...further]) t.equal(await mustEndFirst(ecoc, bench.tools), undefined)
  await bench.runFor(1000)
  t.equal((await bench.ecoc(own.id)).state, 'accepted')
  t.equal((await bench.ecoc(further[1]!.id)).state, 'accepted')
  t.same(
    [eu, uk].map((p) => p!.of('submit').length),
    [1, 1],
  )
})

test('what may have arrived waits for no earlier stage, and is never called unsent', async (t) => {
  const bench = await DeliveryBench.make(t)
  const point = bench.accessPoint('nap')
  let calls = 0
  point.act = () => (++calls === 1 ? 'cut-after' : 'unreachable')
  const { id, vin } = await bench.signed({ access_point: 'nap' })
  await bench.runFor(hour / 2)
  t.equal((await bench.ecoc(id)).state, 'outcome_unknown')
  // The record of its first stage comes late.
  await bench.signed({ access_point: 'nap', vin, stage: 1 }, startAt + 90 * hour)
  await bench.runFor(3 * hour)
  t.equal((await bench.ecoc(id)).state, 'outcome_unknown')
  t.equal(instant(new Date(bench.now)) > instant(new Date(startAt)), true)
})
