import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { createSchemaChecks } from '../../../gateway/checks/schema-checks.ts'
import { createSchemaCheck } from '../../../gateway/checks/schema-check.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { elementOf, ivi20, iviNamespace } from '../../../gateway/ivi/catalogue.ts'
import { readDocument } from '../../../gateway/ivi/read-document.ts'
import type { Profile, Release } from '../../../gateway/ivi/releases/release.ts'
import { Releases } from '../../../gateway/ivi/releases/releases.ts'
import { enlist, keepSchema, listStored, openReleases } from '../../../gateway/ivi/releases/stored-releases.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { documentWith } from '../../support/ivi-samples.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { areEqual, ivi21, ivi21Xsd } from './ivi-21.ts'

const release = (version: string, from: string, profile: Profile = 'EU'): Release => ({
  version,
  profile,
  from,
  catalogue: { ...ivi21, version },
  sha256: 'a'.repeat(64),
  standIn: false,
})
const changed = (tree: IviTree, group: string, values: IviTree): IviTree => ({
  ...tree,
  [group]: { ...(tree[group] as IviTree), ...values },
})

/** A document that each of both releases takes, but for its number. */
const both = documentWith(elementOf('Wheelbase'), '3000')
const in21 = changed(changed(both, 'Header', { IviVersionNumberXsd: '2.1' }), 'CocDataGroup', {
  BatteryPassportNumber: 'B1',
})

test('a new document is made in the release whose changeover has come', async (t) => {
  const releases = new Releases([release('2.1', '2027-07-05'), release('2.2', '2028-01-01')])
  const on = (day: string, profile: Profile = 'EU') => releases.forDate(day, profile).version
  t.equal(on('2020-01-01'), '2.0', 'older than all of them')
  t.equal(on('2027-07-04'), '2.0')
  t.equal(on('2027-07-05'), '2.1')
  t.equal(on('2029-01-01'), '2.2')
  t.equal(on('2029-01-01', 'UK'), '2.0', 'a release of the Union is none of the United Kingdom')
  t.equal(releases.forCorrection(both, 'EU').version, '2.0', 'a correction stays in the release of its original')
  t.equal(releases.forCorrection(in21, 'EU').version, '2.1')
  t.throws(() => releases.of('2.1', 'UK'), { code: 'IVI-010', hint: /There are: 2\.0\./ })
})

test('a document is read with the release it states', async (t) => {
  const releases = new Releases([release('2.1', '2027-07-05')])
  const of = (text: string) => releases.ofDocument(Buffer.from(text), 'EU', '2026-12-01')
  const xml = writeDocument(both).toString()
  t.match(of(xml), { version: '2.0' })
  t.match(of(xml.replace('>2.0<', '> 2.1 <')), { version: '2.1' })
  t.match(of(xml.replace('>2.0<', '>2.7<')), { code: 'IVI-014', message: /no schema of IVI 2\.7/ })
  t.match(of(xml.replace('>2.0<', '>1.6<')), { code: 'IVI-013' })
  t.match(
    of(xml.replace(/<IviVersionNumberXsd>.*?<\/IviVersionNumberXsd>/, '')),
    { version: '2.0' },
    'today’s says what is wrong',
  )
  t.match(of('no XML at all'), { version: '2.0' })
})

test('documents of both releases are checked and written side by side', async (t) => {
  const [old, next] = await Promise.all([createSchemaCheck(ivi20), createSchemaCheck(ivi21)])
  t.teardown(() => [old, next].map((check) => check.dispose()))
  const codes = (check: typeof old, bytes: Buffer) =>
    check.check(bytes, { unsigned: true }).map(({ code, path }) => `${code} ${path.split('/').at(-1)!}`)
  const [oldBytes, newBytes] = [writeDocument(both), writeDocument(in21, ivi21)]
  t.strictSame(codes(old, oldBytes), [])
  t.strictSame(codes(next, newBytes), [])
  t.strictSame(codes(old, newBytes).sort(), ['SCH-CODE IviVersionNumberXsd', 'SCH-ELEMENT BatteryPassportNumber'])
  t.strictSame(codes(next, oldBytes), ['SCH-CODE IviVersionNumberXsd'])
  t.strictSame(readDocument(newBytes, { catalogue: ivi21 }), { tree: in21, signed: false, findings: [] })
  t.match(readDocument(newBytes).findings, [{ code: 'SCH-ELEMENT' }], 'the other reader does not know the element')
  const long = writeDocument(
    {
      ...in21,
      CocDataGroup: changed(in21['CocDataGroup'] as IviTree, 'DimensionGroup', { Wheelbase: '30000' }),
    },
    ivi21,
  )
  t.match(codes(next, long), ['SCH-TYPE Wheelbase'], 'a tighter facet')
})

test('each document is checked against the release that it states', async (t) => {
  const checks = await createSchemaChecks(new Releases([release('2.1', '2027-07-05')]))
  t.teardown(() => checks.dispose())
  const codes = (bytes: Buffer, profile: Profile = 'EU') =>
    checks.check(bytes, { profile, today: '2026-12-01', unsigned: true }).map(({ code }) => code)
  t.strictSame(codes(writeDocument(both)), [])
  t.strictSame(codes(writeDocument(in21, ivi21)), [])
  const wide = writeDocument(both).toString().replace('>3000<', '>30000<')
  t.strictSame(codes(Buffer.from(wide)), [])
  t.strictSame(codes(Buffer.from(wide.replace('>2.0<', '>2.1<'))), ['SCH-TYPE'], 'the tighter facet of 2.1')
  t.strictSame(codes(writeDocument(in21, ivi21), 'UK'), ['IVI-014'])
  t.strictSame(codes(writeDocument(both), 'UK'), ['SCH-CODE'], 'the approving state is none of the United Kingdom')
  t.strictSame(codes(Buffer.from('<a>')), ['XML-FORM'])
})

test('documents of the United Kingdom name its own approving states until its schema is imported', async (t) => {
  const { catalogue, standIn } = new Releases().of('2.0', 'UK')
  const uk = await createSchemaCheck(catalogue)
  t.teardown(() => uk.dispose())
  const found = (country: string) => {
    const bytes = writeDocument(changed(both, 'Header', { DesignatedTypeApprovalCountry: country }), catalogue)
    return uk.check(bytes, { unsigned: true }).map(({ code, path }) => `${code} ${path}`)
  }
  t.ok(standIn)
  t.strictSame(found('g11'), [])
  t.strictSame(found('n11'), [])
  for (const country of ['e4', 'e11'])
    t.strictSame(found(country), ['SCH-CODE /InitialVehicleInformation/Header/DesignatedTypeApprovalCountry'])
  t.match(elementOf('EcoInnovationCountry', catalogue).codes, ['e1'], 'where it is not the approving state, both are')
  t.ok(elementOf('EcoInnovationCountry', catalogue).codes?.includes('g11'))
  t.strictSame(
    new Releases([release('2.0', '2026-07-05', 'UK')]).of('2.0', 'UK').standIn,
    false,
    'the import takes its place',
  )
})

test('imported schemas lie in the data folder, and one that was changed there is not used', async (t) => {
  const folder = await tempFolder(t)
  t.strictSame((await openReleases(folder)).all.length, 2, 'the product’s own')
  const bytes = Buffer.from(ivi21Xsd)
  await keepSchema(folder, bytes)
  t.strictSame(await listStored(folder), [], 'kept, and not in use')
  const stored = {
    version: '2.1',
    profile: 'EU',
    from: '2027-07-05',
    sha256: sha256(bytes),
    importedAt: '2026-11-22T00:00:00.000Z',
  } as const
  await enlist(folder, stored)
  await enlist(folder, { ...stored, from: '2027-07-01' })
  t.strictSame(await listStored(folder), [{ ...stored, from: '2027-07-01' }], 'one entry per release')
  const found = (await openReleases(folder)).of('2.1', 'EU')
  t.match(found, { from: '2027-07-01', sha256: stored.sha256, standIn: false })
  t.ok(areEqual(found.catalogue, ivi21))
  const file = join(folder, 'schemas', `${stored.sha256}.xsd`)
  await writeFile(file, (await readFile(file, 'utf8')).replace('BatteryPassport', 'BatteryPassports'))
  await t.rejects(openReleases(folder), { code: 'IVI-015', kind: 'security', message: /not the schema of IVI 2\.1/ })
  await writeFile(join(folder, 'schemas', 'releases.json'), '[{"version":"2.1"}]')
  await t.rejects(openReleases(folder), { code: 'IVI-015' })
})

test('IVI 1.x is recognised and refused as what it is', async (t) => {
  const check = await createSchemaCheck()
  t.teardown(() => check.dispose())
  const xml = writeDocument(both).toString()
  const foreign = (version: string, namespace = 'urn:older') =>
    xml.replace(iviNamespace, namespace).replace('>2.0<', `>${version}<`)
  const nameless = '<InitialVehicleInformation><CocDataGroup><Make>A</Make></CocDataGroup></InitialVehicleInformation>'
  const cases: readonly (readonly [string, string, RegExp])[] = [
    [
      foreign('1.6'),
      'IVI-013',
      /^This is IVI 1\.6, which .* Ask its maker for the document in IVI 2\.0, or enter a base data sheet/,
    ],
    [foreign(' 1.11 '), 'IVI-013', /^This is IVI 1\.11,/],
    [foreign('1.6', iviNamespace), 'IVI-013', /^This is IVI 1\.6,/],
    [nameless, 'IVI-013', /^This is IVI 1\.x \(no namespace, without IviVersionNumberXsd\)/],
    [nameless.replaceAll('InitialVehicleInformation', 'initialVehicleInformation'), 'IVI-013', /IVI 1\.x/],
    [foreign('3.0'), 'IVI-014', /IVI 3\.0 document/],
    [foreign('2.0'), 'SCH-NAMESPACE', /expected is/],
    ['<Invoice><IviVersionNumberXsd>1.6</IviVersionNumberXsd></Invoice>', 'SCH-ROOT', /is a Invoice/],
  ]
  for (const [text, code, message] of cases) {
    const bytes = Buffer.from(text)
    const read = readDocument(bytes)
    t.strictSame(
      read.findings.map((finding) => finding.code),
      [code],
      text.slice(0, 90),
    )
    t.match(read.findings, [{ message, severity: 'error' }])
    t.match(check.check(bytes, { unsigned: true }), [{ code, message }], 'the schema check says the same')
    t.match(check.check(bytes), [{ code, message }])
    if (code.startsWith('IVI')) t.strictSame(read.tree, {})
  }
})
