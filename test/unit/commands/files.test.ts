import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { makeFolder, writeOutput } from '../../../gateway/commands/arguments.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleExport, sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { openSandbox } from './command-fixture.ts'

const lines = (bytes: Buffer): string[] => bytes.toString('latin1').split('\r\n')

test('files of the command line', async (t) => {
  const { folder, data, run } = await openSandbox(t)
  await writeFile(join(folder, 'bad.xml'), '<a><b></a>')
  const spooled = async (): Promise<number> =>
    (await data.tools.store.events.from(0, 1000)).filter((e) => e.type === 'file.taken').length

  await t.test('one that cannot be read has its result in its place, and the others are checked', async (t) => {
    const missing = { findings: [{ code: 'CLI-002', severity: 'error', layer: 'input' }] }
    const checked = await run('check', 'bad.xml', 'missing.xml', 'bad.xml', '--unsigned', '--json')
    t.match(checked, { code: 3, err: /CLI-002 missing\.xml/ })
    t.match(JSON.parse(checked.out), [
      { file: 'bad.xml', valid: false, findings: [{ code: 'XML-FORM' }] },
      { file: 'missing.xml', valid: false, ...missing },
      { file: 'bad.xml', valid: false, findings: [{ code: 'XML-FORM' }] },
    ])
    t.match(await run('check', 'missing.xml', 'bad.xml', '--unsigned'), {
      code: 3,
      out: /missing\.xml: NOT valid[^]*bad\.xml: NOT valid/,
    })
    for (const command of ['base', 'approval']) {
      const imported = await run(command, 'import', 'missing.xml', 'bad.xml', '--json')
      t.equal(imported.code, 3, command)
      t.match(JSON.parse(imported.out), [
        { file: 'missing.xml', ok: false, ...missing },
        { file: 'bad.xml', ok: false },
      ])
      t.notMatch((JSON.parse(imported.out) as unknown[])[1], missing, 'the other has findings of its own')
      t.equal((await run(command, 'import', 'bad.xml')).code, 1)
    }
  })

  await t.test('run takes nothing when one of its files cannot be read', async (t) => {
    await writeFile(join(folder, 'one.csv'), sampleExport([sampleVin(701)]))
    const ran = await run('run', 'one.csv', 'missing.csv', '--mapper', 'sage-x3', '--json')
    t.match(ran, { code: 3, out: '', err: /CLI-002 missing\.csv/ })
    t.equal(await spooled(), 0)
  })

  await t.test('run says what is wrong with a whole file as an entry of its own', async (t) => {
    await writeFile(join(folder, 'empty.csv'), `${lines(sampleExport([]))[0]}\r\n`, 'latin1')
    const ran = await run('run', 'empty.csv', '--mapper', 'sage-x3', '--json')
    t.equal(ran.code, 1, ran.err)
    t.equal(await spooled(), 1)
    const [entry, ...more] = JSON.parse(ran.out) as { findings: unknown[] }[]
    t.same(more, [])
    t.match(entry, { recordKey: null, vin: null, ecocId: null, state: 'refused', line: 0, receipt: null })
    t.match(entry?.findings, [{ code: 'INB-001', layer: 'input', severity: 'error', message: /^empty\.csv: / }])
    t.match(await run('run', 'empty.csv', '--mapper', 'sage-x3'), { code: 1, out: '', err: /^empty\.csv: / })
  })

  await t.test('what cannot be written is named', async (t) => {
    const beneath = join(folder, 'bad.xml', 'out')
    const mapped = await run('map', 'one.csv', '--mapper', 'sage-x3', '--out', beneath)
    t.match(mapped, { code: 3, err: /CLI-003 .*bad\.xml\/out cannot be written/ })
    const refused = { code: 'CLI-003', kind: 'operational', message: new RegExp(`^${beneath}`) }
    await t.rejects(writeOutput(beneath, Buffer.from('x'), folder), refused)
    await t.rejects(writeOutput('bad.xml/out', Buffer.from('x'), folder), refused, 'relative to where it was called')
    await t.rejects(makeFolder(beneath), refused)
  })

  await t.test('a signed document or a base eCoC that cannot be written is named too', async (t) => {
    const vin = sampleVin(702)
    await writeFile(join(folder, 'unsigned.xml'), writeDocument(sampleBaseTree(vin)))
    const refused = await run('sign', 'unsigned.xml', '--out', 'bad.xml/signed.xml')
    t.match(refused, { code: 3, err: /CLI-003 .*bad\.xml\/signed\.xml cannot be written/ })
    t.match(await run('sign', 'unsigned.xml', '--out', 'signed.xml'), { code: 0 })
    t.match(await run('base', 'import', 'signed.xml', 'missing.xml'), { code: 3, out: /^signed\.xml: imported/ })
    await writeFile(join(folder, 'data', 'retrieved'), '')
    t.match(await run('retrieve', vin), { code: 3, err: /CLI-003 .*data\/retrieved cannot be written/ })
    await rm(join(folder, 'data', 'retrieved'))
    t.match(await run('retrieve', vin), { code: 0 })
  })
})
