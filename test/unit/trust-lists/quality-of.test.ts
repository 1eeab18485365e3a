import { test } from 'tap'
import { readCertificate } from '../../../gateway/trust/certificate.ts'
import { indexServices } from '../../../gateway/trust/lists/find-services.ts'
import { qualityOf } from '../../../gateway/trust/lists/quality-of.ts'
import { readList } from '../../../gateway/trust/lists/read-list.ts'
import type { TrustedList } from '../../../gateway/trust/lists/trusted-list.ts'
import { forUse, listXml, makeListPki, policy, qualified, serviceXml } from '../../support/list-pki.ts'
import type { PeriodInput } from '../../support/list-pki.ts'

const now = new Date('2026-11-01T00:00:00Z')
const since = '2017-01-01T00:00:00Z'
const seals = forUse('ForeSeals')

test('what a certificate is worth', async (t) => {
  const make = makeListPki(t)
  const ca = await make('seal-ca', 'ca')
  const unlisted = await make('other-ca', 'ca')
  const by = async (name: string, extensions: string, issuer = 'seal-ca') =>
    readCertificate((await make(name, extensions, issuer)).der)
  const certificates = {
    seal: await by('seal', 'seal'),
    soft: await by('soft', 'seal_soft'),
    signature: await by('signature', 'signature'),
    plain: await by('plain', 'plain'),
    foreign: await by('foreign', 'seal', 'other-ca'),
  }
  const judge = (
    name: keyof typeof certificates,
    periods: readonly PeriodInput[],
    at = now,
    more: readonly string[] = [],
  ) => {
    const services = [serviceXml(ca.der, periods), ...more]
    const list = readList(Buffer.from(listXml({ territory: 'NL', sequence: 1, services }))) as TrustedList
    const leaf = certificates[name]
    return qualityOf(leaf, [leaf, readCertificate((name === 'foreign' ? unlisted : ca).der)], at, indexServices([list]))
  }
  const granted = [{ since, extensions: seals }]

  await t.test('qualified seal: listed for seals, issued as qualified, key in a qualified device', async (t) => {
    t.match(judge('seal', granted), {
      quality: 'qualified-seal',
      isQualifiedCertificate: true,
      inQualifiedDevice: true,
      issuer: { territory: 'NL', provider: 'Example Trust', service: 'Example Seal CA' },
      why: [/CA\/QC with the status "granted" since 2017/, /qualified device/],
    })
  })
  await t.test('qualified signature', async (t) => {
    t.equal(judge('signature', [{ since, extensions: forUse('ForeSignatures') }]).quality, 'qualified-signature')
  })
  await t.test('advanced seal: a qualified certificate outside a device', async (t) => {
    t.match(judge('soft', granted), {
      quality: 'advanced-seal',
      isQualifiedCertificate: true,
      inQualifiedDevice: false,
    })
  })
  await t.test('advanced seal: a plain certificate of a listed provider', async (t) => {
    const quality = judge('plain', granted)
    t.match(quality, { quality: 'advanced-seal', isQualifiedCertificate: false })
    t.match(quality.why.at(-1), /not issued as qualified/)
    t.match(judge('plain', [{ since, type: 'CA/PKC', status: 'recognisedatnationallevel' }]), {
      quality: 'advanced-seal',
    })
    t.equal(judge('seal', [{ since, type: 'CA/PKC', status: 'recognisedatnationallevel' }]).quality, 'advanced-seal')
  })
  await t.test('listed for signatures only, a seal is not qualified', async (t) => {
    const quality = judge('seal', [{ since, extensions: forUse('ForeSignatures') }])
    t.match(quality, { quality: 'advanced-seal', isQualifiedCertificate: false })
    t.match(quality.why.at(-1), /ForeSignatures, not for ForeSeals/)
  })
  await t.test(
    'neither: unlisted, withdrawn, not yet listed, another kind of service, unknown conditions',
    async (t) => {
      const unknown = '<Extension Critical="true"><New xmlns="urn:x"/></Extension>'
      const cases = [
        [judge('foreign', granted), /No service/],
        [judge('seal', [{ since, extensions: seals, status: 'withdrawn' }]), /"withdrawn" since 2017/],
        [judge('seal', [{ since: '2026-11-02T00:00:00Z', extensions: seals }]), /not listed yet/],
        [judge('seal', [{ since, type: 'TSA/QTST' }]), /TSA\/QTST/],
        [judge('seal', [{ since, extensions: seals + unknown }]), /New/],
      ] as const
      for (const [quality, why] of cases) t.match(quality, { quality: 'neither', why: [why] })
    },
  )
  await t.test('the status at the time counts, not that of today', async (t) => {
    const periods = [
      { since: '2026-06-01T00:00:00Z', status: 'withdrawn', extensions: seals },
      { since, extensions: seals },
      { since: '2012-01-01T00:00:00Z', status: 'accredited' },
    ]
    t.equal(judge('seal', periods).quality, 'neither')
    t.equal(judge('seal', periods, new Date('2026-05-31T23:59:59Z')).quality, 'qualified-seal')
    t.equal(judge('seal', periods, new Date('2013-01-01')).quality, 'qualified-seal', 'a status from before eIDAS')
    t.equal(judge('seal', periods, new Date('2011-01-01')).quality, 'neither')
  })
  await t.test('the list overrides what the certificate says, for those that meet its criteria', async (t) => {
    const meets = (criteria: string, names: string[], assert?: string) =>
      judge('soft', [{ since, extensions: seals + qualified(names, criteria, assert) }]).quality
    const bit = (name: string, value: boolean): string =>
      `<q:KeyUsage><q:KeyUsageBit name="${name}">${value}</q:KeyUsageBit></q:KeyUsage>`
    t.equal(meets(policy('1.2.3.4.6'), ['QCWithQSCD']), 'qualified-seal')
    t.equal(meets(policy('1.2.3.4.7'), ['QCWithQSCD']), 'advanced-seal', 'another policy')
    t.equal(meets(policy('1.2.3.4.6') + bit('nonRepudiation', true), ['QCWithQSCD']), 'qualified-seal')
    t.equal(meets(policy('1.2.3.4.6') + bit('nonRepudiation', false), ['QCWithQSCD']), 'advanced-seal')
    t.equal(meets(policy('1.2.3.4.7') + bit('nonRepudiation', true), ['QCWithQSCD'], 'atLeastOne'), 'qualified-seal')
    t.equal(meets(policy('1.2.3.4.7'), ['QCWithQSCD'], 'none'), 'qualified-seal')
    t.equal(meets('<New xmlns="urn:x"/>', ['QCWithQSCD'], 'none'), 'advanced-seal', 'what nobody knows is not met')
    t.match(judge('seal', [{ since, extensions: seals + qualified(['QCNoQSCD'], policy('1.2.3.4.5')) }]), {
      quality: 'advanced-seal',
      isQualifiedCertificate: true,
    })
    t.match(judge('seal', [{ since, extensions: seals + qualified(['NotQualified'], policy('1.2.3.4.5')) }]), {
      quality: 'advanced-seal',
      isQualifiedCertificate: false,
    })
    const asSeal = seals + qualified(['QCStatement', 'QCForESeal', 'QCWithQSCD'], bit('digitalSignature', true))
    t.equal(judge('plain', [{ since, extensions: asSeal }]).quality, 'qualified-seal')
  })
  await t.test('an authority that is listed twice counts by its best entry', async (t) => {
    const other = serviceXml(ca.der, [{ since, extensions: forUse('ForeSignatures') }])
    t.equal(judge('seal', granted, now, [other]).quality, 'qualified-seal')
  })
  await t.test('an issuer that did not sign the certificate lends it nothing', async (t) => {
    const list = readList(
      Buffer.from(listXml({ territory: 'NL', sequence: 1, services: [serviceXml(ca.der, granted)] })),
    ) as TrustedList
    const quality = qualityOf(certificates.foreign, [readCertificate(ca.der)], now, indexServices([list]))
    t.equal(quality.quality, 'neither')
  })
})
