import { test } from 'tap'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { readSample, sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'
import { loadMapper } from '../../../gateway/mapping/load-mapper.ts'
import { compareMappers } from '../../../gateway/workbench/compare-mappers.ts'
import { boxBody, workbenchBench } from './bench.ts'

test('two versions of a mapper differ in exactly what was changed, for exactly the records it concerns', async (t) => {
  const bench = await workbenchBench(t)
  const records = []
  for (let i = 1; i <= 25; i++) {
    const vin = sampleVin(i)
    const fields = boxBody(vin, {
      ...(i <= 5 ? { BODY: 'BA', WIDTH: '2,3' } : {}),
      ...(i === 25 ? { HEIGHT: '' } : {}),
    })
    await bench.keep('sage-x3', vin, fields)
    records.push({ vin, fields })
  }
  const before = sampleMapper('sage-x3')
  const text = readSample('mappers/sage-x3.yaml').toString()
  const after = loadMapper(
    text
      .replace('Width: { field: WIDTH,', 'Width: { field: WIDTH, when: \'record.BODY == "BB"\',')
      .replace('BODY: { type: code, values: [BA, BB,', 'BODY: { type: code, values: [BB,')
      .replace('{ field: BODY }', '{ field: BODY, codes: { BB: BC }, otherwise: BA }')
      .replace('HEIGHT: { type: decimal,', 'HEIGHT: { type: decimal, required: false,'),
    'after.yaml',
  )
  const found = await compareMappers(before, after, records, bench.tools)
  t.match(found, { records: 25, changed: 24, nowRefused: { records: 0 }, refusedByBoth: 0 })
  t.strictSame(
    found.elements.map(({ element, records, added, removed }) => [element, records, added, removed]),
    [
      ['CodeForBodywork', 19, 0, 0],
      ['Width', 5, 0, 0],
    ],
  )
  t.match(found.nowMapped, { records: 1, example: new RegExp(`^${sampleVin(25)}: MAP-101 `) })
  t.match(await compareMappers(after, before, records, bench.tools), {
    changed: 24,
    nowRefused: { records: 1, example: /MAP-101/ },
  })
  t.match(await compareMappers(before, before, records, bench.tools), { changed: 0, refusedByBoth: 1, elements: [] })
})
