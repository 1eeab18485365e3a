import { test } from 'tap'
import manual from '../../../connectors/access-points/manual/access-point.ts'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { recordReply, submittedByHand } from '../../../gateway/flow/actions/hand-in.ts'
import { resolveOutcome } from '../../../gateway/flow/actions/resolve-outcome.ts'
import { withdrawEcoc } from '../../../gateway/flow/actions/withdraw-ecoc.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { DeliveryBench } from '../../support/delivery-bench.ts'

const hour = 3_600_000

test('a file that was dropped waits for its answer, however long there is none', async (t) => {
  const bench = await DeliveryBench.make(t)
  let answered = false
  const point = bench.accessPoint('drop', { delivery: { channel: 'drop' } })
  point.act = ({ operation }) =>
    operation === 'submit'
      ? { reply: { outcome: 'pending' }, accepts: true }
      : answered
        ? 'answer'
        : { reply: { outcome: 'not_found' } }
  const { id } = await bench.signed({ access_point: 'drop' })
  await bench.runFor(6 * hour)
  t.match(await bench.ecoc(id), { state: 'awaiting_receipt', reason_code: null })
  answered = true
  await bench.runFor(2 * hour)
  t.equal((await bench.ecoc(id)).state, 'accepted')
  t.equal(point.of('submit').length, 1, 'put once')
})

test('a portal: laid ready, handed in by a person, the reply kept raw before it is understood', async (t) => {
  const bench = await DeliveryBench.make(t)
  bench.connect('portal', manual, {}, undefined)
  const act = async (make: (ecoc: EcocRow) => ReturnType<typeof recordReply>): Promise<void> => {
    await bench.store.commit(await make(await bench.ecoc(id)))
    await bench.runFor(1000)
  }
  const { id } = await bench.signed({ access_point: 'portal' })
  await bench.runFor(hour)
  t.match(await bench.ecoc(id), { state: 'held', reason_code: 'SUB-006', next_step: /ecoc submitted/ })
  t.ok(await bench.store.contents.get(id, 'envelope'), 'what is to be handed in is there')

  await act((e) => submittedByHand(e, 'as number 17', 'Alex', bench.tools))
  t.match(await bench.ecoc(id), { state: 'awaiting_receipt', reason_code: 'SUB-007', reason: /Alex: as number 17/ })
  await act((e) => resolveOutcome(e, { outcome: 'not_received', comment: 'a mistake' }, 'Alex', bench.tools))
  t.match(await bench.ecoc(id), { state: 'held', reason_code: 'SUB-006' }, 'taken back')
  await act((e) => submittedByHand(e, '', 'Alex', bench.tools))

  const file = { name: 'reply.pdf', contentType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 accepted') }
  await bench.store.commit(
    await recordReply(await bench.ecoc(id), { outcome: 'accepted', reference: 'P-17', file }, 'Alex', bench.tools),
  )
  const [attached, statement] = await bench.store.receipts.of(id)
  t.same(attached?.raw, file.bytes, 'the reply is kept as it came')
  t.match(statement, { interpreted: 0, content_type: 'application/vnd.ecoc.recorded-reply+json' }, 'before it is read')
  t.match(JSON.parse(statement?.raw.toString() ?? '{}'), {
    outcome: 'accepted',
    attachment: { sha256: sha256(file.bytes) },
    recordedBy: 'Alex',
  })
  await t.rejects(submittedByHand(await bench.ecoc(id), '', 'Alex', bench.tools), { code: 'ACT-409' })
  await bench.runFor(1000)
  t.match(await bench.ecoc(id), { state: 'accepted', receipt_reference: 'P-17' })
})

test('where an envelope is taken once only, each resend has a new one around the same document, and all are kept', async (t) => {
  const bench = await DeliveryBench.make(t)
  const point = bench.accessPoint('once', { delivery: { reusesEnvelope: false } })
  let calls = 0
  point.act = () => (++calls <= 2 ? 'cut-before' : 'answer')
  const { id } = await bench.signed({ access_point: 'once' })
  await bench.runFor(6 * hour)
  t.equal((await bench.ecoc(id)).state, 'accepted')
  const sent = point.of('submit')
  t.equal(sent.length, 3)
  t.equal(new Set(sent.map((c) => c.envelopeSha256)).size, 3, 'three envelopes')
  t.equal(new Set(sent.map((c) => `${c.messageId} ${c.documentSha256}`)).size, 1, 'one message id, one document')
  const kept = await bench.store.deliveries.earlierEnvelopes(id)
  const last = await bench.store.contents.get(id, 'envelope')
  const attempts = (await bench.store.attempts.of(id)).filter((a) => a.operation === 'submit')
  t.same(
    [...kept.map((k) => k.sha256), last?.sha256],
    attempts.map((a) => a.envelope_sha256),
    'every one is kept',
  )
})

test('an envelope that is too large is not sent', async (t) => {
  const bench = await DeliveryBench.make(t)
  const point = bench.accessPoint('small', { delivery: { maxBytes: 100 } })
  const { id } = await bench.signed({ access_point: 'small' })
  await bench.runFor(hour)
  t.match(await bench.ecoc(id), { state: 'held', reason_code: 'SUB-008' })
  t.same(point.calls, [])
})

for (const [duplicate, submits, queries] of [
  ['ours', 1, 0],
  ['ask', 1, 1],
] as const)
  test(`"known already" without a hash, where that is declared ${duplicate}`, async (t) => {
    const bench = await DeliveryBench.make(t)
    const point = bench.accessPoint('dup', { delivery: { duplicate, idempotentByReference: false } })
    point.act = ({ operation }) =>
      operation === 'submit' ? { reply: { outcome: 'duplicate' }, accepts: true } : 'answer'
    const { id } = await bench.signed({ access_point: 'dup' })
    await bench.runFor(6 * hour)
    t.equal((await bench.ecoc(id)).state, 'accepted')
    t.same([point.of('submit').length, point.of('query').length], [submits, queries])
  })

test('a doubt that only a person can settle names everything that the operator needs', async (t) => {
  const bench = await DeliveryBench.make(t)
  const point = bench.accessPoint('mute', { delivery: { idempotentByReference: false }, without: ['query', 'cancel'] })
  point.act = () => 'cut-after'
  const { id, signed_sha256, ivi_reference_id, vin } = await bench.signed({ access_point: 'mute' })
  await bench.runFor(6 * hour)
  const row = await bench.ecoc(id)
  t.match(row, { state: 'outcome_unknown', reason_code: 'SUB-001' })
  for (const part of ['mute', ivi_reference_id, vin, signed_sha256, point.calls[0]?.messageId])
    t.ok(row.next_step?.includes(part ?? '?'), `the next step names ${part ?? ''}`)
  t.equal(point.calls.length, 1, 'nothing more was sent')
  await bench.store.commit(
    await resolveOutcome(row, { outcome: 'not_received', comment: 'by phone' }, 'Alex', bench.tools),
  )
  point.act = () => 'answer'
  await bench.runFor(hour)
  const [first, second] = point.calls
  t.same({ ...second, at: 0 }, { ...first, at: 0 }, 'the identical message')
})

test('an accepted eCoC is withdrawn where the access point has that, and only once it says so', async (t) => {
  const bench = await DeliveryBench.make(t)
  const point = bench.accessPoint('nap')
  bench.accessPoint('keeps', { without: ['cancel'] })
  const { id } = await bench.signed({ access_point: 'nap' })
  const kept = await bench.signed({ access_point: 'keeps' })
  await bench.runFor(1000)
  await t.rejects(withdrawEcoc(await bench.ecoc(kept.id), '', 'Alex', bench.tools), { code: 'ACT-440' })

  point.act = () => ({
    reply: { outcome: 'rejected', messages: [{ code: 'N-1', text: 'registered', severity: 'error' }] },
  })
  await bench.store.commit(await withdrawEcoc(await bench.ecoc(id), 'scrapped', 'Alex', bench.tools))
  await t.rejects(withdrawEcoc(await bench.ecoc(id), '', 'Alex', bench.tools), { code: 'ACT-442' })
  await bench.runFor(1000)
  t.match(await bench.ecoc(id), { state: 'accepted', reason_code: 'SUB-010', reason: 'N-1 registered' })

  point.act = () => ({ reply: { outcome: 'not_found', messages: [] } })
  await bench.store.commit(await withdrawEcoc(await bench.ecoc(id), 'again', 'Alex', bench.tools))
  await bench.runFor(1000)
  t.match(await bench.ecoc(id), { state: 'accepted', reason_code: 'SUB-010' }, 'the refused call withdrew nothing')

  let calls = 0
  point.act = () => (++calls === 1 ? 'cut-after' : 'answer')
  await bench.store.commit(await withdrawEcoc(await bench.ecoc(id), 'scrapped', 'Alex', bench.tools))
  t.match(await bench.ecoc(id), { state: 'accepted', reason_code: 'SUB-009' })
  await bench.runFor(hour)
  t.equal((await bench.ecoc(id)).state, 'cancelled', 'withdrawn by the first call, whose answer was lost')
  t.equal(point.accepted.size, 0)
  t.equal(await bench.store.jobs.get(id), undefined)
})
