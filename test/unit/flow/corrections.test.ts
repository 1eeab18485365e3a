import { test } from 'tap'
import type { EcocId, EcocState } from '../../../gateway/contract/index.ts'
import { correctEcoc } from '../../../gateway/flow/actions/correct-ecoc.ts'
import { reopenEcoc } from '../../../gateway/flow/actions/reopen-ecoc.ts'
import { resolveOutcome } from '../../../gateway/flow/actions/resolve-outcome.ts'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { update } from '../../../gateway/store/writes.ts'
import { makeEcoc } from '../../contract/store-rows.ts'
import { flowBench, type FlowBench } from './flow-tools.ts'

const identity = { manufacturer: 'Example', stage: 2, profile: 'EU', environment: 'sandbox' }

let vehicles = 0
const ecocIn = async (bench: FlowBench, state: EcocState): Promise<EcocRow> => {
  const vin = `XEB35N2CCT0${String(++vehicles).padStart(6, '0')}` as EcocRow['vin']
  const { row, writes } = makeEcoc({ ...identity, vin, state, signed_sha256: 'a'.repeat(64) as never })
  await bench.store.commit(writes)
  return row
}
const correct = async (bench: FlowBench, ecoc: EcocRow): Promise<void> =>
  bench.store.commit(await correctEcoc(ecoc, 'ada', 'base', bench.tools))
const of = async (bench: FlowBench, vin: string): Promise<EcocRow[]> => bench.store.ecocs.list({ vin, limit: 10 })

for (const state of ['accepted', 'accepted_with_warnings', 'reopened'] as const)
  test(`correcting what is ${state} proposes first and leaves it as it is`, async (t) => {
    const bench = await flowBench(t)
    const original = await ecocIn(bench, state)
    await correct(bench, original)
    const [proposal, kept] = await of(bench, original.vin)
    t.match(proposal, {
      state: 'received',
      proposal_of: original.id,
      version: 1,
      signed_sha256: null,
      access_point: null,
    })
    t.equal(proposal?.ivi_reference_id, null, 'a new version draws a new reference')
    t.equal(kept?.state, state)
    t.match(await bench.store.jobs.get(proposal?.id ?? ('' as EcocId)), { stage: 'base' })
    await t.rejects(correct(bench, original), { code: 'ACT-411' }, 'one proposal at a time')

    const held = { ...(proposal as EcocRow), state: 'held' } as const
    await bench.store.commit([update('ecoc', { id: held.id }, { state: 'held' })])
    await correct(bench, held)
    await t.rejects(correct(bench, original), { code: 'ACT-411' }, 'nor beside a confirmed one')
    t.match((await of(bench, original.vin))[0], {
      version: 2,
      replaces: original.id,
      proposal_of: null,
      state: 'received',
    })
  })

test('nothing else can be corrected', async (t) => {
  const bench = await flowBench(t)
  for (const state of ['received', 'signed', 'dispatching', 'superseded', 'cancelled', 'dead_letter', 'held'] as const)
    await t.rejects(correct(bench, await ecocIn(bench, state)), { code: 'ACT-409' }, state)
})

test('an objection reopens what was accepted, and it can turn out void', async (t) => {
  const bench = await flowBench(t)
  const ecoc = await ecocIn(bench, 'accepted')
  await bench.store.commit(await reopenEcoc(ecoc, 'wrong mass', 'ada', bench.tools))
  const reopened = (await bench.store.ecocs.get(ecoc.id)) as EcocRow
  t.match(reopened, { state: 'reopened', reason: /wrong mass/, reason_code: 'FLO-011' })
  const resolve = (outcome: 'accepted' | 'not_received') =>
    resolveOutcome(reopened, { outcome, comment: 'withdrawn' }, 'ada', bench.tools)
  await t.rejects(resolve('not_received'), { code: 'ACT-409' }, 'it was received once')
  await bench.store.commit(await resolve('accepted'))
  t.match(await bench.store.ecocs.get(ecoc.id), { state: 'accepted', reason: null, next_step: null })
  const types = (await bench.store.events.of(ecoc.id)).map((e) => e.type)
  t.match(types, /ecoc\.reopened.*ecoc\.resolved/s)
})

test('only what was accepted can be reopened', async (t) => {
  const bench = await flowBench(t)
  for (const state of ['held', 'rejected', 'superseded', 'reopened', 'signed'] as const)
    await t.rejects(reopenEcoc(await ecocIn(bench, state), 'x', 'ada', bench.tools), { code: 'ACT-409' }, state)
})

test('the versions of an eCoC are those of its identity', async (t) => {
  const bench = await flowBench(t)
  const first = await ecocIn(bench, 'superseded')
  const { vin } = first
  const more = [
    makeEcoc({ ...identity, vin, version: 2, state: 'accepted', replaces: first.id }),
    makeEcoc({ vin, state: 'received', proposal_of: first.id }),
    makeEcoc({ ...identity, vin, stage: 1, state: 'accepted' }),
    makeEcoc({ ...identity, vin, profile: 'UK', state: 'accepted' }),
    makeEcoc({ ...identity, vin: 'XEB35N2CCT0100002' as never, state: 'accepted' }),
  ]
  await bench.store.commit(more.flatMap((m) => m.writes))
  const versions = await bench.store.ecocs.versionsOf(first)
  t.same(
    versions.map((v) => v.id),
    [first.id, more[0]?.row.id, more[1]?.row.id],
  )
  const unmapped = makeEcoc({ vin: first.vin })
  await bench.store.commit(unmapped.writes)
  t.same(
    (await bench.store.ecocs.versionsOf(unmapped.row)).map((v) => v.id),
    [unmapped.row.id],
  )
})
