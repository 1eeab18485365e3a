import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { readCertificate } from '../../../gateway/trust/certificate.ts'
import { indexServices, periodAt } from '../../../gateway/trust/lists/find-services.ts'
import { isStale, judgeLists } from '../../../gateway/trust/lists/judge-lists.ts'
import { readListFacts } from '../../../gateway/trust/lists/list-facts.ts'
import type { ListFacts } from '../../../gateway/trust/lists/list-facts.ts'
import { checkListSignature } from '../../../gateway/trust/lists/list-signature.ts'
import { fingerprintOf, shippedSigners } from '../../../gateway/trust/lists/lotl-signers.ts'
import { qualityOf } from '../../../gateway/trust/lists/quality-of.ts'
import { readList } from '../../../gateway/trust/lists/read-list.ts'
import type { TrustedList } from '../../../gateway/trust/lists/trusted-list.ts'

const folder = join(import.meta.dirname, '../../../../shared/trust-lists')
const skip = existsSync(folder) ? false : 'the published lists of 2019 are not here'
const read = (name: string): Buffer => readFileSync(join(folder, name))
const facts = (bytes: Buffer): ListFacts => readListFacts(bytes) as ListFacts
const files = ['eu-lotl.xml', 'NL.xml', 'LU.xml']
const standing = (lists: readonly ListFacts[], pins = shippedSigners()) =>
  judgeLists(lists, pins).map((one) => [one.facts.territory, one.signature])

test('the published lists of 2019', { skip }, async (t) => {
  const lists = files.map((name) => facts(read(name)))
  const pinned = fingerprintOf(read('lotl-signer.sha256').toString().split(' ')[0] ?? '')!

  await t.test('are read with number, time, and all services', async (t) => {
    t.match(lists, [
      { territory: 'EU', sequence: 248, issued: '2019-09-04T08:00:00.000Z', nextUpdate: '2020-03-04T00:00:00.000Z' },
      { territory: 'NL', sequence: 41, services: 50, version: 5 },
      { territory: 'LU', sequence: 37, services: 11 },
    ])
    t.equal(lists[0]!.pointers.length, 44)
  })

  await t.test('are valid at their time, by the pinned signer and by the shipped ones, however stale', async (t) => {
    const all = [
      ['EU', 'valid'],
      ['NL', 'valid'],
      ['LU', 'valid'],
    ]
    t.same(standing(lists), all)
    t.same(standing(lists, [{ sha256: pinned, source: 'test' }]), all)
    t.ok(lists.every((list) => isStale(list, new Date('2026-11-22'))))
    t.notOk(lists.some((list) => isStale(list, new Date('2019-07-01'))))
  })

  await t.test('the shipped notice of 2019 is what the list of lists says of itself', async (t) => {
    const own = lists[0]!.pointers.find(({ territory }) => territory === 'EU')!.signers
    const shipped = shippedSigners().filter(({ from }) => from?.startsWith('2019'))
    t.same(shipped.map(({ sha256 }) => sha256).sort(), [...own].sort())
  })

  await t.test('another pin makes all of them untrusted', async (t) => {
    const wrong = [{ sha256: 'aa'.repeat(32) as never, source: 'test' }]
    t.same(
      standing(lists, wrong).map(([, signature]) => signature),
      ['untrusted', 'untrusted', 'untrusted'],
    )
  })

  await t.test('without the list of lists the others are untrusted', async (t) => {
    t.same(
      standing(lists.slice(1)).map(([, signature]) => signature),
      ['untrusted', 'untrusted'],
    )
  })

  await t.test('one flipped bit anywhere in the text is refused', async (t) => {
    for (const name of files) {
      const bytes = read(name)
      // Letters of signed text and values: a flip of the lowest bit keeps them well-formed.
      for (const text of [
        '<TSLSequenceNumber>',
        '<SchemeTerritory>',
        'X509Certificate>MII',
        'DigestValue>',
        'SigningTime>',
      ]) {
        const changed = Buffer.from(bytes)
        const at = changed.indexOf(text) + text.length
        changed[at] = changed[at]! ^ 1
        t.equal(checkListSignature(changed).state, 'broken', `${name} ${text}`)
      }
    }
  })

  await t.test('services of a real authority are found by its certificate, with their history', async (t) => {
    const list = readList(read('NL.xml')) as TrustedList
    const find = indexServices([list])
    const service = list.services.find(
      ({ name, periods }) =>
        name !== '' && periods[0]!.since.startsWith('2018-03-08') && periods[0]!.type.endsWith('CA/QC'),
    )!
    const certificate = readCertificate(service.certificates[0]!)
    const [found] = find(certificate)
    t.match(found, { territory: 'NL', service: { name: service.name } })
    t.match(periodAt(found!.service, new Date('2019-02-01')), { status: /granted$/, additional: [/ForeSignatures$/] })
    t.equal(periodAt(found!.service, new Date('2018-01-01')), undefined, 'not listed yet')

    const withdrawn = list.services.find(
      ({ periods }) => periods[0]!.status.endsWith('withdrawn') && periods.length > 1,
    )!
    const before = new Date(Date.parse(withdrawn.periods[0]!.since) - 1000)
    t.notMatch(periodAt(withdrawn, before), { status: /withdrawn$/ })
  })

  await t.test('a certificate that a listed authority issued is judged by it', async (t) => {
    const lists = ['NL.xml', 'LU.xml'].map((name) => readList(read(name)) as TrustedList)
    const find = indexServices(lists)
    const all = lists.flatMap(({ services }) =>
      services.flatMap(({ certificates }) => certificates.map(readCertificate)),
    )
    const pair = all
      .map((leaf) => ({ leaf, issuer: all.find((ca) => ca.sha256 !== leaf.sha256 && leaf.x509.checkIssued(ca.x509)) }))
      .find(({ leaf, issuer }) => issuer && leaf.x509.verify(issuer.x509.publicKey))
    t.ok(pair?.issuer, 'two listed certificates, one issued by the other')
    const quality = qualityOf(pair!.leaf, [pair!.leaf, pair!.issuer!], new Date('2019-02-01'), find)
    t.match(quality.why[0], /is listed as|had the status|is listed as TSA/)
  })
})
