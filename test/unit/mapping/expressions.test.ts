import { test } from 'tap'
import type { RecordFields } from '../../../gateway/contract/flow.ts'
import { valueAt } from '../../../gateway/ivi/get-value.ts'
import { refusalOf, runSmall, smallMapper } from '../../support/small-mapper.ts'

/** What an expression gives as a fact, which takes any text. */
const value = (expr: string, fields: RecordFields = {}, parts = '', format = 'json') => {
  const mapper = smallMapper('', `${parts}\nfacts:\n  x: { expr: ${JSON.stringify(expr)}, optional: true }`, format)
  const { model, findings } = runSmall(mapper, fields)
  return findings[0] ? findings[0].code : (model?.facts['x'] ?? null)
}

const record = {
  body: 'BA',
  mass: '2.945',
  made: '05.07.2026',
  chassis: { kind: 'L2', wheelbase: '3750' },
  axles: [{ load: '1200.5', lift: 'N' }, { load: '1800' }],
  'odd name': 'here',
}
const values: readonly [expr: string, result: string | null][] = [
  ['record.body == "BA" ? "01" : "03"', '01'],
  ['record.mass', '2.945'],
  ['mul(record.mass, 1000)', '2945'],
  ['add("0.1", "0.2")', '0.3'],
  ['sub(1, "0.9")', '0.1'],
  ['div(10, 3, 4)', '3.3333'],
  ['div(-10, "-3", 0, "up")', '4'],
  ['round("2.5", 0)', '3'],
  ['round("2.5", 0, "half-even")', '2'],
  ['convert(record.mass, "t", "kg")', '2945'],
  ['compare("9", "10") < 0 ? "less" : "more"', 'less'],
  ['record.made', '2026-07-05'],
  ['before(record.made, "2026-07-06") ? "Y" : "N"', 'Y'],
  ['date("20260705", "YYYYMMDD")', '2026-07-05'],
  ['dec("2.50")', '2.50'],
  ['dec("2,5", ",")', '2.5'],
  ['upper(trim("  ab ")) + lower("C")', 'ABc'],
  ['substr("ABCDEF", 2, 3)', 'CDE'],
  ['pad("7", 3, "0")', '007'],
  ['join(split("a/b/c", "/"), "-")', 'a-b-c'],
  ['size(record.axles)', '2'],
  ['sum(record.axles.map(a, a.load))', '3000.5'],
  ['size(record.axles.filter(a, a.lift == "N"))', '1'],
  ['record.axles.exists(a, compare(a.load, 1500) > 0) ? "heavy" : "light"', 'heavy'],
  ['record.axles[1].lift', null],
  ['record.chassis.kind + "/" + record.chassis.nothing', 'L2/'],
  ['record["odd name"]', 'here'],
  ['default(record.AX1, "none")', 'none'],
  ['has(record.AX1) ? "Y" : "N"', 'N'],
  ['has(record.body) && !empty(record.axles) ? "Y" : "N"', 'Y'],
  ['"has(x)" + "."', 'has(x).'],
  ['record.body in ["BB", "BA"] ? "Y" : "N"', 'Y'],
  ['record.body.startsWith("B") ? "Y" : "N"', 'Y'],
  ['1 + 2', '3'],
  ['""', null],
  // What has no value for this record is a finding.
  ['mul(record.body, 2)', 'MAP-102'],
  ['mul(record.AX1, 2)', 'MAP-102'],
  ['div(1, 0, 2)', 'MAP-116'],
  ['date(record.body, "DD.MM.YYYY")', 'MAP-103'],
  ['record.axles[5].load', 'MAP-116'],
  ['join(split("a", "/").map(x, record.axles), "/")', 'MAP-116'],
]
for (const [expr, result] of values) test(`the expression ${expr}`, async (t) => t.equal(value(expr, record), result))

test('a decimal comma and a declared date are read once, by their declaration', async (t) => {
  t.equal(value('mul(record.mass, 1000)', { mass: '2,945' }, '', 'csv'), '2945')
  t.equal(value('dec("2,5")', {}, '', 'csv'), '2.5')
})

test('one expression serves records of different shapes', async (t) => {
  const mapper = smallMapper(
    '',
    'facts: { x: { expr: "size(record.axles) > 0 ? text(record.axles[0].load) : record.body" } }',
  )
  const facts = (fields: RecordFields) => runSmall(mapper, fields).model?.facts['x']
  t.equal(facts({ body: 'BA' }), 'BA')
  t.equal(facts({ axles: [{ load: '7' }] }), '7')
  t.equal(facts({ body: 'BB', axles: [] }), 'BB')
})

test('a result goes through the checks of its element and says where it came from', async (t) => {
  const mapper = smallMapper(`  Length: { expr: 'mul(record.mass, "1000.4")', round: half-up }`)
  const { model } = runSmall(mapper, { mass: '2' })
  t.equal(valueAt(model!.tree, 'Length'), '2001')
  t.match(JSON.stringify(model!.provenance), /expr:mul\(record\.mass, \\"1000\.4\\"\)/)
  const codes = (expr: string, fields = {}) =>
    runSmall(smallMapper(`  Length: { expr: '${expr}' }`), fields).findings.map((f) => f.code)
  t.strictSame(codes('"x"'), ['MAP-102'])
  t.strictSame(codes('"1.5"'), ['MAP-105'])
  t.strictSame(codes('record.body'), ['MAP-101'])
  t.strictSame(codes('mul(record.mass, 1000000)', { mass: '100' }), ['MAP-106'])
})

test('a code table is asked by field and by expression, and says what it does with the rest', async (t) => {
  const parts = `tables:\n  colours: { codes: { RED: "3", BLUE: "5" }, otherwise: refuse }\n  bodies: { codes: { BA: "01" }, otherwise: { value: "99" } }`
  const mapper = smallMapper(`  ColourGroup[1]/Colour: { field: body, table: colours }`, parts)
  const { model } = runSmall(mapper, { body: 'RED' })
  t.equal(valueAt(model!.tree, 'Colour'), '3')
  t.match(JSON.stringify(model!.provenance), /record:body, table:colours/)
  t.strictSame(
    runSmall(mapper, { body: 'PINK' }).findings.map((f) => f.code),
    ['MAP-104'],
  )
  t.equal(value('code("colours", record.body)', { body: 'BLUE' }, parts), '5')
  t.equal(value('code("colours", record.body)', { body: 'PINK' }, parts), 'MAP-104')
  t.equal(value('code("bodies", record.body)', { body: 'PINK' }, parts), '99')
})

test('base eCoC, settings and constants can be read', async (t) => {
  const base = {
    tree: {
      CocDataGroup: {
        VehicleIdentificationNumber: 'EXZCHASS5NL000001',
        DimensionGroup: { Wheelbase: '3750' },
        AxleTable: { AxleGroup: [{ AxleNumber: '1', AxleSpacing: '3750' }, { AxleNumber: '2' }] },
      },
    },
  }
  const mapper = smallMapper(
    '',
    `constants: { plant: NL1, both: { expr: "constants.plant + settings.line" } }
facts:
  a: { expr: 'base.Wheelbase + "/" + base.AxleGroup[0].AxleSpacing + "/" + base.AxleGroup[1].AxleSpacing' }
  b: { expr: constants.both }
  c: { expr: size(base.AxleGroup) }`,
  )
  const { model, findings } = runSmall(mapper, {}, { base, settings: { line: 'X' } })
  t.strictSame(findings, [])
  t.strictSame(model!.facts, { a: '3750/3750/', b: 'NL1X', c: '2' })
  t.equal(runSmall(mapper, {}).findings[0]?.code, 'MAP-116', 'no base, so no first axle')
})

const refusals: readonly [expr: string, code: string, says: RegExp][] = [
  ['record.bdy', 'MAP-005', /no record\.bdy.*Did you mean "body"/],
  ['recrd.body', 'MAP-005', /Did you mean "record"/],
  ['body == "x" ? "a" : "b"', 'MAP-005', /no "body"/],
  ['base.Wheelbse', 'MAP-004', /Did you mean "Wheelbase"/],
  ['base.AxleSpacing', 'MAP-006', /AxleGroup\[0\]\.AxleSpacing/],
  ['ad("1", "2")', 'MAP-012', /Did you mean "add"/],
  ['code("bodis", record.body)', 'MAP-005', /no table "bodis"/],
  ['code(record.body, "x")', 'MAP-012', /in quotes/],
  ['constants.plnt', 'MAP-005', /plnt/],
  ['lookup.x.y', 'MAP-005', /lookup\.x/],
  ['convert(record.mass, "t", "kgg")', 'MAP-007', /"kgg".*Did you mean "kg"/],
  ['convert(record.mass, "t", "mm")', 'MAP-007', /same thing/],
  ['date(record.body, "DD.MM.YY")', 'MAP-007', /DD\.MM\.YY/],
  ['mul(record.mass, 0.5)', 'MAP-012', /in quotes/],
  ['record.mass > record.AX1 ? "a" : "b"', 'MAP-012', /compare\(a, b\)/],
  ['record.body == "BA"', 'MAP-012', /"Y" : "N"/],
  ['record.body && true ? "a" : "b"', 'MAP-012', /bool/],
  ['record.body == 5 ? "a" : "b"', 'MAP-012', /string == int/],
  ['mul(true, 2)', 'MAP-012', /overload/],
  ['record.axles', 'MAP-012', /list/],
  ['record.axles.map(a, a)', 'MAP-012', /list/],
  ['size(record.axles + record.axles)', 'MAP-012', /joins texts/],
  ['record.body.matches("(a+)+$") ? "a" : "b"', 'MAP-012', /matches/],
  ['record.body.upper()', 'MAP-012', /upper\(x/],
  ['cel.bind(x, "a", x + x)', 'MAP-012', /no \.bind/],
  ['timestamp("2026-01-01T00:00:00Z")', 'MAP-012', /timestamp/],
  ['{"a": "b"}["a"]', 'MAP-012', /no place/],
  ['record.body +', 'MAP-012', /./],
  ['"a" + '.repeat(600) + '"a"', 'MAP-012', /./],
  [`"${'x'.repeat(2100)}"`, 'MAP-012', /longer than 2000/],
  ['('.repeat(60) + '"a"' + ')'.repeat(60), 'MAP-012', /./],
  ['size(record.axles.map(a, record.axles.map(b, record.axles.map(c, "x"))))', 'MAP-012', /steps/],
]
for (const [expr, code, says] of refusals) {
  test(`refused at load: ${expr.slice(0, 60)}`, async (t) => {
    const error = refusalOf(`  Length: { expr: ${JSON.stringify(expr)} }`)
    t.equal(error.code, code, error.message)
    t.match(`${error.message} ${error.hint ?? ''}`, says)
    t.match(error.message, /^small\.yaml:2[67]:/)
  })
}

test('the longest loop that is allowed ends soon', async (t) => {
  const axles = Array.from({ length: 99 }, (_, i) => ({ load: String(i) }))
  const mapper = smallMapper(
    '',
    'facts: { x: { expr: "text(size(record.axles.filter(a, record.axles.exists(b, b.load == a.load + \\"!\\"))))" } }',
  )
  const start = performance.now()
  t.equal(runSmall(mapper, { axles }).model?.facts['x'], '0')
  t.ok(performance.now() - start < 1000)
  t.strictSame(
    runSmall(mapper, { axles: [...axles, { load: '1' }] }).findings.map((f) => f.code),
    ['MAP-109'],
  )
})

test('names of the prototype are no fields', async (t) => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    t.equal(refusalOf(`  Length: { expr: 'record.${name}' }`).code, 'MAP-005')
    t.equal(value(`record.chassis.${name}`, { chassis: { kind: 'x' } }), null)
  }
})
