import { test } from 'tap'
import { valueAt } from '../../../gateway/ivi/get-value.ts'
import { refusalOf, runSmall, smallMapper, smallVin } from '../../support/small-mapper.ts'

const parts = `
constants: { plant: NL1 }
lookups:
  paints: { csv: paints.csv, key: 'constants.plant + "-" + record.body', keyColumn: CODE, columns: [COLOUR, LENGTH] }`
const map = `
  ColourGroup[1]/Colour: { lookup: paints, column: COLOUR }
  Length: { expr: 'mul(lookup.paints.LENGTH, 10)', optional: true }`
const mapper = smallMapper(map, parts)

test('a mapper says what is to be looked up, and by which key', async (t) => {
  t.strictSame(mapper.lookups, [
    {
      name: 'paints',
      csv: 'paints.csv',
      delimiter: ';',
      encoding: 'utf-8',
      keyColumn: 'CODE',
      columns: ['COLOUR', 'LENGTH'],
    },
  ])
  t.strictSame(mapper.lookupKeys({ vin: smallVin, body: 'R3' }), [{ name: 'paints', key: 'NL1-R3' }])
  t.strictSame(smallMapper('').lookupKeys({ vin: smallVin }), [])
})

test('what was found is a source and a variable, and says where it came from', async (t) => {
  const { model, findings } = runSmall(mapper, { body: 'R3' }, { lookups: { paints: { COLOUR: '3', LENGTH: '600' } } })
  t.strictSame(findings, [])
  t.equal(valueAt(model!.tree, 'Colour'), '3')
  t.equal(valueAt(model!.tree, 'Length'), '6000')
  t.match(JSON.stringify(model!.provenance), /lookup:paints\.COLOUR/)
})

test('what was not found, or does not fit, is a finding', async (t) => {
  t.match(runSmall(mapper, { body: 'R3' }).findings, [
    { code: 'MAP-120', path: 'lookup:paints.COLOUR' },
    { code: 'MAP-102' },
  ])
  const lookups = { paints: { COLOUR: 'pink', LENGTH: '1' } }
  t.strictSame(
    runSmall(mapper, {}, { lookups }).findings.map((f) => f.code),
    ['MAP-107'],
  )
})

const refusals: readonly [map: string, parts: string, code: string, says: RegExp][] = [
  ['  Colour: { lookup: paint, column: COLOUR }', parts, 'MAP-006', /ColourGroup/],
  ['  ColourGroup[1]/Colour: { lookup: paint, column: COLOUR }', parts, 'MAP-005', /"paints"/],
  ['  ColourGroup[1]/Colour: { lookup: paints, column: COLOR }', parts, 'MAP-005', /"COLOUR"/],
  ['  Length: { expr: lookup.paints.LENGHT }', parts, 'MAP-005', /"LENGTH"/],
  ['', parts.replace('record.body', 'record.bdy'), 'MAP-005', /"body"/],
  ['', parts.replace('record.body', 'lookup.paints.COLOUR'), 'MAP-005', /no "lookup"/],
  ['', parts.replace('paints.csv', '../paints.csv'), 'MAP-002', /without folder/],
]
for (const [m, p, code, says] of refusals)
  test(`refused at load: ${m.trim() || p.trim()}`, async (t) => {
    const error = refusalOf(m, p)
    t.equal(error.code, code, error.message)
    t.match(`${error.message} ${error.hint ?? ''}`, says)
  })
