import { test } from 'tap'
import { rowsOf, valueAt } from '../../../gateway/ivi/get-value.ts'
import { refusalOf, runSmall, smallMapper, smallVin } from '../../support/small-mapper.ts'

const baseOf = (values: object) => ({
  tree: { CocDataGroup: { VehicleIdentificationNumber: smallVin, DimensionGroup: { Length: '6000' }, ...values } },
})

test('a target holds for the categories and stages it names, in whatever order the file has them', async (t) => {
  const mapper = smallMapper(`
  Length: { constant: "7000", when: { category: [N2, N3], stage: V } }
  Width: { constant: "2000", when: { category: M1 } }
  Height: { constant: "3000", when: 'record.body == "BA"' }
  VehicleCategory: { expr: 'record.body == "BX" ? "M1" : "N2"' }
  StageOfCompletion: { constant: V }
`)
  const sizes = (body: string) => {
    const { tree } = runSmall(mapper, { body }).model!
    return ['Length', 'Width', 'Height'].map((name) => valueAt(tree, name))
  }
  t.strictSame(sizes('BA'), ['7000', undefined, '3000'])
  t.strictSame(sizes('BX'), [undefined, '2000', undefined])
})

test('a condition that cannot be judged is a finding, not a no', async (t) => {
  const mapper = smallMapper(`  Length: { constant: "7000", when: 'compare(record.mass, 1) > 0' }`)
  t.strictSame(
    runSmall(mapper, {}).findings.map((f) => f.code),
    ['MAP-102'],
  )
  t.equal(valueAt(runSmall(mapper, { mass: '2' }).model!.tree, 'Length'), '7000')
})

test('the base eCoC stays unless the record changes it', async (t) => {
  const mapper = smallMapper('  Length: { base: Length, unless: { field: mass, round: half-up } }')
  const length = (mass: string) => {
    const { model } = runSmall(mapper, { mass }, { base: baseOf({}) })
    return [
      valueAt(model!.tree, 'Length'),
      model!.provenance['/InitialVehicleInformation/CocDataGroup/DimensionGroup/Length'],
    ]
  }
  t.strictSame(length(''), ['6000', 'base'])
  t.strictSame(length('6100.4'), ['6100', 'record:mass'])
})

test('the first of several sources that has a value', async (t) => {
  const mapper = smallMapper(`
  Length:
    first:
      - { constant: "9000", when: 'record.body == "BX"' }
      - { field: mass, round: half-up, optional: true }
      - { base: Length }
`)
  const length = (fields: Record<string, string>) =>
    valueAt(runSmall(mapper, fields, { base: baseOf({}) }).model!.tree, 'Length')
  t.strictSame([length({ body: 'BX', mass: '1' }), length({ mass: '1' }), length({})], ['9000', '1', '6000'])
})

test('numbered columns become rows until one is empty, and a gap is a finding', async (t) => {
  const mapper = smallMapper(`
  AxleGroup:
    numbered:
      field: "AX{n}"
      number: AxleNumber
      row:
        TechnicallyPermissibleMassAxle: { field: "AX{n}", round: half-up }
        LiftAxleIndicator: { expr: 'compare(record.AX{n}, 1000) > 0 ? "N" : "Y"' }
  NumberOfAxles: { expr: size(out.AxleGroup) }
`)
  const { model } = runSmall(mapper, { AX1: '900', AX2: '2000' })
  t.strictSame(rowsOf(model!.tree, 'AxleGroup'), [
    { AxleNumber: '1', TechnicallyPermissibleMassAxle: '900', LiftAxleIndicator: 'Y' },
    { AxleNumber: '2', TechnicallyPermissibleMassAxle: '2000', LiftAxleIndicator: 'N' },
  ])
  t.equal(valueAt(model!.tree, 'NumberOfAxles'), '2')
  t.equal(
    model!.provenance['/InitialVehicleInformation/CocDataGroup/AxleTable/AxleGroup[2]/TechnicallyPermissibleMassAxle'],
    'record:AX2',
  )
  t.match(runSmall(mapper, { AX1: '900', AX3: '1' }).findings, [{ code: 'MAP-117', path: 'AX2' }])
  t.match(runSmall(mapper, {}).findings[0], { code: 'MAP-101', path: 'AX1' })
  const all = runSmall(mapper, { AX1: '1', AX2: '2', AX3: '3' }).model!.tree
  t.equal(rowsOf(all, 'AxleGroup').length, 3)
  const before = baseOf({ AxleTable: { AxleGroup: [{ AxleNumber: '1', AxleTrack: '1500' }] } })
  const takes = smallMapper(
    '  AxleGroup: { numbered: { field: "AX{n}", number: AxleNumber, row: {} } }',
    'take: { base: all }',
  )
  t.strictSame(rowsOf(runSmall(takes, { AX1: '1' }, { base: before }).model!.tree, 'AxleGroup'), [
    { AxleNumber: '1', AxleTrack: '1500' },
  ])
})

test('entries of a list are rows, with expressions over the entry and the record', async (t) => {
  const mapper = smallMapper(`
  AxleGroup:
    each:
      list: axles
      number: AxleNumber
      row:
        TechnicallyPermissibleMassAxle: { expr: 'mul(item.load, record.mass)' }
        LiftAxleIndicator: { expr: 'item.lift', optional: true }
`)
  const { model, findings } = runSmall(mapper, { mass: '1000', axles: [{ load: '1.2', lift: 'N' }, { load: '1.8' }] })
  t.strictSame(findings, [])
  t.strictSame(rowsOf(model!.tree, 'AxleGroup'), [
    { AxleNumber: '1', TechnicallyPermissibleMassAxle: '1200', LiftAxleIndicator: 'N' },
    { AxleNumber: '2', TechnicallyPermissibleMassAxle: '1800' },
  ])
})

test('targets that read each other are put in order', async (t) => {
  const mapper = smallMapper(`
  Height: { expr: 'add(out.Width, 1)' }
  Width: { expr: 'add(out.Length, 1)' }
  Length: { constant: "1000" }
`)
  const { tree } = runSmall(mapper, {}).model!
  t.strictSame(
    ['Length', 'Width', 'Height'].map((n) => valueAt(tree, n)),
    ['1000', '1001', '1002'],
  )
})

const refusals: readonly [map: string, parts: string, code: string, says: RegExp][] = [
  ['  Length: { expr: out.Length }', '', 'MAP-011', /Length → Length/],
  [
    '  Length: { expr: out.Width }\n  Width: { expr: out.Height }\n  Height: { expr: out.Length }',
    '',
    'MAP-011',
    /Length → Width → Height → Length/,
  ],
  ['  AxleGroup[*]/AxleTrack: { expr: "text(size(out.AxleGroup))" }', '', 'MAP-011', /AxleTrack/],
  ['  VehicleCategory: { constant: N2, when: { category: N2 } }', '', 'MAP-011', /VehicleCategory/],
  [
    '  Wheelbase: { expr: "text(size(out.AxleGroup))" }\n  AxleGroup: { each: { list: axles, row: {} } }\n  AxleGroup[*]/AxleSpacing: { spacing: Wheelbase }',
    '',
    'MAP-011',
    /Wheelbase/,
  ],
  ['', 'constants: { a: { expr: constants.b }, b: { expr: constants.a } }', 'MAP-011', /a → b → a/],
  ['', 'constants: { a: { expr: out.Length } }', 'MAP-005', /no "out"/],
  ['  Length: { constant: "1", when: { category: N9 } }', '', 'MAP-008', /"N9"/],
  ['  Length: { constant: "1", when: { categry: N2 } }', '', 'MAP-003', /categry/],
  ['  Length: { constant: "1", when: record.body }', '', 'MAP-012', /yes or no/],
  ['  Length: { first: [{ expr: record.bdy }] }', '', 'MAP-005', /body/],
  ['  Length: { field: body, table: bodies }', '', 'MAP-005', /bodies/],
  ['', 'tables: { bodies: { codes: { a: b } } }', 'MAP-002', /otherwise/],
  ['  AxleGroup: { numbered: { field: "AXE{n}", row: {} } }', '', 'MAP-005', /AXE1/],
  ['  AxleGroup: { numbered: { field: "AX", row: {} } }', '', 'MAP-002', /\{n\}/],
  ['  Length: { numbered: { field: "AX{n}", row: {} } }', '', 'MAP-006', /does not repeat/],
  ['  Length: { lookup: x, column: y }', '', 'MAP-005', /look-up "x"/],
]
for (const [map, parts, code, says] of refusals)
  test(`refused at load: ${(map || parts).trim().split('\n')[0]}`, async (t) => {
    const error = refusalOf(map, parts)
    t.equal(error.code, code, error.message)
    t.match(`${error.message} ${error.hint ?? ''}`, says)
  })
