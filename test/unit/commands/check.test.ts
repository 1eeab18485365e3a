import { truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { checkFiles } from '../../../gateway/check-files/check-files.ts'
import type { FileCheckOptions } from '../../../gateway/check-files/file-check.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { change, sample } from '../checks/rules-sample.ts'
import { runIn } from './command-fixture.ts'

const bad = writeDocument(change(sample(), { 'MassGroup/ActualMass': '7501' }))

test('check names item, label and what to do, in the language asked for', async (t) => {
  const folder = await tempFolder(t)
  await writeFile(join(folder, 'bad.xml'), bad)
  const check = (...argv: string[]) => runIn(folder, undefined, 'check', 'bad.xml', '--only', 'rules', ...argv)
  const [en, de] = [await check(), await check('--language', 'de')]
  t.match(en, { code: 1, out: /^bad\.xml: NOT valid\n/ })
  t.match(
    en.out,
    /error {3}CHK-MASS-002 {3}13\.2 \S.*\n {10}\S.*7501.*\n {10}\/InitialVehicleInformation\/.*\/ActualMass/,
  )
  t.match(de.out, /^bad\.xml: NICHT gültig\n/)
  const line = (out: string): string => out.split('\n').find((text) => text.includes('7501')) ?? ''
  t.not(line(de.out), line(en.out))
  t.match(await check('--language', 'es'), { code: 2, err: /--language is one of en, de, fr/ })
  const [{ findings }] = JSON.parse((await check('--json', '--language', 'fr')).out)
  const mass = findings.find((finding: { code: string }) => finding.code === 'CHK-MASS-002')
  t.match(mass, { layer: 'rules', message: /7501 kg/, params: { item: '13.2' } })
  t.match(mass.text, /7501 kg/)
  t.not(mass.text, mass.message)
})

test('more threads give the same results in the same order', async (t) => {
  const cwd = await tempFolder(t)
  const good = writeDocument(sample())
  const files = Array.from({ length: 40 }, (_, i) => `${i}.xml`)
  for (const [i, file] of files.entries()) if (i !== 7) await writeFile(join(cwd, file), i % 3 === 0 ? bad : good)
  const options: FileCheckOptions = {
    parts: ['schema', 'rules'],
    unsigned: true,
    trustAnchors: [],
    switches: [],
    dataFolder: '/nonexistent',
    today: '2026-11-22',
    cwd,
  }
  const one = await checkFiles(files, options, 1)
  t.same(await checkFiles(files, options, 2), one)
  t.equal(one.length, files.length)
  t.match(one[7], { isRead: false, findings: [{ code: 'CLI-002' }] })
})

test('a file larger than any document is refused without being read', async (t) => {
  const folder = await tempFolder(t)
  await writeFile(join(folder, 'good.xml'), writeDocument(sample()))
  await writeFile(join(folder, 'large.xml'), '')
  // More than a process can read at once, and no more than a hole on the disk.
  await truncate(join(folder, 'large.xml'), 3_000_000_000)
  const { code, out } = await runIn(folder, undefined, 'check', 'large.xml', 'good.xml', '--only', 'rules', '--json')
  t.equal(code, 1)
  const [large, good] = JSON.parse(out)
  t.match(large, { file: 'large.xml', valid: false, findings: [{ code: 'XML-SIZE', message: /3000000000 bytes/ }] })
  t.match(good, { file: 'good.xml' })
})
