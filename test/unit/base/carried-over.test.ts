import { test } from 'tap'
import { checkPairing } from '../../../gateway/base/check-pairing.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { rowsOf, valueAt } from '../../../gateway/ivi/get-value.ts'
import { requirementOf } from '../../../gateway/ivi/coc/coc.ts'
import { at, build, chassis, extended, faultsOf, plainApproval, verdict } from '../drift/built-vehicle.ts'

const names = (node: unknown): string[] =>
  typeof node !== 'object' || node === null
    ? []
    : Object.entries(node).flatMap(([name, child]) =>
        Number.isInteger(Number(name)) ? names(child) : [name, ...names(child)],
      )

const ofCategory = (category: string) => extended((coc) => (coc['VehicleCategory'] = category))

test('what the new category’s certificate does not have is not carried over from the base', async (t) => {
  const heavy = chassis((coc) => (coc['VectoGroup'] = { ZeroEmissionHeavyDutyIndicator: 'N' }))
  for (const category of ['N1', 'N2', 'N3', 'M1', 'M2', 'M3']) {
    const { tree, provenance } = build({ base: heavy, approval: ofCategory(category) })
    const fromBase = Object.entries(provenance).flatMap(([path, source]) =>
      source === 'base' ? [path.split('/').at(-1)!] : [],
    )
    t.strictSame(
      fromBase.filter((name) => requirementOf(name, category, 'V') === 'absent'),
      [],
      category,
    )
    t.equal(names(tree).includes('VectoGroup'), !/1$/.test(category), `${category}: an empty group goes too`)
    t.equal(valueAt(tree, 'Wheelbase'), '3750')
  }
})

test('what the approval itself says off the form stays, and is refused', async (t) => {
  const wrong = extended((coc) => {
    coc['VehicleCategory'] = 'M1'
    coc['DimensionGroup'] = { ...(coc['DimensionGroup'] as IviTree), LengthLoadingArea: '4200' }
  })
  const model = build({ approval: wrong })
  t.equal(valueAt(model.tree, 'LengthLoadingArea'), '4200')
  t.ok(faultsOf(model).some((fault) => fault.includes('LengthLoadingArea')))
})

test('tables of the base stand in full in the completed document', async (t) => {
  const { tree } = build({})
  const base = chassis()
  for (const table of ['TowingBrakedTypeTrailTable', 'EnergyConvertorTable', 'MakeTable', 'FinalDriveVehicleTable'])
    t.strictSame(rowsOf(tree, table), rowsOf(base, table), table)
  t.equal(rowsOf(tree, 'AxleGroup').length, rowsOf(base, 'AxleGroup').length)
  for (const [i, axle] of rowsOf(tree, 'AxleGroup').entries())
    t.strictSame(rowsOf(axle, 'TyreAxleTable'), rowsOf(rowsOf(base, 'AxleGroup')[i]!, 'TyreAxleTable'))
})

/** The chassis after a second maker built a frame extension on it and left it incomplete. */
const secondStage = (): IviTree =>
  chassis((coc) => {
    const [first] = (coc['ManufacturerTable'] as IviTree)['ManufacturerGroup'] as IviTree[]
    ;(coc['ManufacturerTable'] as IviTree)['ManufacturerGroup'] = [
      first!,
      {
        ...first!,
        ManufacturerStageNumber: '2',
        ManufacturerName: 'Example Frames',
        PreviousStageTypeApprovalNumber: coc['TypeApprovalNumber'] as string,
        PreviousStageType: coc['Type'] as string,
        PreviousStageVariant: coc['Variant'] as string,
        PreviousStageVersion: coc['Version'] as string,
      },
    ]
    Object.assign(coc, { TypeApprovalNumber: 'e4*2018/858*99003*02', Type: 'EXF1', Variant: 'LONG', Version: '3' })
  })

test('I to I to V: the third stage names the second and repeats the first', async (t) => {
  const base = secondStage()
  const model = build({ base })
  t.equal(model.stage, 3)
  t.strictSame(faultsOf(model), [])
  t.strictSame(verdict(model, plainApproval, base), { outcome: 'fine', codes: [] })
  t.match(rowsOf(model.tree, 'ManufacturerGroup'), [
    { ManufacturerName: 'Example Chassis', PreviousStageType: undefined },
    { ManufacturerName: 'Example Frames', PreviousStageType: 'EXC5' },
    {
      ManufacturerName: 'Example Bodies',
      PreviousStageType: 'EXF1',
      PreviousStageTypeApprovalNumber: 'e4*2018/858*99003*02',
    },
  ])
  t.match(checkPairing(model.tree, chassis()), [{ code: 'BAS-PAIR-002' }], 'stage 1 is not its base')
})

test('C to V: a complete vehicle is altered', async (t) => {
  const base = chassis((coc) => {
    coc['StageOfCompletion'] = 'C'
    const mass = coc['MassGroup'] as IviTree
    mass['MassInRunningOrder'] = '2280'
    mass['ActualMass'] = '2300'
    delete mass['MassInRunningOrderIncomplete']
    delete mass['MinimumMassCompleted']
    for (const axle of [1, 2]) {
      const row = at(coc, 'AxleTable', axle)
      row['DistributionMassRunningOrderAxle'] = '1140'
      delete row['DistributionMassIncompleteAxle']
      delete row['MinimalPermissibleDistributionMassCompletedAxle']
    }
  })
  const model = build({ base })
  t.strictSame(faultsOf(model), [])
  t.strictSame(verdict(model, plainApproval, base), { outcome: 'fine', codes: [] }, '13 of the base and the body')
  const heavier = build({ base, fields: { MASS_RO: '2,980', MASS_ACT: '2,990' } })
  t.strictSame(verdict(heavier, plainApproval, base).codes, ['DRF-MASS-001'])
})
