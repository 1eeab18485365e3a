import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { createRules } from '../../../gateway/checks/run-rules.ts'
import { loadMappers } from '../../../gateway/config/load-mappers.ts'
import type { IviTree, RecordFields } from '../../../gateway/contract/index.ts'
import { makeEnrichment } from '../../../gateway/enrichment/make-enrichment.ts'
import { importApprovals } from '../../../gateway/flow/import-approvals.ts'
import { importSchema } from '../../../gateway/flow/import-schema.ts'
import { ReleaseBook } from '../../../gateway/flow/release-book.ts'
import type { Work } from '../../../gateway/flow/step.ts'
import { checksStep } from '../../../gateway/flow/steps/checks-step.ts'
import { documentStep } from '../../../gateway/flow/steps/document-step.ts'
import { mappingStep } from '../../../gateway/flow/steps/mapping-step.ts'
import { routingStep } from '../../../gateway/flow/steps/routing-step.ts'
import type { Tools } from '../../../gateway/flow/tools.ts'
import { valueAt } from '../../../gateway/ivi/get-value.ts'
import { sampleApprovals } from '../../../gateway/sandbox/samples/sample-files.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { ivi21Xsd } from '../ivi/ivi-21.ts'
import { flowBench } from './flow-tools.ts'

const samples = new URL('../../../gateway/sandbox/samples/', import.meta.url)
const sample = (file: string): string => readFileSync(new URL(file, samples), 'utf8')
const mapper = sample('mappers/chassis-json.yaml')
/** The same mapper for the invented release 2.1, which asks for one element more of every axle. */
const mapper21 = mapper
  .replace("ivi: '2.0'", "ivi: '2.1'")
  .replace(
    '        DistributionMassIncompleteAxle:',
    '        AxleLoadClass: { constant: N }\n        DistributionMassIncompleteAxle:',
  )

const [vehicle] = [JSON.parse(sample('vehicles/chassis-example.json'))].flat() as RecordFields[]

const bench = async (t: Parameters<typeof flowBench>[0], mappers: Record<string, string>) => {
  const made = await flowBench(t)
  const folder = await tempFolder(t)
  await mkdir(join(folder, 'mappers'))
  const tools = { ...made.tools, dataFolder: folder } as Tools
  const releases = await ReleaseBook.open(folder)
  Object.assign(tools, { releases, enrichment: makeEnrichment({ folder }) })
  const imported = await importSchema(
    Buffer.from(ivi21Xsd),
    { profile: 'EU', version: '2.1', from: '2027-07-01', replace: false },
    'ada',
    tools,
  )
  for (const [name, yaml] of Object.entries(mappers)) await writeFile(join(folder, 'mappers', name), yaml)
  const rules = await createRules()
  Object.assign(tools, {
    rules: (tree: IviTree) => rules.check(tree),
    mappers: await loadMappers(join(folder, 'mappers'), releases.releases),
    routingTable: { environment: 'sandbox', accessPoints: [], rules: [], otherwise: 'nap' },
    accessPoints: new Map([['nap', { name: 'nap', environment: 'sandbox' }]]),
  })
  await importApprovals(sampleApprovals(), 'ada', 'base', tools)
  /** One vehicle made on that day, through the pure stages. */
  const make = async (day: string): Promise<Work> => {
    const work = await made.claimed({ mapper: 'chassis-json' })
    const fields = { ...vehicle, manufactured: day } as RecordFields
    const of: Work = { ...work, fields, made: {} }
    for (const step of [mappingStep, routingStep, documentStep, checksStep]) {
      await step.load?.(of, tools)
      const result = step.run(of, tools)
      if (result.rest) throw new Error(`${step.name}: ${result.rest.code ?? ''} ${result.rest.reason ?? ''}`)
    }
    return of
  }
  return { imported, make, tools }
}

test('through a changeover both releases are made side by side, each checked against its own schema', async (t) => {
  const { imported, make, tools } = await bench(t, { 'a.yaml': mapper, 'b.yaml': mapper21 })
  t.match(imported, { state: 'imported', release: '2.1', findings: [] })
  t.equal(tools.mappers.size, 1, 'one mapper, a file for each release')
  const before = await make('2027-06-30')
  const after = await make('2027-07-01')
  const stated = ({ made }: Work): string | undefined => valueAt(made.document?.tree ?? {}, 'IviVersionNumberXsd')
  t.same([stated(before), stated(after)], ['2.0', '2.1'])
  t.notMatch(before.made.document?.bytes.toString(), 'AxleLoadClass')
  t.match(after.made.document?.bytes.toString(), '<AxleLoadClass>N</AxleLoadClass>')
})

test('a mapper that fits the new release needs no second file, and one that does not is held by its schema', async (t) => {
  const { make } = await bench(t, { 'a.yaml': mapper })
  t.ok((await make('2027-06-30')).made.document)
  await t.rejects(make('2027-07-01'), { message: /checks: SCH-MISSING .*AxleLoadClass/ })
})

test('a mapper for a release that is not here is refused', async (t) => {
  await t.rejects(bench(t, { 'a.yaml': mapper21.replace("'2.1'", "'2.2'") }), { code: 'MAP-014' })
})

test('two files of one mapper read the same input', async (t) => {
  const other = mapper21.replace('maxLength: 40', 'maxLength: 39')
  await t.rejects(bench(t, { 'a.yaml': mapper, 'b.yaml': other }), { code: 'CFG-006' })
})

test('a schema of another IVI, or one that would bring an older release back, is not taken in', async (t) => {
  const { tools } = await bench(t, {})
  const take = (version: string, from?: string) =>
    importSchema(
      Buffer.from(ivi21Xsd.replaceAll('"2.1"', `"${version}"`)),
      { profile: 'EU', version, from, replace: false },
      'ada',
      tools,
    )
  const codes = async (version: string, from?: string) => (await take(version, from)).findings.map(({ code }) => code)
  t.same(await codes('1.11', '2028-01-01'), ['XSD-010'])
  t.same(await codes('3.0', '2028-01-01'), ['XSD-010'])
  t.same(await codes('2.2', '2027-06-30'), ['XSD-011'], 'newer, but before 2.1')
  t.same(await codes('2.1', '2025-08-31'), ['XSD-011'], 'moved before 2.0')
  t.match(await take('2.2', '2027-07-01'), { state: 'imported' }, 'on one day the newest counts')
  t.equal(tools.releases.releases.forDate('2027-07-01', 'EU').version, '2.2')
  t.same(await codes('2.1', '2027-07-02'), ['XSD-011'], 'moved after 2.2')
  t.match(
    tools.releases.releases.all.filter(({ profile }) => profile === 'EU'),
    [{ version: '2.0' }, { version: '2.1', from: '2027-07-01' }, { version: '2.2' }],
    'what was refused changed nothing',
  )
})
