import { test } from 'tap'
import { readList } from '../../../gateway/trust/lists/read-list.ts'
import type { TrustedList } from '../../../gateway/trust/lists/trusted-list.ts'
import { forUse, listXml, policy, qualified, serviceXml, uri } from '../../support/list-pki.ts'

const read = (xml: string): TrustedList => readList(Buffer.from(xml)) as TrustedList
const codes = (xml: string | Buffer): string[] => {
  const found = readList(Buffer.from(xml))
  return 'sequence' in found ? [] : found.map(({ code }) => code)
}
const der = Buffer.from('not a certificate, and not asked to be one here')
const plain = { territory: 'NL', sequence: 7 }

test('formats 5 and 6 are read alike', async (t) => {
  for (const version of [5, 6]) {
    const list = read(listXml({ ...plain, version, nextUpdate: '2027-01-01T00:00:00Z' }))
    t.match(list, { version, sequence: 7, territory: 'NL', operator: 'Example Operator' })
    t.equal(list.nextUpdate, '2027-01-01T00:00:00.000Z')
  }
  t.same(codes(listXml({ ...plain, version: 4 })), ['TSL-002'])
  t.equal(read(listXml({ ...plain, nextUpdate: null })).nextUpdate, undefined, 'a closed list')
})

test('a service has its provider, periods newest first, uses and qualifiers', async (t) => {
  const extensions = forUse('ForeSeals') + qualified(['QCWithQSCD'], policy('1.2.3'))
  const service = serviceXml(der, [
    { since: '2020-01-01T00:00:00Z', extensions },
    { since: '2010-01-01T00:00:00Z', status: 'undersupervision' },
    { since: '2016-07-01T00:00:00Z', status: 'withdrawn' },
  ])
  const [found] = read(listXml({ ...plain, services: [service] })).services
  t.match(found, { provider: 'Example Trust', name: 'Example Seal CA' })
  t.same(found?.certificates, [der])
  t.same(
    found?.periods.map(({ since }) => since.slice(0, 4)),
    ['2020', '2016', '2010'],
  )
  t.same(found?.periods[0]?.additional, [`${uri.info}ForeSeals`])
  t.same(found?.periods[0]?.qualifications, [
    {
      qualifiers: [`${uri.info}QCWithQSCD`],
      criteria: { assert: 'all', criteria: [{ kind: 'policies', oids: ['1.2.3'] }] },
    },
  ])
})

test('a critical extension that nobody knows is told', async (t) => {
  const extensions =
    '<Extension Critical="true"><New xmlns="urn:x"/></Extension><Extension Critical="false"><Old xmlns="urn:x"/></Extension>'
  const service = serviceXml(der, [{ since: '2020-01-01T00:00:00Z', extensions }])
  t.same(read(listXml({ ...plain, services: [service] })).services[0]?.periods[0]?.unknownCritical, ['New'])
})

test('what is no list, or not whole, is refused', async (t) => {
  t.same(codes('<TrustServiceStatusList/>'), ['TSL-001'], 'without the namespace')
  t.same(codes('<a xmlns="http://uri.etsi.org/02231/v2#"/>'), ['TSL-001'])
  const xml = listXml(plain)
  for (const [from, to] of [
    ['<TSLSequenceNumber>7<', '<TSLSequenceNumber>-7<'],
    ['<SchemeTerritory>', '<SchemeTerritory>DE</SchemeTerritory><SchemeTerritory>'],
    ['<SchemeTerritory>NL<', '<SchemeTerritory>Nowhere<'],
    [/<ListIssueDateTime>[^<]+/, '<ListIssueDateTime>yesterday'],
    [/<dateTime>[^<]+/, '<dateTime>2027-02-30'],
  ] as const)
    t.same(codes(xml.replace(from, to)), ['TSL-002'], to)
  const noStatus = serviceXml(der, [{ since: 'some day' }])
  t.same(codes(listXml({ ...plain, services: [noStatus] })), ['TSL-002'])
})

test('DTDs, entities, other encodings and depth are refused before anything else', async (t) => {
  const xml = listXml(plain)
  t.same(codes(`<!DOCTYPE a [<!ENTITY b "c">]>${xml}`), ['XML-DTD'])
  t.same(codes(xml.replace('Example Operator', '&b;')), ['XML-ENTITY'])
  t.same(codes(Buffer.from(`\uFEFF${xml}`, 'utf16le')), ['XML-ENCODING'])
  t.same(codes(xml.replace('Autre', '<x>'.repeat(70) + '</x>'.repeat(70))), ['XML-DEPTH'])
  t.same(codes(xml.slice(0, -5)), ['XML-FORM'])
})

test('elements of other namespaces and places are not taken for those of the list', async (t) => {
  const xml = listXml(plain).replace(
    '<SchemeOperatorName>',
    '<x:TSLSequenceNumber xmlns:x="urn:x">9</x:TSLSequenceNumber><SchemeOperatorName><TSLSequenceNumber>8</TSLSequenceNumber>',
  )
  t.equal(read(xml).sequence, 7)
})
