import { test } from 'tap'
import { importLists, listStatus } from '../../../gateway/certificates/import-lists.ts'
import { listedServices } from '../../../gateway/certificates/listed-services.ts'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../../gateway/store/store.ts'
import { readCertificate } from '../../../gateway/trust/certificate.ts'
import { forUse, listXml, makeListPki, serviceXml, signList, uri } from '../../support/list-pki.ts'
import type { ListInput, Pair } from '../../support/list-pki.ts'
import { temporaryFolder } from '../../support/http-fixture.ts'

test('trusted lists are taken in', async (t) => {
  const make = makeListPki(t)
  const [first, second, forger] = [
    await make('lotl-a', 'lister'),
    await make('lotl-b', 'lister'),
    await make('forger', 'lister'),
  ]
  const ca = await make('some-ca', 'ca')
  const lotl = (sequence: number, by: Pair, announces: readonly Pair[], more: Partial<ListInput> = {}): Buffer =>
    signList(
      listXml({
        territory: 'EU',
        sequence,
        type: uri.lotl,
        pointers: [
          { territory: 'EU', type: uri.lotl, signers: announces },
          { territory: 'NL', signers: [second] },
        ],
        ...more,
      }),
      by,
    )
  const service = serviceXml(ca.der, [{ since: '2017-01-01T00:00:00Z', extensions: forUse('ForeSeals') }])
  const nl = (sequence: number, by: Pair, more: Partial<ListInput> = {}): Buffer =>
    signList(listXml({ territory: 'NL', sequence, services: [service], ...more }), by)
  const open = async (sub: { teardown(fn: () => void): void }) => {
    const store = new Store(await openSqlite(temporaryFolder(sub, 'lists')))
    // A little later than now: lists of the test are issued a quarter of an hour ahead, within their signers' validity.
    const tools = { store, clock: () => new Date(Date.now() + 3_600_000) }
    const take = async (files: readonly Buffer[], signers?: readonly string[]) =>
      (
        await importLists(
          files.map((bytes, i) => ({ file: `${i}`, bytes })),
          'test',
          tools,
          signers as never,
        )
      ).map(({ list, findings }) =>
        `${list?.territory ?? '-'} ${list?.signature ?? '-'} ${findings.map(({ code }) => code).join()}`.trim(),
      )
    const status = async () => (await listStatus(tools)).map((l) => `${l.territory} ${l.sequence} ${l.signature}`)
    const events = async () => (await store.events.from(1, 100)).map(({ type, subject }) => `${type} ${subject}`)
    return { store, tools, take, status, events }
  }

  await t.test('in one call in any order, or one after the other', async (t) => {
    const { take, status, events, store } = await open(t)
    t.same(await take([nl(3, second)]), ['NL untrusted TSL-013'])
    t.same(await status(), ['NL 3 untrusted'])
    t.equal((await listedServices({ store }))(readCertificate(ca.der)).length, 0, 'an untrusted list is not used')
    t.same(await take([lotl(1, first, [first])], [first.sha256]), ['EU valid'])
    t.same(await status(), ['EU 1 valid', 'NL 3 valid'])
    t.equal((await listedServices({ store }))(readCertificate(ca.der)).length, 1)
    t.same(await take([nl(4, second), lotl(2, first, [first])]), ['NL valid', 'EU valid'])
    t.same(await status(), ['EU 2 valid', 'NL 4 valid'])
    t.ok((await events()).includes('trust.lotl-signers trust'))
    t.ok((await events()).includes('trust.list-replaced trusted list NL'))
  })

  await t.test('the signers change by pivots; a named signer takes the place of all others', async (t) => {
    const { take, status, store } = await open(t)
    const [old, next] = [lotl(1, first, [second]), lotl(2, second, [second])]
    t.same(await take([next], [first.sha256]), ['EU untrusted TSL-013'], 'the link is missing')
    t.same(await take([old]), ['EU valid'])
    t.same(await status(), ['EU 2 valid'])
    t.equal((await store.trustLists.facts()).length, 2, 'the link stays')
    await take([lotl(3, second, [second]), lotl(4, second, [second])])
    t.same(await status(), ['EU 4 valid'])
    t.same(
      (await store.trustLists.facts()).map(({ sequence }) => sequence),
      [1, 4],
      'what is no link does not',
    )
    t.same(await take([next], [forger.sha256]), ['EU untrusted TSL-013'])
    t.same(await status(), ['EU 4 untrusted'])
    t.same(await take([next], [second.sha256]), ['EU valid'])
    t.same(await take([next], []), ['EU untrusted TSL-013'], 'the shipped ones again')
  })

  await t.test('what is forged, broken, unsigned or older does not displace what is there', async (t) => {
    const { take, status } = await open(t)
    const good = nl(5, second)
    t.same(await take([lotl(1, first, [first]), good], [first.sha256]), ['EU valid', 'NL valid'])
    t.same(await take([nl(9, forger)]), ['NL untrusted TSL-013'])
    t.same(await take([Buffer.from(nl(9, second).toString().replace('Example Seal', 'Forged Seal'))]), [
      'NL invalid TSL-011',
    ])
    t.same(await take([Buffer.from(listXml({ territory: 'NL', sequence: 9 }))]), ['NL absent TSL-012'])
    t.same(await take([nl(4, second)]), ['NL valid TSL-014'])
    t.same(await take([Buffer.from('<a/>')]), ['- - TSL-001'])
    t.same(await status(), ['EU 1 valid', 'NL 5 valid'])
    t.same(await take([good]), ['NL valid'], 'once more')
  })

  await t.test('broken lists are shown while there is nothing better', async (t) => {
    const { take, status } = await open(t)
    await take([Buffer.from(listXml({ territory: 'NL', sequence: 9 }))])
    t.same(await status(), ['NL 9 absent'])
    await take([lotl(1, first, [first]), nl(5, second)], [first.sha256])
    t.same(await status(), ['EU 1 valid', 'NL 5 valid'])
  })

  await t.test('a stale list warns and is used', async (t) => {
    const { take, store } = await open(t)
    const past = new Date(Date.now() + 1_800_000).toISOString()
    const taken = await take([lotl(1, first, [first]), nl(5, second, { nextUpdate: past })], [first.sha256])
    t.same(taken, ['EU valid', 'NL valid TSL-020'])
    t.equal((await listedServices({ store }))(readCertificate(ca.der)).length, 1)
  })
})
