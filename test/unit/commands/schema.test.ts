import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { ivi20 } from '../../../gateway/ivi/catalogue.ts'
import { iviXsd } from '../../../gateway/ivi/make-xsd.ts'
import { openReleases } from '../../../gateway/ivi/releases/stored-releases.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { ivi21Xsd } from '../ivi/ivi-21.ts'
import { openSandbox } from './command-fixture.ts'

test('releases of IVI on the command line', async (t) => {
  const { folder, data, run } = await openSandbox(t)
  const ivi20Xsd = iviXsd({ signed: true })
  const files = { 'a.xsd': ivi20Xsd, 'b.xsd': ivi21Xsd, 'other.xsd': ivi21Xsd.replace('value="9999"', 'value="8888"') }
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const dataFolder = join(folder, 'data')
  const events = async () => {
    const all = await data.tools.store.events.from(0, 1000)
    return all
      .filter((e) => e.type === 'schema.imported')
      .map((e) => ({ ...e, detail: JSON.parse(e.detail) as unknown }))
  }

  await t.test('diff names what differs, and the mappers and rules that it touches', async (t) => {
    const ran = await run('schema', 'diff', 'a.xsd', 'b.xsd', '--json')
    t.equal(ran.code, 0, ran.err)
    const found = JSON.parse(ran.out) as Record<string, { path: string; name?: string; code?: string }[]>
    t.strictSame(Object.keys(found), ['added', 'removed', 'changed', 'mappers', 'rules'])
    t.equal(found['added']?.length, 4)
    const axle = '/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup/AxleLoadClass'
    t.match(
      found['mappers']?.find(({ name }) => name === 'sage-x3'),
      { version: '1.0', elements: [/\/CodeForBodywork$/, /\/Wheelbase$/], required: [axle] },
    )
    const rules = found['rules']?.map(({ code }) => code) ?? []
    t.ok(rules.includes('CHK-AXLE-008'), 'it adds the axle spacings up to the wheelbase')
    t.notOk(rules.includes('CHK-AXLE-001'), 'it counts axles')
    const text = await run('schema', 'diff', 'a.xsd', 'b.xsd')
    t.match(text.out, /^added: 4\n[^]*CodeForBodywork\n +code: – → BF[^]*mappers touched: \d\n[^]*sage-x3 1\.0/)
    t.match(await run('schema', 'diff', 'a.xsd', 'a.xsd'), {
      code: 0,
      out: /^Both describe the same documents of IVI 2\.0/,
    })
  })

  await t.test(
    'a file that is no schema is refused with what is wrong, and one that is not there is named',
    async (t) => {
      await writeFile(join(folder, 'choice.xsd'), ivi21Xsd.replaceAll('xs:all>', 'xs:choice>'))
      const ran = await run('schema', 'diff', 'a.xsd', 'choice.xsd', '--json')
      t.equal(ran.code, 1)
      t.match(JSON.parse(ran.out), [
        { file: 'choice.xsd', findings: [{ code: 'XSD-002', params: { construct: 'xs:choice' } }] },
      ])
      t.match(await run('schema', 'diff', 'a.xsd', 'choice.xsd'), {
        code: 1,
        out: /choice\.xsd: NOT readable\n.*XSD-002/,
      })
      t.match(await run('schema', 'diff', 'a.xsd', 'gone.xsd'), { code: 3, err: /CLI-002/ })
      t.match(await run('schema', 'import', 'choice.xsd'), { code: 1, out: /choice\.xsd: NOT imported/ })
      await writeFile(
        join(folder, 'broken.xsd'),
        ivi21Xsd.replace('type="MakeTable" minOccurs="0"', 'type="MakeTable" maxOccurs="2"'),
      )
      t.match(await run('schema', 'import', 'broken.xsd'), { code: 1, out: /XSD-007/ })
      await writeFile(join(folder, 'less.xsd'), ivi21Xsd.replace('name="SignatureDate"', 'name="SignatureDay"'))
      t.match(await run('schema', 'import', 'less.xsd'), { code: 1, out: /XSD-006.*\n.*does not have it/ })
      for (const wrong of [
        ['diff', 'a.xsd'],
        ['import'],
        ['import', 'b.xsd', '--profile', 'CH'],
        ['import', 'b.xsd', '--from', '2027-02-30'],
        ['burn'],
        [],
      ])
        t.match(await run('schema', ...wrong), { code: 2, err: /CLI-001/ }, wrong.join(' '))
      t.strictSame(await events(), [], 'nothing was imported')
      t.strictSame((await openReleases(dataFolder)).all.length, 2)
    },
  )

  await t.test('a release is imported once, with its hash and its day, and the event says so', async (t) => {
    const hash = sha256(ivi21Xsd)
    const ran = await run('schema', 'import', 'b.xsd', '--from', '2027-07-05', '--json')
    t.equal(ran.code, 0, ran.err)
    t.match(JSON.parse(ran.out), {
      file: 'b.xsd',
      state: 'imported',
      release: '2.1',
      profile: 'EU',
      from: '2027-07-05',
      sha256: hash,
      findings: [],
    })
    t.match(ran.out, /"mappers":\[\{"name":"chassis-json"/, 'and whom it touches')
    const detail = { release: '2.1', profile: 'EU', from: '2027-07-05', sha256: hash, replaces: null }
    t.match(await events(), [{ actor: 'command line', subject: 'EU 2.1', detail }])
    t.match(await run('schema', 'import', 'b.xsd'), { code: 0, out: /^b\.xsd: known/ })
    t.equal((await events()).length, 1, 'the second time nothing was done')
    const releases = await openReleases(dataFolder)
    t.equal(releases.forDate('2027-07-05', 'EU').version, '2.1')
    t.equal(releases.forDate('2027-07-04', 'EU').version, '2.0')
    t.equal(releases.forDate('2027-07-05', 'UK').version, '2.0')
    t.match(await run('schema', 'list'), {
      out: new RegExp(
        `^IVI 2\\.0 .*product\nIVI 2\\.1  EU  from 2027-07-05  imported  ${hash}\nIVI 2\\.0  UK .*stand-in$`,
      ),
    })
  })

  await t.test('other content of the same release takes its place only when that is asked for', async (t) => {
    const refused = await run('schema', 'import', 'other.xsd')
    t.match(refused, { code: 1, out: /XSD-009/ })
    t.match(await readFile(join(dataFolder, 'schemas', `${sha256(ivi21Xsd)}.xsd`), 'utf8'), 'BatteryPassportNumber')
    t.equal((await openReleases(dataFolder)).of('2.1', 'EU').sha256, sha256(ivi21Xsd))
    t.match(await run('schema', 'import', 'other.xsd', '--replace'), { code: 0, out: /^other\.xsd: replaced/ })
    const { sha256: now, from } = (await openReleases(dataFolder)).of('2.1', 'EU')
    t.strictSame([now, from], [sha256(files['other.xsd']), '2027-07-05'], 'the day stays')
    t.match((await events())[1], { detail: { replaces: sha256(ivi21Xsd) } })
    t.match(await run('schema', 'import', 'a.xsd', '--release', '2.1'), { code: 1, out: /XSD-008/ })
  })

  await t.test('a stand-in gives way, and a new release comes into force within twelve months', async (t) => {
    const uk = await run('schema', 'import', 'a.xsd', '--profile', 'UK', '--json')
    t.match(JSON.parse(uk.out), { state: 'imported', release: '2.0', profile: 'UK' })
    t.equal((await openReleases(dataFolder)).of('2.0', 'UK').standIn, false)
    const next = await run('schema', 'import', 'b.xsd', '--profile', 'UK', '--json')
    const today = new Date().toISOString()
    t.match(JSON.parse(next.out), { from: new RegExp(`^${Number(today.slice(0, 4)) + 1}-`) })
    t.match(await run('schema', 'import', 'a.xsd'), { code: 0 }, 'the same content as the product’s own')
    t.ok((await openReleases(dataFolder)).of('2.0', 'EU').sha256)
    t.strictSame((await openReleases(dataFolder)).of('2.0', 'EU').catalogue.version, ivi20.version)
  })

  await t.test('check, verify and base import name an IVI 1.x document as such', async (t) => {
    const xml = writeDocument(sampleBaseTree(sampleVin(703))).toString()
    await writeFile(
      join(folder, 'old.xml'),
      xml.replace('>2.0<', '>1.6<').replace(/xmlns="[^"]*"/, 'xmlns="urn:older"'),
    )
    const findings = [{ code: 'IVI-013', severity: 'error', message: /^This is IVI 1\.6/ }]
    const checked = await run('check', 'old.xml', '--unsigned', '--json')
    t.equal(checked.code, 1)
    t.match(JSON.parse(checked.out), [{ valid: false, findings }])
    t.equal((JSON.parse(checked.out) as { findings: unknown[] }[])[0]?.findings.length, 1)
    t.match(JSON.parse((await run('verify', 'old.xml', '--json')).out), { valid: false, findings })
    const based = await run('base', 'import', 'old.xml', '--json')
    t.match([based.code, JSON.parse(based.out)], [1, [{ ok: false, findings }]])
  })
})
