import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/index.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { sampleApprovals, sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'
import { preview } from '../../../gateway/workbench/preview.ts'
import { smallMapper, smallVin } from '../../support/small-mapper.ts'
import { boxBody, workbenchBench } from './bench.ts'

test('every value of a document is shown from its source on', async (t) => {
  const bench = await workbenchBench(t)
  const vin = sampleVin(42)
  await bench.keep('sage-x3', vin, {})
  const shown = await bench.workbench.preview(sampleMapper('sage-x3'), boxBody(vin), 'en')
  t.match(shown, { mapped: true, vehicle: { vin, category: 'N2', stage: 'V' }, unmapped: [], unused: [] })
  t.strictSame(shown.findings, [], 'schema and rules have nothing to say')
  const at = (end: string) => shown.fields.find((f) => f.path.endsWith(end))
  t.match(at('/Length'), {
    item: '5',
    label: 'Length',
    source: 'record:LENGTH',
    read: [{ field: 'LENGTH', value: '6,7995' }],
    expression: 'LENGTH · m → mm · rounded half-up',
    value: '6800',
    unit: 'mm',
    required: 'required',
  })
  t.match(at('/AxleGroup[2]/DistributionMassRunningOrderAxle'), {
    source: 'rule:distribute',
    read: [{ value: '1,333' }, { value: '1,567' }],
  })
  t.match(at('/ManufacturerGroup[1]/ManufacturerName'), { source: 'base', expression: '' }, 'taken over')
  t.match(at('/ManufacturerGroup[2]/ManufacturerName'), { source: 'approval', expression: /^master data/ })
  t.match(at('/IviVersionNumber'), { source: 'engine', expression: '' })
  const order = shown.fields.map((f) => f.element)
  t.ok(order.indexOf('VehicleIdentificationNumber') < order.indexOf('Make'))
  t.ok(order.indexOf('IviVersionNumberXsd') < order.indexOf('VehicleIdentificationNumber'), 'as in the document')
})

test('what schema and rules find stands at the value that it is about', async (t) => {
  const bench = await workbenchBench(t)
  const vin = sampleVin(42)
  await bench.keep('sage-x3', vin, {})
  const shown = await bench.workbench.preview(sampleMapper('sage-x3'), boxBody(vin, { MASS_ACT: '9,9' }), 'en')
  const mass = shown.fields.find((f) => f.element === 'ActualMass')
  t.equal(mass?.value, '9900')
  t.ok(mass!.findings.some((f) => f.code.startsWith('CHK-')))
})

test('a record that cannot be mapped is shown as far as it goes, with what the form still needs', async (t) => {
  const bench = await workbenchBench(t)
  const vin = sampleVin(42)
  await bench.keep('sage-x3', vin, {})
  const shown = await bench.workbench.preview(
    sampleMapper('sage-x3'),
    boxBody(vin, { MASS_ACT: '', WIDTH: 'wide' }),
    'de',
  )
  t.match(shown, { mapped: false, findings: [{ code: 'MAP-102' }, { code: 'MAP-101' }] })
  t.strictSame(
    shown.unmapped.map((u) => [u.item, u.element, u.label, u.unit, u.by, u.suggestions[0]?.field]),
    // The base eCoC has a width of its own, as it may have.
    [['13.2', 'ActualMass', 'Tatsächliche Masse', 'kg', 'form', 'MASS_ACT']],
  )
  t.match(shown.fields.find((f) => f.element === 'Width')?.findings, [{ code: 'MAP-102' }])
  t.equal(shown.fields.find((f) => f.element === 'Height')?.value, '3050')
})

test('fields that nothing reads are named with what they may be, fields of lists one by one', async (t) => {
  const mapper = smallMapper(
    `
  VehicleCategory: { constant: N2 }
  StageOfCompletion: { constant: C }
  AxleGroup: { each: { list: axles, number: AxleNumber, row: { TechnicallyPermissibleMassAxle: { field: load } } } }
`,
    'facts: { body: { field: body } }',
  )
  const fields = {
    vin: smallVin,
    body: 'A',
    WB_MM: '3500',
    chassis: { laenge: '6800' },
    axles: [{ load: '1000', TRACK: '1700' }, { load: '1100' }],
  }
  const shown = preview({ mapper, fields, approval: undefined, base: undefined, settings: {}, language: 'en' })
  const unused = new Map(shown.unused.map((u) => [u.field, u]))
  t.notOk(unused.has('body') || unused.has('vin') || unused.has('axles[].load') || unused.has('axles'))
  t.match(unused.get('axles[].TRACK')?.suggestions[0], { element: 'AxleTrack' })
  t.match(unused.get('chassis.laenge'), { value: '6800', declared: true })
  t.match(unused.get('WB_MM'), {
    declared: false,
    suggestions: [{ element: 'Wheelbase', line: 'Wheelbase: { field: WB_MM }' }],
  })
  t.match(unused.get('mass'), { declared: true, value: '' }, 'declared and not in the record')
  t.match(
    shown.unmapped.find((u) => u.element === 'Wheelbase'),
    { by: 'form', suggestions: [{ field: 'WB_MM', score: 100 }] },
  )
  const second = shown.unmapped.find((u) => u.path.includes('AxleGroup[2]/'))
  t.ok(second, 'tables are asked row by row')
})

test('without a category only the schema asks', async (t) => {
  const shown = preview({
    mapper: smallMapper(''),
    fields: { vin: smallVin },
    approval: sampleApprovals()[0],
    base: undefined,
    settings: {},
    language: 'en',
  })
  t.equal(shown.vehicle.category, null)
  t.ok(shown.unmapped.length > 0)
  t.ok(shown.unmapped.every((u) => u.by === 'schema'))
})

test('a preview changes nothing of what it is handed', async (t) => {
  const fields = { vin: smallVin }
  const base: { tree: IviTree } = { tree: { Header: { DesignatedTypeApprovalCountry: 'e4' } } }
  const before = JSON.stringify([fields, base])
  preview({ mapper: smallMapper(''), fields, approval: undefined, base, settings: {}, language: 'fr' })
  t.equal(JSON.stringify([fields, base]), before)
})

test('of numbered columns each row shows its own', async (t) => {
  const mapper = smallMapper(`
  AxleGroup:
    numbered:
      field: AX{n}
      number: AxleNumber
      row: { TechnicallyPermissibleMassAxle: { field: 'AX{n}', unit: { from: t, to: kg } } }`)
  const fields = { vin: smallVin, AX1: '2', AX2: '3' }
  const shown = preview({ mapper, fields, approval: undefined, base: undefined, settings: {}, language: 'en' })
  const read = shown.fields.filter((f) => f.element === 'TechnicallyPermissibleMassAxle').map((f) => f.read)
  t.strictSame(read, [[{ field: 'AX1', value: '2' }], [{ field: 'AX2', value: '3' }]])
})
