import { test } from 'tap'
import type { VehicleModel } from '../../../gateway/contract/index.ts'
import { createActions } from '../../../gateway/flow/actions/create-actions.ts'
import { valueAt } from '../../../gateway/ivi/get-value.ts'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { update } from '../../../gateway/store/writes.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { modeBench, type ModeBench, modeVin } from './mode-bench.ts'

const vin = modeVin(1)
const to =
  (destination: string) =>
  (csv: string): string =>
    csv.replace(/;[A-Z]{1,3}(\r\n)$/, `;${destination}$1`)

/** The sandbox's flow at a site with an access point in the Union, in Great Britain and in Norway. */
const bench = async (t: Parameters<typeof modeBench>[0]): Promise<ModeBench> => {
  const made = await modeBench(t)
  const [nap] = made.tools.accessPoints.values()
  const points = ['nap', 'gb-vca', 'no-vegvesen'].map((name) => [name, { ...nap, name }] as const)
  const routingTable = {
    environment: 'sandbox',
    accessPoints: [
      { country: 'NL', accessPoint: 'nap' },
      { country: 'GB', accessPoint: 'gb-vca' },
      { country: 'NO', accessPoint: 'no-vegvesen' },
    ],
    rules: [],
    twins: [{ approval: 'e4*2018/858*99002', also: 'g11*2018/858*99102*00', issued: '2026-01-05' }],
  }
  const number = valueAt((await approvalOf(made)) ?? {}, 'TypeApprovalNumber') ?? ''
  routingTable.twins[0]!.approval = number
  Object.assign(made.tools, { accessPoints: new Map(points), routingTable })
  return made
}

/** The sample's own approval number, so that the twin speaks of it. */
const approvalOf = async (made: ModeBench) => {
  await made.deliver([modeVin(9)])
  const [row] = await made.of(modeVin(9), 'live')
  const kept = row && (await made.store.contents.get(row.id, 'model'))
  return kept && (JSON.parse(kept.bytes.toString()) as VehicleModel).tree
}

const standing = (rows: readonly EcocRow[]): string[] =>
  rows
    .map((e) => `${e.sibling_of ? '+' : ''}${e.profile ?? ''} ${e.access_point ?? ''} ${e.state} v${e.version}`)
    .sort()

const three = ['+NO no-vegvesen checked v1', '+UK gb-vca checked v1', 'EU nap checked v1']

test('a vehicle gets a document for each law, each with an eCoC of its own', async (t) => {
  const b = await bench(t)
  const { store, tools } = b
  const actions = createActions(tools, new Map(), 'base')
  await b.deliver([vin], to('N'))
  const born = await b.of(vin, 'live')
  t.same(standing(born), three)
  const own = born.find((e) => !e.sibling_of)!
  const uk = born.find((e) => e.profile === 'UK')!
  const no = born.find((e) => e.profile === 'NO')!

  await t.test('on the approval of that law', async (t) => {
    const model = async (e: EcocRow) =>
      (JSON.parse((await store.contents.get(e.id, 'model'))!.bytes.toString()) as VehicleModel).tree
    t.equal(valueAt(await model(uk), 'TypeApprovalNumber'), 'g11*2018/858*99102*00')
    t.equal(valueAt(await model(uk), 'TypeApprovalIssueDate'), '2026-01-05')
    t.equal(valueAt(await model(uk), 'DesignatedTypeApprovalCountry'), 'g11')
    t.match(valueAt(await model(own), 'TypeApprovalNumber'), /^e\d+\*/)
    t.equal(no.document_sha256, own.document_sha256, 'Norway gets the EU document')
    t.not(uk.document_sha256, own.document_sha256)
  })

  await t.test('and a replay makes no second one', async (t) => {
    await actions.replay(own.id, 'ada').catch(() => undefined)
    await store.commit([update('ecoc', { id: own.id }, { state: 'held' })])
    await actions.replay(own.id, 'ada')
    await b.settle()
    const again = await b.of(vin, 'live')
    t.same(standing(again), three)
    t.same(again.map((e) => e.id).sort(), born.map((e) => e.id).sort())
  })

  await t.test('one that a person cancelled stays cancelled', async (t) => {
    await store.commit([update('ecoc', { id: no.id }, { state: 'held' })])
    await actions.cancel(no.id, 'by hand', 'ada')
    await store.commit([update('ecoc', { id: own.id }, { state: 'held' })])
    await actions.replay(own.id, 'ada')
    await b.settle()
    t.same(standing(await b.of(vin, 'live')), three.slice(1))
  })

  await t.test('a changed record acts on all of them', async (t) => {
    const sent = { state: 'rejected', signed_sha256: sha256('signed') } as const
    await store.commit([update('ecoc', { id: uk.id }, sent)])
    await b.deliver([vin], (csv) => to('N')(csv).replace('6,800', '6,810'))
    const rows = await b.of(vin, 'live')
    t.same(standing(rows), ['+NO no-vegvesen checked v1', '+UK gb-vca checked v2', 'EU nap checked v1'])
    t.equal(new Set(rows.map((e) => e.record_id)).size, 1)
    t.equal((await store.ecocs.get(uk.id))?.state, 'superseded')
    const file = (await store.spools.ofEcoc(rows.find((e) => e.profile === 'UK')!.id)).at(-1)
    t.equal((await store.spools.furtherOf(file!.id)).length, 2, 'the result file says how they stand')
  })

  await t.test('one that the vehicle needs no longer is cancelled, and comes again with its reason', async (t) => {
    await b.deliver([vin], (csv) => to('NL')(csv).replace('6,800', '6,820'))
    t.same(standing(await b.of(vin, 'live')), ['+UK gb-vca checked v2', 'EU nap checked v1'])
    const all = await store.ecocs.siblings(own.mapper, own.record_key, 'live')
    t.match(all.filter((e) => e.profile === 'NO').at(-1), { state: 'cancelled', reason_code: 'FLO-020' })
    await b.deliver([vin], (csv) => to('N')(csv).replace('6,800', '6,830'))
    t.same(standing(await b.of(vin, 'live')), [
      '+NO no-vegvesen checked v1',
      '+UK gb-vca checked v2',
      'EU nap checked v1',
    ])
  })
})

test('a target is changed before the dispatch only, by a person, and it is audited', async (t) => {
  const b = await bench(t)
  const { store, tools } = b
  Object.assign(tools.accessPoints, new Map())
  ;(tools.accessPoints as Map<string, unknown>).set('de-kba', { ...tools.accessPoints.get('nap'), name: 'de-kba' })
  const actions = createActions(tools, new Map(), 'base')
  await b.deliver([vin])
  const own = (await b.of(vin, 'live')).find((e) => !e.sibling_of)!
  const route = (accessPoint: string) => actions.route(own.id, { accessPoint, comment: 'outage' }, 'ada')
  await t.rejects(route('nowhere'), { code: 'ACT-460' })
  await t.rejects(route('gb-vca'), { code: 'ACT-460' }, 'it takes UK documents')
  await route('de-kba')
  await b.settle()
  t.match(await store.ecocs.get(own.id), { state: 'checked', access_point: 'de-kba', profile: 'EU' })
  const told = (await store.events.of(own.id)).find((e) => e.type === 'ecoc.rerouted')
  t.match(JSON.parse(told?.detail ?? '{}'), { from: 'nap', to: 'de-kba', comment: 'outage' })
  t.equal(told?.actor, 'ada')
  await store.commit([update('ecoc', { id: own.id }, { state: 'accepted' })])
  await t.rejects(route('nap'), { code: 'ACT-461' })
})
