import fc from 'fast-check'
import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/index.ts'
import { documentFacts, type DocumentFacts } from '../../../gateway/signers/document-facts.ts'
import { pickSigner } from '../../../gateway/signers/pick-signer.ts'
import { keyAt, signerProfile, type SignerProfile } from '../../../gateway/signers/profile.ts'

const at = new Date('2026-11-22T12:00:00Z')
const key = { kind: 'pkcs12', file: 'seal.p12', passwordFile: 'seal.password' }
const profile = (name: string, more: object = {}): SignerProfile => signerProfile.parse({ name, key, ...more })
const facts: DocumentFacts = {
  market: 'EU',
  approval: 'e4*2018/858*00123*02',
  manufacturer: 'Example Bodies B.V.',
  representative: undefined,
  stage: 'C',
  accessPoint: 'nl',
  environment: 'production',
  signatories: [{ name: 'Alex Example', position: 'Head of Homologation', place: 'Example Town' }],
}
const pick = (profiles: SignerProfile[], more: Partial<DocumentFacts> = {}, when = at) => {
  const { profile: found, findings } = pickSigner(profiles, { ...facts, ...more }, when)
  return [found?.name, ...findings.map((f) => `${f.code} ${f.severity}`)]
}
const signs = (what: object) => profile('one', { signs: what })

test('every condition of a profile must match', async (t) => {
  const takes: object[] = [
    {},
    { manufacturers: ['EXAMPLE  bodies B.V.'] },
    { approvals: ['e4'] },
    { approvals: ['e4*2018/858'] },
    { approvals: ['e1', 'e4*2018/858*00123'] },
    { markets: ['EU'], stages: ['C'], environments: ['production'], accessPoints: ['nl', 'de'] },
  ]
  for (const what of takes) t.same(pick([signs(what)]), ['one'], JSON.stringify(what))
  const leaves: object[] = [
    { manufacturers: ['Example Bodies'] },
    { representatives: ['Example Representative'] },
    { approvals: ['e1'] },
    { approvals: ['e4*2018/858*0012'] },
    { approvals: ['e4*2018/858*00123*01'] },
    { markets: ['UK'] },
    { stages: ['I'] },
    { environments: ['acceptance'] },
    { accessPoints: ['de'] },
    { manufacturers: ['Example Bodies B.V.'], approvals: ['e1'] },
  ]
  for (const what of leaves) t.same(pick([signs(what)]), [undefined, 'SIG-601 error'], JSON.stringify(what))
  t.same(pick([signs({ approvals: ['e1'] })], { approval: 'e13*2018/858*00001*00' }), [undefined, 'SIG-601 error'])
  const nothing = { manufacturer: undefined, approval: undefined, stage: undefined }
  for (const what of [{ manufacturers: ['x'] }, { approvals: ['e4'] }, { stages: ['C'] }])
    t.same(pick([signs(what)], nothing), [undefined, 'SIG-601 error'], 'what a document does not say matches nothing')
})

test('several that match are refused by name, also when one is more special', async (t) => {
  const profiles = [
    profile('all'),
    profile('nl only', { signs: { accessPoints: ['nl'] } }),
    profile('uk', { signs: { markets: ['UK'] } }),
  ]
  t.same(pick(profiles), [undefined, 'SIG-602 error'])
  const [finding] = pickSigner(profiles, facts, at).findings
  t.match(finding?.message, /: all, nl only\./)
  t.same(pick(profiles.slice(1)), ['nl only'])
  t.same(pick(profiles.slice(1), { market: 'UK', accessPoint: 'vca' }), ['uk'])
  t.match(
    pickSigner(profiles.slice(1), { ...facts, accessPoint: 'de' }, at).findings[0]?.message,
    /e4\*2018\/858\*00123\*02.*There are: nl only, uk/,
  )
})

test('a profile signs from its beginning until before its end', async (t) => {
  const old = profile('old', { validUntil: '2027-01-01T00:00:00+01:00' })
  const young = profile('young', { validFrom: '2027-01-01T00:00:00+01:00' })
  t.same(pick([old, young]), ['old'])
  t.same(pick([old, young], {}, new Date('2026-12-31T22:59:59.999Z')), ['old'])
  t.same(pick([old, young], {}, new Date('2026-12-31T23:00:00Z')), ['young'])
})

test('the next key takes over at its time, with its own registrations', async (t) => {
  const next = { from: '2027-01-01T00:00:00Z', key: { ...key, file: 'next.p12' } }
  const registeredAt = [{ accessPoint: 'nl', status: 'registered' }]
  const one = profile('one', {
    registeredAt,
    next: { ...next, registeredAt: [{ accessPoint: 'nl', status: 'pending' }] },
  })
  const later = new Date('2027-01-01T00:00:00Z')
  t.match(keyAt(one, at), { key: { file: 'seal.p12' }, generation: 0 })
  t.match(keyAt(one, later), { key: { file: 'next.p12' }, generation: 1 })
  t.same(pick([one]), ['one'])
  t.same(pick([one], {}, later), ['one', 'SIG-603 warning'])
  t.same(pick([profile('one', { registeredAt, next })], {}, later), ['one'], 'where it says nothing the old ones hold')
})

test('a seal that is not registered at the access point is warned of', async (t) => {
  const at603 = ['one', 'SIG-603 warning']
  const cases: [object[] | undefined, (string | undefined)[]][] = [
    [undefined, ['one']],
    [[{ accessPoint: 'nl', status: 'registered' }], ['one']],
    [[{ accessPoint: 'nl', status: 'registered', since: '2026-11-22' }], ['one']],
    [[{ accessPoint: 'nl', status: 'not_required' }], ['one']],
    [[], at603],
    [[{ accessPoint: 'de', status: 'registered' }], at603],
    [[{ accessPoint: 'nl', status: 'pending' }], at603],
    [[{ accessPoint: 'nl', status: 'rejected' }], at603],
    [[{ accessPoint: 'nl', status: 'registered', since: '2026-11-23' }], at603],
  ]
  for (const [registeredAt, expected] of cases)
    t.same(pick([profile('one', registeredAt ? { registeredAt } : {})]), expected, JSON.stringify(registeredAt))
})

test('the signatory of the seal must stand in the document', async (t) => {
  const [alex] = facts.signatories
  const one = profile('one', { signatory: alex })
  t.same(pick([one]), ['one'])
  t.same(pick([one], { signatories: [{ name: 'Somebody Else', position: '', place: '' }, alex!] }), ['one'])
  t.same(pick([one], { signatories: [{ ...alex!, place: 'Other Town' }] }), ['one', 'SIG-604 warning'])
  t.same(pick([one], { signatories: [] }), ['one', 'SIG-604 warning'])
})

test('one, several or none: exactly what matches decides, whatever the order', async (t) => {
  const condition = fc.record(
    {
      approvals: fc.subarray(['e4', 'e1', 'e4*2018/858*00123'], { minLength: 1 }),
      markets: fc.subarray(['EU', 'UK'], { minLength: 1 }),
      stages: fc.subarray(['C', 'I'], { minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), (conditions) => {
      const profiles = conditions.map((what, i) => profile(`p${i}`, { signs: what }))
      const alone = profiles.filter((p) => pickSigner([p], facts, at).profile)
      const [found, code] = pick([...profiles].reverse())
      if (alone.length === 1) return found === alone[0]?.name && code === undefined
      return found === undefined && code === (alone.length === 0 ? 'SIG-601 error' : 'SIG-602 error')
    }),
  )
  t.pass()
})

test('facts are read from the document: the maker of the last stage, its approval, who signs', async (t) => {
  const tree: IviTree = {
    CocDataGroup: {
      TypeApprovalNumber: 'e4*2018/858*00123*02',
      StageOfCompletion: 'C',
      ManufacturerTable: {
        ManufacturerGroup: [
          { ManufacturerStageNumber: '10', ManufacturerName: 'Last' },
          { ManufacturerStageNumber: '9', ManufacturerName: 'Before' },
        ],
      },
      EURepresentativeGroup: { EURepresentativeName: 'Agent' },
      SigningAuthorityTable: {
        SigningAuthorityGroup: [{ SignerName: 'A', SignerPosition: 'B', SignatureLocation: 'C', SignatureDate: 'D' }],
      },
    },
  }
  const target = { profile: 'EU', accessPoint: 'nl', environment: 'production' }
  t.same(documentFacts(tree, target), {
    ...{ market: 'EU', accessPoint: 'nl', environment: 'production', approval: 'e4*2018/858*00123*02', stage: 'C' },
    ...{ manufacturer: 'Last', representative: 'Agent', signatories: [{ name: 'A', position: 'B', place: 'C' }] },
  })
  t.match(documentFacts({}, target), { approval: undefined, manufacturer: undefined, signatories: [] })
})
