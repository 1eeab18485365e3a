import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { releasedMappers, storedMapper } from '../../../gateway/workbench/stored-mapper.ts'
import { boxBody, workbenchBench, type WorkbenchBench } from './bench.ts'

const change = async ({ mapperFolder }: WorkbenchBench, from: string | RegExp, to: string): Promise<void> => {
  const file = join(mapperFolder, 'sage-x3.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to))
}
const lengthUp = (bench: WorkbenchBench, round: string): Promise<void> =>
  change(bench, /Width: \{ field: WIDTH.*/, `Width: { field: WIDTH, unit: { from: m, to: mm }, round: ${round} }`)

test('a release keeps the exact text, its test results and what it changes, and the trail says so', async (t) => {
  const bench = await workbenchBench(t)
  const { workbench, tools, mapperFolder } = bench
  for (const i of [1, 2, 3]) {
    const vin = sampleVin(i)
    await bench.keep('sage-x3', vin, boxBody(vin, { WIDTH: i === 1 ? '2,2' : '2,2004' }))
  }
  t.equal(await workbench.release('sage-x3', 'kim', 'the first'), 1)
  const text = await readFile(join(mapperFolder, 'sage-x3.yaml'), 'utf8')
  const row = await tools.store.mapperReleases.get('sage-x3', 1)
  t.same(JSON.parse(row!.files), [{ yaml: text, variants: '' }])
  await t.rejects(workbench.release('sage-x3', 'kim', ''), { code: 'WRK-004' })

  await lengthUp(bench, 'up')
  await change(bench, "version: '1.0'", "version: '1.1'")
  // The test case expects 2200, so a changed rule is seen before it is released.
  await t.rejects(workbench.release('sage-x3', 'kim', ''), { code: 'WRK-005', message: /Width is 2201, not 2200/ })
  const tests = join(mapperFolder, 'sage-x3.tests.yaml')
  await writeFile(tests, (await readFile(tests, 'utf8')).replace("Width: '2200'", "Width: '2201'"))
  t.equal(await workbench.release('sage-x3', 'kim', 'wider'), 2)

  const { releases, runs, draft } = await workbench.describe('sage-x3')
  t.match(releases, [
    { number: 2, version: '1.1', releasedBy: 'kim', comment: 'wider', tests: [{ ok: true }, { ok: true }] },
    { number: 1, version: '1.0', difference: { records: 3, changed: 0 } },
  ])
  t.match(releases[0]!.difference, {
    records: 3,
    changed: 2,
    nowRefused: { records: 0 },
    elements: [{ element: 'Width', records: 2, added: 0, removed: 0, example: { from: '2200', to: '2201' } }],
  })
  t.match(runs, { from: 'file', version: '1.0' }, 'what runs is the file as it stood at the start')
  t.match(draft, { version: '1.1', problem: null })
  const events = await tools.store.events.of('sage-x3')
  t.match(
    events.map((e) => [e.type, e.actor]),
    [
      ['mapper.released', 'kim'],
      ['mapper.released', 'kim'],
    ],
  )
  t.match(events[1], { detail: /"number":2.*"changed":2/ })
})

test('where releases decide, a release runs at once and a roll back brings the earlier text back', async (t) => {
  const bench = await workbenchBench(t, { mappersRelease: 'released' })
  const { workbench, tools } = bench
  await workbench.release('sage-x3', 'kim', '')
  const first = tools.mappers.get('sage-x3')!
  await change(bench, "version: '1.0'", "version: '2.0'")
  t.equal(tools.mappers.get('sage-x3')?.version, '1.0', 'a file that is edited runs nothing')
  await workbench.release('sage-x3', 'kim', '')
  t.equal(tools.mappers.get('sage-x3')?.version, '2.0')
  t.equal(await workbench.rollBack('sage-x3', undefined, 'lee'), 3)
  t.match(tools.mappers.get('sage-x3'), { version: '1.0', sha256: first.sha256 })
  t.match((await workbench.describe('sage-x3')).releases[0], {
    number: 3,
    backTo: 1,
    releasedBy: 'lee',
    proposedBy: 'kim',
  })
  t.equal((await releasedMappers(tools.store, tools.releases.releases)).get('sage-x3')?.version, '1.0')
  await t.rejects(workbench.rollBack('sage-x3', 3, 'lee'), { code: 'WRK-010' })
  await t.rejects(workbench.rollBack('sage-x3', 9, 'lee'), { code: 'WRK-010' })
  await t.rejects(workbench.rollBack('chassis-json', undefined, 'lee'), { code: 'WRK-010' })
})

test('with four eyes nobody releases alone', async (t) => {
  const bench = await workbenchBench(t, { mappersRelease: 'released', fourEyes: true })
  const { workbench, tools } = bench
  await t.rejects(workbench.release('sage-x3', 'kim', ''), { code: 'WRK-006' })
  await t.rejects(workbench.approve('sage-x3', 'lee', ''), { code: 'WRK-007' })
  await t.rejects(workbench.propose('sage-x3', 'token:robot', ''), { code: 'WRK-009' }, 'nor does one propose')
  await workbench.propose('sage-x3', 'kim', 'please')
  const { proposal } = await workbench.describe('sage-x3')
  t.match(proposal, { proposedBy: 'kim', comment: 'please', tests: [{ ok: true }, { ok: true }] })
  const seen = proposal!.sha256
  await t.rejects(workbench.approve('sage-x3', 'kim', seen), { code: 'WRK-009' })
  await t.rejects(workbench.approve('sage-x3', 'token:robot', seen), { code: 'WRK-009' }, 'a machine is no person')

  // What is changed after it was shown is not what was approved.
  await change(bench, "version: '1.0'", "version: '1.1'")
  await workbench.propose('sage-x3', 'kim', '')
  await t.rejects(workbench.approve('sage-x3', 'lee', seen), { code: 'WRK-008' })
  await change(bench, "version: '1.1'", "version: '6.6'")
  const now = (await workbench.describe('sage-x3')).proposal!.sha256
  t.equal(await workbench.approve('sage-x3', 'lee', now), 1)
  t.equal(tools.mappers.get('sage-x3')?.version, '1.1', 'the text that was proposed, whatever the file says by then')
  t.match(await workbench.describe('sage-x3'), { proposal: null, releases: [{ proposedBy: 'kim', releasedBy: 'lee' }] })
})

test('a stored text that was changed is refused', async (t) => {
  const { workbench, tools } = await workbenchBench(t)
  await workbench.release('sage-x3', 'kim', '')
  const row = (await tools.store.mapperReleases.get('sage-x3', 1))!
  const files = row.files.replace('half-up', 'half-even')
  t.throws(() => storedMapper({ ...row, files }, tools.releases.releases), { code: 'WRK-003' })
  t.equal(storedMapper(row, tools.releases.releases).name, 'sage-x3')
})

test('a mapper that is wrong is shown with what is wrong, and is not released', async (t) => {
  const bench = await workbenchBench(t)
  await change(bench, 'Width: {', 'Widht: {')
  await t.rejects(bench.workbench.release('sage-x3', 'kim', ''), { code: 'MAP-004' })
  t.match((await bench.workbench.describe('sage-x3')).draft, { version: null, problem: /"Widht" is no element/ })
  const list = await bench.workbench.list()
  t.strictSame(
    list.map((m) => m.name),
    ['chassis-json', 's4-equipment', 'sage-x3'],
  )
  await t.rejects(bench.workbench.describe('sage-x4'), { code: 'WRK-002', message: /Did you mean "sage-x3"/ })
})

test('a table of variants beside the mapper is released with it', async (t) => {
  const { workbench, tools, mapperFolder } = await workbenchBench(t, { mappersRelease: 'released' })
  const file = join(mapperFolder, 's4-equipment.yaml')
  const csv = join(mapperFolder, 'variants.csv')
  const yaml = (await readFile(file, 'utf8')).replace(
    / {2}resolve:\n(?: {4}.*\n| {6}.*\n)+/,
    '  resolve: { csv: variants.csv }\n',
  )
  await writeFile(file, yaml)
  await writeFile(csv, 'AXLES;type;variant;version;from\n3;EXT9;SA3;V01;2026-01-01\n2;EXT9;SA2;V01;2026-01-01\n')
  await workbench.release('s4-equipment', 'kim', '')
  const before = tools.mappers.get('s4-equipment')!
  await writeFile(csv, 'AXLES;type;variant;version\n3;EXT9;SA3;V02\n')
  const again = (await releasedMappers(tools.store, tools.releases.releases)).get('s4-equipment')!
  t.match(again.files[0]!.variants, /SA2;V01/)
  t.equal(again.sha256, before.sha256)
})
