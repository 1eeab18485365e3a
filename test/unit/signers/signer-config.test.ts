import { test } from 'tap'
import { parseConfig } from '../../../gateway/config/load-config.ts'

const parse = (signers: string) =>
  parseConfig(
    `site: { name: Test }
${signers}
sources: [{ name: s, connector: folder, mapper: m, config: {} }]
accessPoints: [{ name: nl, connector: eu-soap, environment: sandbox, config: {} }]
routing: { environment: sandbox, otherwise: nl }
`,
    'gateway.yaml',
  )
const key = 'key: { kind: pem, key: seal.key, certificates: [seal.pem] }'
const refused = (signers: string) => {
  try {
    parse(signers)
    return 'accepted'
  } catch (error) {
    return (error as Error).message
  }
}

test('the one signer of a site is a profile that signs everything', async (t) => {
  const pem = { kind: 'pem', key: 'seal.key', certificates: ['seal.pem'] }
  t.same(parse(`signer: { ${key} }`).signers, [{ name: 'seal', key: pem, signs: {} }])
  t.same(parse(`signer: { name: Example Bodies, ${key} }`).signers[0]?.name, 'Example Bodies')
  const csc = 'kind: csc, url: "https://qtsp.example/", version: v2, token: { clientId: us }, gather: 20ms'
  t.match(parse(`signer: { key: { ${csc} } }`).signers[0]?.key, {
    url: 'https://qtsp.example',
    gather: 20,
    timeout: 15_000,
  })
})

test('several signers are profiles', async (t) => {
  const { signers } = parse(`signers:
  - name: bodies
    ${key}
    signs: { manufacturers: [Example Bodies], approvals: [e4*2018/858*00123], markets: [EU] }
    signatory: { name: Alex Example, position: Head, place: Town }
    registeredAt: [{ accessPoint: nl, status: registered, since: 2026-05-01 }]
    next: { from: "2027-01-01T00:00:00Z", ${key} }
  - { name: trailers, ${key}, signs: { manufacturers: [Example Trailers] } }`)
  t.same(
    signers.map((s) => s.name),
    ['bodies', 'trailers'],
  )
  t.match(signers[0], { signs: { approvals: ['e4*2018/858*00123'] }, next: { key: { kind: 'pem' } } })
})

test('what is wrong is named with its line', async (t) => {
  const bad: [string, RegExp][] = [
    ['', /name either `signer` or `signers`/],
    [`signer: { ${key} }\nsigners: [{ name: a, ${key} }]`, /name either/],
    ['signer: { key: { kind: abacus } }', /gateway\.yaml:2: signer\.key/],
    ['signer: { key: { kind: pem, key: seal.key } }', /gateway\.yaml:2: signer\.key\.certificates/],
    [`signer: { ${key}, signs: {} }`, /signs/],
    [`signers: [{ name: a, ${key} }, { name: a, ${key} }]`, /signers\.1\.name: two have the same name/],
    [`signers: [{ name: a, ${key}, registeredAt: [{ accessPoint: xx, status: pending }] }]`, /no access point "xx"/],
    [`signers: [{ name: a, ${key}, signs: { accessPoints: [xx] } }]`, /no access point "xx"/],
    [`signers: [{ name: a, ${key}, signs: { approvals: [4*2018] } }]`, /beginning of an approval number/],
    [`signers: [{ name: a, ${key}, signs: { stages: [X] } }]`, /signers\.0\.signs\.stages/],
    [
      `signers: [{ name: a, ${key}, validFrom: "2027-01-02T00:00:00Z", validUntil: "2027-01-01T00:00:00Z" }]`,
      /ends before/,
    ],
    ['signers: []', /signers/],
  ]
  for (const [text, expected] of bad) t.match(refused(text), expected, text)
})
