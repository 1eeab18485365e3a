import { readFile } from 'node:fs/promises'
import { XmlDocument } from 'libxml2-wasm'
import { test } from 'tap'
import eusoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { euSoapConfig } from '../../../connectors/access-points/eu-soap/config.ts'
import { readProfiles } from '../../../connectors/access-points/profiles/read-profiles.ts'
import { findConnectors } from '../../../gateway/config/find-connectors.ts'
import { testFacts } from '../../support/submission-facts.ts'
import { makeDocument, openSimulator } from '../simulated-access-point/harness.ts'

/** Regulation (EU) 2020/683, Annex IV: the signs of the member states. */
const members =
  'AT12 BE6 BG34 CY49 CZ8 DE1 DK18 EE29 ES9 FI17 FR2 GR23 HR25 HU7 IE24 IT3 LT36 LU13 LV32 MT50 NL4 PL20 PT21 RO19 SE5 SI26 SK27'
const ns = 'urn:ecoc-gateway:simulated-access-point:1'
const soap = 'http://schemas.xmlsoap.org/soap/envelope/'

test('there is a profile for every member state, Great Britain and Norway', async (t) => {
  const { accessPoints } = await findConnectors()
  const all = [...readProfiles().values()]
  const signs = all.flatMap((p) => (p.connector === 'eu-soap' ? [`${p.country}${p.approvalSign.slice(1)}`] : []))
  t.equal(signs.sort().join(' '), members)
  t.same(
    all.flatMap((p) => (p.connector === 'eu-soap' ? [] : [[p.country, p.connector]])),
    [
      ['GB', 'gb-vca'],
      ['NO', 'no-vegvesen'],
    ],
  )
  for (const profile of all) {
    t.ok(accessPoints.has(profile.connector), `${profile.country}: ${profile.connector} exists`)
    t.notOk(profile.verified, `${profile.country}: nobody has confirmed it`)
    t.ok(profile.toObtain.length > 0, 'and it says what to ask for')
    t.ok(
      profile.facts.every((f) => f.source !== ''),
      'its facts have sources',
    )
  }
})

test('every profile carries a document to acceptance at an access point of the assumed kind', async (t) => {
  const simulator = await openSimulator()
  t.teardown(() => simulator.close())
  for (const { country, connector } of readProfiles().values()) {
    if (connector !== 'eu-soap') continue
    const settings = { profile: country, endpoint: simulator.endpoint }
    const config = euSoapConfig.parse(settings)
    const document = makeDocument(country)
    const { bytes } = eusoap.envelope(config, document, 'm-1' as never, testFacts)
    const envelope = XmlDocument.fromBuffer(bytes)
    const { namespace, name } = config.body.submit
    const names = { soap, w: namespace, i: 'http://eu.ereg.initialvehicleinformation.v2' }
    t.ok(envelope.get(`/soap:Envelope/soap:Body/w:${name}/i:InitialVehicleInformation`, names), `${country}: wrapper`)
    envelope.dispose()
    const answers = {
      ACCEPTED: 'accepted',
      ACCEPTED_WITH_WARNINGS: 'accepted_with_warnings',
      PENDING: 'pending',
    } as const
    const more = { REJECTED: 'rejected', DUPLICATE: 'duplicate', NOT_FOUND: 'not_found' } as const
    for (const [word, outcome] of Object.entries({ ...answers, ...more })) {
      const xml = `<s:Envelope xmlns:s="${soap}"><s:Body><r xmlns="${ns}"><Outcome>${word}</Outcome></r></s:Body></s:Envelope>`
      const reply = { status: 200, contentType: 'text/xml', bytes: Buffer.from(xml) }
      t.equal(eusoap.parse(config, reply).outcome, outcome, `${country}: ${word}`)
    }
    t.notOk(eusoap.delivery(config).idempotentByReference, 'a repeat is not called safe')
    t.match(await simulator.client({ profile: country, timeout: '3s' }).submit(document), { next: 'accepted' }, country)
  }
})

test('a site overrides single settings, and confirms', async (t) => {
  const endpoint = 'https://nap.example/ivi'
  const config = euSoapConfig.parse({
    profile: 'NL',
    endpoint,
    timeout: '5s',
    body: { submit: { namespace: 'urn:n', name: 'Put' } },
  })
  t.equal(config.timeout, 5_000)
  t.equal(config.maxProcessing, 24 * 3_600_000, 'of the profile')
  t.same(config.body.submit, { namespace: 'urn:n', name: 'Put' })
  t.equal(config.body.query.name, 'QueryIvi', 'the rest of a group stays')
  t.match(eusoap.standing?.(config), { profile: 'NL', authority: 'RDW', verified: false, note: /assumed/ })
  const confirmed = euSoapConfig.parse({ profile: 'NL', endpoint, confirmed: 'Interface description 1.0, 2026-12-01' })
  t.match(eusoap.standing?.(confirmed), { verified: true, note: /1\.0/ })
  t.equal(eusoap.standing?.(euSoapConfig.parse({ endpoint })), undefined)
  for (const bad of [
    { profile: 'XX', endpoint },
    { profile: 'GB', endpoint },
    { profile: 'NL' },
    { profile: 'nl', endpoint },
  ])
    t.notOk(euSoapConfig.safeParse(bad).success, JSON.stringify(bad))
})

test('every setting stands in docs/access-points.md', async (t) => {
  const page = await readFile(new URL('../../../docs/access-points.md', import.meta.url), 'utf8')
  const table = page.slice(page.indexOf('## Settings of `eu-soap`'), page.indexOf('### Answers'))
  const settings = Object.keys(euSoapConfig.out.shape)
  t.ok(settings.length > 20)
  for (const setting of settings) t.match(table, new RegExp(`^\\| [^|]*\`${setting}[.\`]`, 'm'), setting)
})
