import fc from 'fast-check'
import { test } from 'tap'
import type { DecodedRow, InboxRecord, InputLayout, RecordFields } from '../../../gateway/contract/index.ts'
import { checkRow, isRefused } from '../../../gateway/inbox/check-row.ts'

const field = (name: string, type: InputLayout['fields'][number]['type'], required = true) => ({ name, type, required })
const layout: InputLayout = {
  format: 'csv',
  csv: { delimiter: ';', encoding: 'utf-8', decimal: ',' },
  fields: [
    field('VIN', 'vin'),
    field('MASS', 'decimal'),
    { ...field('DATE', 'date', false), format: 'DD.MM.YYYY' },
    field('NOTE', 'text', false),
    field('BODY', 'object', false),
    field('AXLES', 'list', false),
  ],
  recordKey: ['VIN', '=2'],
  vin: 'VIN',
}
const vin = 'XEB35N2CCT0100001'
const row = (fields: RecordFields, over: Partial<DecodedRow> = {}): DecodedRow => ({
  line: 7,
  cells: ['as', 'it', 'stood'],
  fields: { VIN: vin, MASS: '2,45', ...fields },
  ...over,
})
const check = (fields: RecordFields): InboxRecord => {
  const checked = checkRow(row(fields), layout)
  if (isRefused(checked)) throw Object.assign(new Error('refused'), checked)
  return checked
}
const codes = (fields: RecordFields): string[] => {
  const checked = checkRow(row(fields), layout)
  return isRefused(checked) ? checked.problems.map((p) => `${p.field} ${p.code}`) : []
}

test('a good row is a record under its key, with its fields as they stood', async (t) => {
  const record = check({ MASS: '2,450', UNKNOWN: 'kept' })
  t.match(record, { line: 7, vin, recordKey: `${vin}/2`, fields: { MASS: '2,450', UNKNOWN: 'kept' } })
  t.match(record.contentSha256, /^[0-9a-f]{64}$/)
})

test('a refused row says everything that is wrong with it, and how it stood', async (t) => {
  t.same(checkRow(row({ VIN: 'short', MASS: 'heavy', DATE: '31.04.2026' }), layout), {
    line: 7,
    vin: undefined,
    cells: ['as', 'it', 'stood'],
    problems: [
      { code: 'INB-025', field: 'VIN', value: 'short', message: 'A VIN has 17 characters, this has 5.' },
      {
        code: 'INB-021',
        field: 'MASS',
        value: 'heavy',
        message: 'This is no decimal number. Write it like 2,45, without thousands signs.',
      },
      { code: 'INB-023', field: 'DATE', value: '31.04.2026', message: 'This is no date of the form DD.MM.YYYY.' },
    ],
  })
  t.match(checkRow(row({ MASS: '' }), layout), { vin }, 'the VIN helps to find it, where there is one')
  t.match(checkRow(row({ VIN: '=cmd' }), layout), { vin: undefined })
})

test('a row that the codec could not read is refused for that reason alone', async (t) => {
  const problem = { code: 'INB-010', field: '', value: '3', message: 'too few cells' }
  const checked = checkRow(row({ MASS: 'heavy' }, { problem }), layout)
  t.match(checked, { problems: [problem], vin })
})

test('parts of a record are what they are declared to be', async (t) => {
  t.same(codes({ BODY: { KIND: 'BA' }, AXLES: [{ MASS: '1' }] }), [])
  t.same(codes({ BODY: '', AXLES: '' }), [], 'what is null or missing')
  t.same(codes({ BODY: [], AXLES: {} }), ['BODY INB-029', 'AXLES INB-029'])
  t.same(codes({ BODY: 'text', MASS: { KG: '1' } }), ['MASS INB-029', 'BODY INB-029'])
  t.same(codes({ BODY: { DEEP: [{ NOTE: 'a\0b' }] } }), ['BODY INB-030'])
})

test('rows that say the same are the same, however they say it', async (t) => {
  const base = check({ MASS: '2,45', DATE: '18.11.2026', BODY: { KIND: 'BA', DOORS: '2' } }).contentSha256
  const same = { MASS: '+02,4500', DATE: '18.11.2026', NOTE: '', BODY: { DOORS: '2', KIND: 'BA' }, UNKNOWN: 'x' }
  t.equal(check(same).contentSha256, base)
  t.match(checkRow(row(same, { line: 99, cells: [] }), layout), { contentSha256: base }, 'in whatever line')
  for (const other of [
    { ...same, MASS: '2,46' },
    { ...same, DATE: '' },
    { ...same, NOTE: '2,45' },
    { ...same, BODY: { KIND: 'BA', DOORS: '3' } },
    { ...same, BODY: { KIND: 'BA' } },
    { ...same, AXLES: [{ A: '1' }, { A: '2' }] },
    { ...same, AXLES: [{ A: '2' }, { A: '1' }] },
  ])
    t.not(check(other).contentSha256, base, JSON.stringify(other))
  t.not(
    check({ AXLES: [{ A: '1' }, { A: '2' }] }).contentSha256,
    check({ AXLES: [{ A: '2' }, { A: '1' }] }).contentSha256,
    'the order of rows says something',
  )
})

test('two records have one hash exactly when every value is the same', async () => {
  const value = fc.record({
    whole: fc.nat({ max: 3 }),
    cents: fc.constantFrom('', ',5', ',50', ',500', ',05'),
    note: fc.constantFrom('', 'a', 'a ', 'b', '1', '1,50'),
    date: fc.constantFrom('', '01.02.2026', '02.01.2026'),
  })
  type Value = typeof value extends fc.Arbitrary<infer V> ? V : never
  const hash = (v: Value): string => check({ MASS: `${v.whole}${v.cents}`, NOTE: v.note, DATE: v.date }).contentSha256
  const meaning = (v: Value): string =>
    JSON.stringify([Number(`${v.whole}${v.cents.replace(',', '.')}`), v.note, v.date])
  fc.assert(
    fc.property(value, value, (a, b) => (hash(a) === hash(b)) === (meaning(a) === meaning(b))),
    { numRuns: 500 },
  )
})
