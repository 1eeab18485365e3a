import { test } from 'tap'
import type { EcocId, EcocState, RecordKey } from '../../gateway/contract/index.ts'
import type { Claim } from '../../gateway/store/repositories/jobs.ts'
import type { EcocRow } from '../../gateway/store/tables.ts'
import type { OpenStore } from './store-contract.ts'
import { at, makeEcoc, makeJob } from './store-rows.ts'

const claimOf = (over: Partial<Claim> = {}): Claim => ({
  stages: ['mapping'],
  owner: 'one',
  now: at(1000),
  leaseUntil: at(31_000),
  limit: 10,
  counted: true,
  ...over,
})

/** Work and pages: what every database behind the store must do. */
export const storeListsContract = (name: string, open: OpenStore): void => {
  test(`${name}: two claims never give the same job`, async (t) => {
    const store = await open(t)
    const made = Array.from({ length: 30 }, (_, n) => makeEcoc({ vin: `XEB35N2CCT01${100_00 + n}` as EcocRow['vin'] }))
    await store.commit(made.flatMap((m, n) => [...m.writes, makeJob(m.row.id, { next_run_at: at(n) })]))
    const owners = ['one', 'two', 'three', 'four']
    const taken = await Promise.all(owners.map((owner) => store.jobs.claim(claimOf({ owner }))))
    t.same(
      taken.map((jobs) => jobs.length),
      [10, 10, 10, 0],
    )
    const ids = taken.flat().map((j) => j.ecoc_id)
    t.equal(new Set(ids).size, 30)
    t.ok(taken.every((jobs, i) => jobs.every((j) => j.owner === owners[i] && j.tries === 1)))
    t.same(
      new Set(taken[0]?.map((j) => j.ecoc_id)),
      new Set(made.slice(0, 10).map((m) => m.row.id)),
      'oldest due first',
    )
  })

  test(`${name}: a lease keeps others away until it ends, a renewed one longer`, async (t) => {
    const store = await open(t)
    const { row, writes } = makeEcoc()
    await store.commit([...writes, makeJob(row.id)])
    t.equal((await store.jobs.claim(claimOf({ stages: ['signature'] }))).length, 0, 'another stage')
    t.equal((await store.jobs.claim(claimOf({ now: at(-1) }))).length, 0, 'not due')
    t.equal(await store.jobs.anyTried(['mapping'], at(1000)), false)
    t.equal((await store.jobs.claim(claimOf())).length, 1)
    t.equal(await store.jobs.anyTried(['mapping'], at(1000)), true)
    t.equal(await store.jobs.nextRun(['mapping']), undefined, 'nothing that is free')
    const later = claimOf({ owner: 'two', now: at(31_001), leaseUntil: at(61_000) })
    t.equal((await store.jobs.claim({ ...later, now: at(31_000) })).length, 0, 'still leased')
    await store.jobs.renew(['one'], at(45_000))
    t.equal((await store.jobs.claim(later)).length, 0, 'renewed')
    await store.jobs.renew(['stranger'], at(99_000))
    const [orphan] = await store.jobs.claim({ ...later, now: at(45_001) })
    t.match(orphan, { owner: 'two', tries: 2, lease_until: at(61_000) }, 'taken over, and counted')
    await store.jobs.takeOverAll()
    t.match(await store.jobs.get(row.id), { owner: null, lease_until: null, tries: 2 })
    t.equal(await store.jobs.nextRun(['mapping']), at(0))
    const [free] = await store.jobs.claim(claimOf({ counted: false }))
    t.equal(free?.tries, 2, 'a claim that does not count')
    t.equal(await store.jobs.count(), 1)
  })

  test(`${name}: pages are newest first and stand still while more comes in`, async (t) => {
    const store = await open(t)
    const add = async (count: number): Promise<EcocId[]> => {
      const made = Array.from({ length: count }, () => makeEcoc())
      await store.commit(made.flatMap((m) => m.writes))
      return made.map((m) => m.row.id)
    }
    const first = await add(25)
    const seen: EcocId[] = []
    for (let after: string | undefined; ;) {
      const page = await store.ecocs.list({ limit: 7, ...(after === undefined ? {} : { after }) })
      if (page.length === 0) break
      seen.push(...page.map((e) => e.id))
      after = seen.at(-1)
      await add(3)
    }
    t.same(seen, first.toReversed())
  })

  test(`${name}: what is looked for is text, never a pattern`, async (t) => {
    const store = await open(t)
    const keys = ['AB_1', 'ABX1', '100%', '1000', 'C\\D', "O'Neil", 'münchen', 'ab_1-lower']
    const made = keys.map((key, n) =>
      makeEcoc({ record_key: key as RecordKey, vin: `XEB35N2CCT020000${n}` as EcocRow['vin'] }),
    )
    await store.commit(made.flatMap((m) => m.writes))
    const find = async (q: string): Promise<string[]> =>
      (await store.ecocs.list({ q, limit: 50 })).map((e) => String(e.record_key)).sort()
    t.same(await find('b_1'), ['AB_1', 'ab_1-lower'])
    t.same(await find('0%'), ['100%'])
    t.same(await find('%'), ['100%'])
    t.same(await find('c\\'), ['C\\D'])
    t.same(await find("o'n"), ["O'Neil"])
    t.same(await find('mün'), ['münchen'])
    t.same(await find('cct0200003'), ['1000'], 'part of a VIN, in any case')
    t.same(await find('nowhere'), [])
    t.equal((await store.ecocs.list({ vin: 'XEB35N2CCT0200003', limit: 50 })).length, 1)
    t.equal((await store.ecocs.list({ state: 'accepted', limit: 50 })).length, 0)
    t.same(await store.ecocs.countByState(), { received: keys.length })
  })

  test(`${name}: a closed eCoC never hides the open one of its key`, async (t) => {
    const store = await open(t)
    const record_key = 'XEB35N2CCT0300000/2' as RecordKey
    const add = async (state: EcocState, over: Partial<EcocRow> = {}): Promise<EcocRow> => {
      const { row, writes } = makeEcoc({ record_key, state, ...over })
      await store.commit(writes)
      return row
    }
    const latest = async (): Promise<EcocId | undefined> =>
      (await store.ecocs.latestByKey('sage-x3', record_key, 'live'))?.id
    t.equal(await latest(), undefined)
    await add('superseded')
    const cancelled = await add('cancelled')
    t.equal(await latest(), cancelled.id, 'all closed: the newest')
    const accepted = await add('accepted')
    await add('cancelled', { proposal_of: accepted.id })
    t.equal(await latest(), accepted.id)
    const proposal = await add('held', { proposal_of: accepted.id })
    t.equal(await latest(), proposal.id, 'two open: the newest')
    t.equal(await store.ecocs.latestByKey('another-mapper', record_key, 'live'), undefined)
    t.equal(await store.ecocs.latestByKey('sage-x3', record_key, 'test'), undefined, 'modes never meet')
  })
}
