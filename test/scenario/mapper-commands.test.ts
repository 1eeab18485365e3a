import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { SandboxGateway } from '../support/sandbox-gateway.ts'

const samples = new URL('../../gateway/sandbox/samples/', import.meta.url).pathname

test('the commands around a mapper, beside a running gateway', async (t) => {
  const gateway = await SandboxGateway.make()
  t.teardown(() => gateway.remove())
  await gateway.start()
  const vin = sampleVin(601)
  await gateway.baseEcoc(vin)
  await gateway.drop('one.csv', sampleExport([vin]))
  await gateway.ecoc(vin, ['accepted'])
  const json = async (...args: string[]) => {
    const { code, out, err } = await gateway.cli(...args, '--json')
    return { code, value: JSON.parse(out || 'null'), err }
  }
  const file = (name: string): string => join(gateway.data, name)

  await t.test('contract writes the contract with the category of the latest vehicle, or an example', async (t) => {
    const plain = await gateway.cli('contract', '--mapper', 'sage-x3')
    t.equal(plain.code, 0)
    t.match(plain.out, '- Vehicles: category N2, completed')
    t.notMatch(plain.out, vin)
    const out = file('contract.html')
    const sample = join(samples, 'vehicles/s4-equipment-example.json')
    const html = await gateway.cli(
      ...[
        'contract',
        '--mapper',
        's4-equipment',
        '--format',
        'html',
        '--language',
        'fr',
        '--sample',
        sample,
        '--out',
        out,
      ],
    )
    t.equal(html.code, 0, html.err)
    t.match(await readFile(out, 'utf8'), /<html lang="fr">[^]*catégorie O4, complet[^]*<code>13685<\/code>/)
    t.equal((await gateway.cli('contract', '--mapper', 'sage-x4')).code, 2)
    t.equal((await gateway.cli('contract', '--mapper', 'sage-x3', '--format', 'pdf')).code, 2)
  })

  await t.test('preview shows each value, and fetches the base eCoC as the flow would', async (t) => {
    const other = sampleVin(602)
    await gateway.baseEcoc(other)
    await writeFile(file('two.csv'), sampleExport([other]))
    const { code, value } = await json('mapper', 'preview', file('two.csv'), '--mapper', 'sage-x3')
    t.match({ code, value }, { code: 0, value: [{ mapped: true, unmapped: [], unused: [], findings: [] }] })
    const text = await gateway.cli('mapper', 'preview', file('two.csv'), '--mapper', 'sage-x3')
    t.match(text.out, /Wheelbase = \d+ mm\n +WHEELBASE "\d,\d+" → WHEELBASE · m → mm/)
  })

  await t.test('test runs the cases beside the mapper', async (t) => {
    t.match(await json('mapper', 'test', 'sage-x3'), { code: 0, value: [{ ok: true }, { ok: true }] })
    t.match(await json('mapper', 'test', 'nobody'), { code: 2, err: /WRK-002/ })
  })

  await t.test('diff tells what another text would change on the latest records', async (t) => {
    const text = await readFile(join(samples, 'mappers/sage-x3.yaml'), 'utf8')
    await writeFile(file('next.yaml'), text.replace('Height: { field: HEIGHT,', 'Height: { field: WIDTH,'))
    t.match(await json('mapper', 'diff', 'sage-x3', file('next.yaml')), {
      code: 1,
      value: { nowRefused: { records: 0 }, elements: [{ element: 'Height' }] },
    })
    t.match(await json('mapper', 'diff', 'sage-x3', 'sage-x3@draft'), { code: 0, value: { changed: 0 } })
  })

  await t.test('release, releases and rollback keep the trail', async (t) => {
    t.match(await json('mapper', 'release', 'sage-x3', '--by', 'kim'), {
      code: 0,
      value: { number: 1, releasedBy: 'kim' },
    })
    t.match(await json('mapper', 'release', 'sage-x3'), { code: 2, err: /WRK-004/ })
    t.match(await json('mapper', 'rollback', 'sage-x3'), { code: 2, err: /WRK-010/ })
    t.match(await json('mapper', 'diff', 'sage-x3@1', 'sage-x3'), { code: 0 })
    t.match(await json('mapper', 'releases', 'sage-x3'), { code: 0, value: [{ number: 1, tests: [{ ok: true }, {}] }] })
    t.match(await json('audit', 'verify'), { code: 0 })
  })
})
