import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'tap'
import { GatewayError, type EcocId, type EcocState, type Sha256 } from '../../gateway/contract/index.ts'
import type { Store } from '../../gateway/store/store.ts'
import type { EventRow } from '../../gateway/store/tables.ts'
import { insert, remove, update, upsert, type Write } from '../../gateway/store/writes.ts'
import { at, makeEcoc, makeEvent } from './store-rows.ts'

/** A fresh, empty store on the database under test. */
export type OpenStore = (t: { teardown(done: () => Promise<void>): void }) => Promise<Store>

const codeOf = (error: unknown): string | undefined => (error instanceof GatewayError ? error.code : undefined)
const setting = (key: string, value: string): Write => insert('setting', { key, value })

/** Recomputed from the columns alone, on purpose without the gateway's own function. */
const faultsOf = (events: readonly EventRow[]): number[] => {
  let previous = '0'.repeat(64)
  return events.flatMap((e, i) => {
    const columns = [previous, e.seq, e.at, e.actor, e.type, e.subject, e.detail]
    const hash = createHash('sha256').update(JSON.stringify(columns)).digest('hex')
    const good = e.seq === i + 1 && e.prev_hash === previous && e.hash === hash
    previous = e.hash
    return good ? [] : [i]
  })
}

/** What every database behind the store must do. Run once per database. */
export const storeContract = (name: string, open: OpenStore): void => {
  test(`${name}: a commit is whole or not at all`, async (t) => {
    const store = await open(t)
    await store.commit([setting('a', '1')])
    await t.rejects(store.commit([setting('b', '2'), makeEvent('b'), setting('a', 'again')]))
    t.equal(await store.settings.get('b'), undefined)
    t.equal(await store.settings.get('a'), '1')
    t.equal(await store.events.head(), undefined)
    await store.commit([upsert('setting', { key: 'a', value: '3' }), remove('setting', { key: 'b' })])
    t.equal(await store.settings.get('a'), '3', 'an upsert replaces')
  })

  test(`${name}: a list that fails leaves no trace, and the others stand`, async (t) => {
    const store = await open(t)
    const good = (key: string): Write[] => [setting(key, 'x'), makeEvent(key)]
    const bad = [makeEvent('bad'), setting('bad', 'x'), makeEvent('bad'), setting('one', 'twice'), makeEvent('bad')]
    const heard: number[] = []
    store.onCommit((writes) => heard.push(writes.length))
    const errors = await store.commitEach([good('one'), bad, good('two'), bad, good('three')])
    t.same(
      errors.map((e) => e !== undefined),
      [false, true, false, true, false],
    )
    const events = await store.events.from(1, 100)
    t.same(
      events.map((e) => e.subject),
      ['one', 'two', 'three'],
    )
    t.same(faultsOf(events), [], 'gapless, every hash right')
    t.equal(await store.settings.get('bad'), undefined)
    t.same(heard, [6], 'only what stands is told')
  })

  test(`${name}: somebody who was quicker is noticed`, async (t) => {
    const store = await open(t)
    const { row, writes } = makeEcoc()
    await store.commit(writes)
    await store.commit([update('ecoc', { id: row.id, state: 'received' }, { state: 'mapped' }, 1)])
    const late = store.commit([
      makeEvent('late'),
      update('ecoc', { id: row.id, state: 'received' }, { state: 'held' }, 1),
    ])
    t.equal(codeOf(await late.catch((e: unknown) => e)), 'STO-003')
    t.equal((await store.ecocs.get(row.id))?.state, 'mapped')
    t.equal(await store.events.head(), undefined)
    await store.commit([update('ecoc', { id: row.id, reason: null }, { reason: 'null is matched' }, 1)])
    await store.commit([update('ecoc', { id: 'nobody' as EcocId }, { reason: 'without expectation' })])
  })

  test(`${name}: the event chain tells every change of every column`, async (t) => {
    const store = await open(t)
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    const drafts = fc.sample(
      fc.record({ actor: text, type: text, subject: text, detail: fc.dictionary(text, text) }),
      40,
    )
    await store.commitEach(drafts.map((d) => [makeEvent(d.subject, d)]))
    const events = await store.events.from(1, 100)
    t.equal(events.length, 40)
    t.same(faultsOf(events), [])
    const columns = ['seq', 'at', 'actor', 'type', 'subject', 'detail', 'prev_hash', 'hash'] as const
    fc.assert(
      fc.property(fc.nat({ max: 39 }), fc.constantFrom(...columns), text, (i, column, noise) => {
        const changed = events.map((e, n): EventRow => {
          if (n !== i) return e
          const value = column === 'seq' ? e.seq + 1 + noise.length : `${e[column]}${noise}x`
          return { ...e, [column]: value }
        })
        return faultsOf(changed).length > 0
      }),
    )
    t.not(faultsOf(events.toSpliced(7, 1)).length, 0, 'a removed event shows')
    t.not(faultsOf([...events.slice(1), ...events.slice(0, 1)]).length, 0, 'a moved event shows')
    t.same(await store.events.from(39, 1), [events[38]], 'pages begin where they are told to')
    t.same(await store.events.head(), events[39])
  })

  test(`${name}: contents come back byte for byte, and nothing larger is taken than can be read`, async (t) => {
    const store = await open(t)
    const { row, writes } = makeEcoc()
    await store.commit(writes)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        await store.commit([store.contents.write(row.id, 'document', Buffer.from(bytes), at(1))])
        const read = await store.contents.get(row.id, 'document')
        return read !== undefined && read.bytes.equals(bytes) && read.at === at(1)
      }),
      { numRuns: 25 },
    )
    t.equal(await store.contents.get(row.id, 'signed'), undefined)
    t.same(
      (await store.contents.kinds(row.id)).map((k) => k.kind),
      ['document'],
    )
    const largest = Buffer.alloc(64 * 1024 * 1024)
    await store.commit([store.contents.write(row.id, 'base', largest, at(2))])
    t.equal((await store.contents.get(row.id, 'base'))?.bytes.length, largest.length)
    const tooLarge = (): Write => store.contents.write(row.id, 'base', Buffer.alloc(largest.length + 1), at(3))
    t.throws(tooLarge, { code: 'STO-005' })
  })

  test(`${name}: a content that is not what was written is never handed out`, async (t) => {
    const store = await open(t)
    const { row, writes } = makeEcoc()
    await store.commit([...writes, store.contents.write(row.id, 'signed', Buffer.from('<Ivi/>'), at(1))])
    const where = { ecoc_id: row.id, kind: 'signed' } as const
    await store.commit([update('content', where, { sha256: '0'.repeat(64) as Sha256 }, 1)])
    await t.rejects(store.contents.get(row.id, 'signed'), { code: 'STO-006' })
    await store.commit([update('content', where, { bytes: Buffer.from('no archive') }, 1)])
    await t.rejects(store.contents.get(row.id, 'signed'), { code: 'STO-006' })
  })

  test(`${name}: no two open eCoCs share one identity and version`, async (t) => {
    const store = await open(t)
    const who = { manufacturer: 'Example Bodies', stage: 2, profile: 'EU', environment: 'sandbox' }
    const first = makeEcoc({ ...who, state: 'accepted' })
    await store.commit(first.writes)
    const twin = (over: Parameters<typeof makeEcoc>[0]): Promise<void> =>
      store.commit(makeEcoc({ ...who, ...over }).writes)
    for (const state of ['received', 'signed', 'dead_letter', 'rejected', 'reopened'] as EcocState[])
      await t.rejects(twin({ state }), /ecoc\.vin, ecoc\.manufacturer/, state)
    await twin({ version: 2 })
    await twin({ stage: 1 })
    await twin({ profile: 'UK' })
    await twin({ environment: 'acceptance' })
    await twin({ manufacturer: null })
    await twin({ proposal_of: first.row.id })
    await twin({ state: 'superseded' })
    await twin({ state: 'cancelled' })
    await t.rejects(twin({ version: 2 }), 'one more version 2')
  })
}
