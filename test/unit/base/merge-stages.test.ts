import { test } from 'tap'
import { mergeStages } from '../../../gateway/base/merge-stages.ts'
import type { Finding } from '../../../gateway/contract/finding.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { valueAt, valuesAt } from '../../../gateway/ivi/get-value.ts'
import { stage } from './chain-sample.ts'

const dimensions = (values: IviTree) => (coc: IviTree) => (coc['DimensionGroup'] = values)
const axles = (...limits: string[]): IviTree => ({
  AxleGroup: limits.map((kg, i) => ({ AxleNumber: String(i + 1), TechnicallyPermissibleMassAxle: kg })),
})
const coc = '/InitialVehicleInformation/CocDataGroup'
const elements = (warnings: readonly Finding[]) => warnings.map(({ code, params }) => `${code} ${params?.['element']}`)

test('single fields are overlaid in stage order, tables are replaced in full', async (t) => {
  const first = stage(1, 'I', (c) => {
    dimensions({ Wheelbase: '4000', Width: '2100' })(c)
    c['AxleTable'] = axles('2000', '3000', '3000')
  })
  const second = stage(2, 'I', dimensions({ Wheelbase: '4200' }))
  const third = stage(3, 'V', (c) => {
    dimensions({ Length: '7000' })(c)
    c['AxleTable'] = axles('2100', '3100')
  })
  const before = JSON.stringify([first, second, third])
  const { tree, origin } = mergeStages([first, second, third])
  t.equal(valueAt(tree, 'Wheelbase'), '4200')
  t.equal(valueAt(tree, 'Width'), '2100')
  t.equal(valueAt(tree, 'Length'), '7000')
  t.strictSame(valuesAt(tree, 'TechnicallyPermissibleMassAxle'), ['2100', '3100'])
  t.match(origin, {
    [`${coc}/DimensionGroup/Wheelbase`]: 2,
    [`${coc}/DimensionGroup/Width`]: 1,
    [`${coc}/DimensionGroup/Length`]: 3,
    [`${coc}/AxleTable`]: 3,
    [`${coc}/Type`]: 3,
  })
  t.equal(JSON.stringify([first, second, third]), before, 'the documents stay as they are')
})

test('what only an incomplete vehicle has survives, and each such field is warned of', async (t) => {
  const first = stage(1, 'I', (c) => {
    dimensions({ Wheelbase: '4000', MaximumPermissibleLength: '8000' })(c)
    c['MassGroup'] = { MassInRunningOrderIncomplete: '2280', TechnicallyPermissibleMaximumLadenMass: '5000' }
    c['AllowedParameterValuesMultistageGroup'] = { AllowedActualMass: '3500' }
  })
  const { tree, warnings } = mergeStages([first, stage(2, 'V', dimensions({ Length: '7000' }))])
  t.equal(valueAt(tree, 'MaximumPermissibleLength'), '8000')
  t.strictSame(elements(warnings), [
    'BAS-MERGE-001 MaximumPermissibleLength',
    'BAS-MERGE-001 MassInRunningOrderIncomplete',
  ])
  t.match(warnings[0], {
    severity: 'warning',
    path: `${coc}/DimensionGroup/MaximumPermissibleLength`,
    params: { stage: 1 },
  })
})

test('a field that the new category does not have is warned of', async (t) => {
  const first = stage(1, 'C', (c) => (c['ColourTable'] = { ColourGroup: [{ Colour: '4' }] }))
  const of = (category: string) => mergeStages([first, stage(2, 'V', (c) => (c['VehicleCategory'] = category))])
  t.notSame(elements(of('M2').warnings), [], 'colour is only on M1 and N1')
  t.strictSame(elements(of('M1').warnings), [])
})

test('a value that a later stage gives in another form is warned of', async (t) => {
  const first = stage(1, 'I', dimensions({ Length: '6000', WidthAdjustableMin: '2000', WidthAdjustableMax: '2400' }))
  const second = stage(2, 'V', dimensions({ LengthAdjustableMin: '6000', LengthAdjustableMax: '7000', Width: '2500' }))
  t.strictSame(elements(mergeStages([first, second]).warnings), [
    'BAS-MERGE-002 Length',
    'BAS-MERGE-002 WidthAdjustableMin',
    'BAS-MERGE-002 WidthAdjustableMax',
  ])
  const ranges = stage(2, 'V', dimensions({ WidthAdjustableMax: '2500' }))
  const merged = mergeStages([first, ranges]).warnings
  t.notOk(
    elements(merged).some((text) => text.startsWith('BAS-MERGE-002')),
    'the ends of a range are one form',
  )
})

test('a rule that only the merged vehicle breaks is warned of', async (t) => {
  const check = (tree: IviTree): Finding[] => [
    { code: 'CHK-X-001', layer: 'rules', severity: 'error', path: `${coc}/Always`, message: 'In each.' },
    ...(valueAt(tree, 'Wheelbase') && valueAt(tree, 'Length')
      ? [{ code: 'CHK-X-002', layer: 'rules', severity: 'error', path: `${coc}/Both`, message: 'Both.' } as const]
      : []),
  ]
  const chain = [stage(1, 'C', dimensions({ Wheelbase: '4000' })), stage(2, 'V', dimensions({ Length: '7000' }))]
  t.match(mergeStages(chain, undefined, check).warnings, [{ code: 'BAS-MERGE-003', params: { rule: 'CHK-X-002' } }])
  t.equal(mergeStages(chain, undefined, check).warnings.length, 1)
})

test('one document is the vehicle as it is, none is nothing', async (t) => {
  const only = stage(1, 'I', dimensions({ MaximumPermissibleLength: '8000' }))
  t.strictSame(mergeStages([only]).tree, only)
  t.strictSame(mergeStages([only]).warnings, [])
  t.strictSame(mergeStages([]), { tree: {}, origin: {}, warnings: [] })
})
