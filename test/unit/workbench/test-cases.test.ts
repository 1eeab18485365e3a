import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import { sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'
import { runTests, testFileOf } from '../../../gateway/workbench/run-tests.ts'
import { workbenchBench } from './bench.ts'

test('the samples pass the test cases beside them', async (t) => {
  const { tools, mapperFolder } = await workbenchBench(t)
  for (const name of ['sage-x3', 'chassis-json', 's4-equipment'] as const) {
    const results = await runTests(sampleMapper(name), testFileOf(join(mapperFolder, `${name}.yaml`)), tools)
    t.ok(results.length > 0, name)
    t.strictSame(
      results.filter((r) => !r.ok),
      [],
      name,
    )
  }
})

test('a test case that does not hold says what came out instead', async (t) => {
  const { tools, mapperFolder } = await workbenchBench(t)
  const file = join(mapperFolder, 'chassis-json.tests.yaml')
  const record =
    "{ orderNumber: A, vin: EXZCHASS5NL000101, type: EXC5, variant: CC50D, version: D3750, manufactured: '2026-05-04', released: 'true', massIncomplete: '2280', axles: [{ mass: '1240' }, { mass: '1040' }] }"
  const expecting = async (expect: string): Promise<readonly string[]> => {
    await writeFile(file, `tests:\n  - name: one\n    record: ${record}\n    expect: ${expect}\n`)
    const [result] = await runTests(sampleMapper('chassis-json'), file, tools)
    return result?.problems ?? ['none']
  }
  t.strictSame(await expecting('{ elements: { StageOfCompletion: I } }'), [])
  t.match(await expecting('{ elements: { MassInRunningOrderIncomplete: 2281 } }'), [
    'MassInRunningOrderIncomplete is 2280, not 2281.',
  ])
  t.match(await expecting('{ elements: { Widht: 1 } }'), [/Did you mean "Width"/])
  t.match(await expecting('{ elements: { Colour: 1 } }'), [/ColourGroup/], 'a row must be named')
  t.match(await expecting('{ absent: [StageOfCompletion] }'), ['StageOfCompletion is I, where nothing is expected.'])
  t.match(await expecting("{ mapped: 'false' }"), ['It is mapped.'])
  t.match(await expecting('{ findings: [MAP-101] }'), ['The findings are none, not MAP-101.'])
  t.match(await expecting('{ facts: { orderNumber: B } }'), ['The fact orderNumber is A, not B.'])
  await t.rejects(expecting('{ element: {} }'), { code: 'MAP-003', message: /tests\.yaml:4: "element" .*"elements"/ })
})

test('a mapper without test cases has no results, and a file that is named must be there', async (t) => {
  const { tools, mapperFolder } = await workbenchBench(t)
  t.strictSame(await runTests(sampleMapper('sage-x3'), join(mapperFolder, 'nothing.tests.yaml'), tools), [])
  const file = join(mapperFolder, 'sage-x3.tests.yaml')
  await writeFile(file, 'approvals: [nowhere.yaml]\ntests: [{ name: a, record: { VIN: x }, expect: {} }]\n')
  await t.rejects(runTests(sampleMapper('sage-x3'), file, tools), { code: 'WRK-001' })
})
