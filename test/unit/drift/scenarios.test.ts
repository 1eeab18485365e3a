import { test } from 'tap'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { valueAt } from '../../../gateway/ivi/get-value.ts'
import { at, build, chassis, extended, faultsOf, group, plainApproval, verdict } from './built-vehicle.ts'

const laden = (kg: string) => (coc: IviTree) => (group(coc, 'MassGroup')['TechnicallyPermissibleMaximumLadenMass'] = kg)

const towing = (combination: string) => (coc: IviTree) => {
  const row = (kind: IviTree, masses: IviTree): IviTree => ({
    ...kind,
    BodyworkTypeTable: { BodyworkTypeGroup: [masses] },
  })
  coc['TowingBrakedTypeTrailTable'] = {
    TowingBrakedTypeTrailGroup: [
      row({ BrakedTypeTrail: 'UNB' }, { TechnicallyPermissibleMaximumTowableMass: '750' }),
      row({ BrakedTypeTrail: 'BRK' }, { BodyworkTypeTrailer: 'DC', TechnicallyPermissibleMaximumTowableMass: '3500' }),
      row({}, { TechnicallyPermissibleMaximumCombinationMass: combination }),
    ],
  }
}

test('the sample vehicle is fine', async (t) => {
  const model = build({})
  t.strictSame(faultsOf(model), [])
  t.strictSame(verdict(model, plainApproval), { outcome: 'fine', codes: [] })
})

test('down-plating from N2 to N1 with 3.5 t', async (t) => {
  const covering = extended((coc) => {
    coc['VehicleCategory'] = 'N1'
    laden('3500')(coc)
    towing('7000')(coc)
    // What the certificate of N1 has and that of N2 has not; the rest that N2 alone has is not carried over.
    coc['ColourTable'] = { ColourGroup: [{ Colour: '9' }] }
    coc['EcoInnovationsFittedIndicator'] = 'N'
    coc['AxleTable'] = {
      AxleGroup: [
        { AxleNumber: '1', AxleTrack: '1720' },
        { AxleNumber: '2', AxleTrack: '1650' },
      ],
    }
    delete group(coc, 'DimensionGroup')['RearOverhang']
  })
  const model = build({ approval: covering })
  t.strictSame(faultsOf(model), [])
  t.strictSame(verdict(model, covering), {
    outcome: 'sign-off',
    codes: ['DRF-CAT-001', 'DRF-PERM-001', 'DRF-PERM-001'],
  })
  const without = verdict(model, plainApproval)
  t.equal(without.outcome, 'refused')
  t.ok(without.codes.includes('DRF-CAT-002'))
  // The box leaves 3 500 kg less what is aboard: with a mass of 3 400 kg two passengers have no place.
  const heavy = build({ approval: covering, fields: { MASS_ACT: '3,400' } })
  t.match(verdict(heavy, covering), {
    outcome: 'refused',
    codes: ['DRF-CAT-001', 'DRF-PERM-001', 'DRF-PERM-001', 'DRF-LEGAL-004'],
  })
})

test('down-plating by the maker’s own will, inside the category', async (t) => {
  const approval = extended((coc) => {
    laden('4500')(coc)
    towing('8000')(coc)
  })
  const model = build({ approval })
  t.strictSame(faultsOf(model), [])
  t.strictSame(verdict(model, approval), { outcome: 'sign-off', codes: ['DRF-PERM-001', 'DRF-PERM-001'] })
  const registered = build({
    approval,
    change: (coc) => {
      group(coc, 'InServiceMaximumMassTable')['InServiceMaximumMassGroup'] = [
        { InServiceMaximumPermissibleMassCountry: 'NL', InServiceMaximumPermissibleLadenMass: '5000' },
      ]
    },
  })
  t.match(verdict(registered, approval), {
    outcome: 'refused',
    codes: ['DRF-PERM-001', 'DRF-PERM-001', 'DRF-LEGAL-003'],
  })
})

test('up-rating', async (t) => {
  const covering = extended(laden('5500'))
  const model = build({ approval: covering })
  t.strictSame(faultsOf(model), [])
  t.strictSame(verdict(model, covering), { outcome: 'sign-off', codes: ['DRF-PERM-002'] })
  t.strictSame(verdict(model, plainApproval), { outcome: 'refused', codes: ['DRF-PERM-003'] })
  t.strictSame(verdict(model, undefined), { outcome: 'refused', codes: ['DRF-PERM-003'] })

  // The emission values of the base hold up to 5 200 kg: then only an approval with values of its own helps.
  const window = (coc: IviTree) =>
    (coc['AllowedParameterValuesMultistageGroup'] = { AllowedTechnicallyPermissibleMaximumLadenMass: '5200' })
  t.strictSame(verdict(model, covering, chassis(window)), {
    outcome: 'refused',
    codes: ['DRF-PERM-002', 'DRF-LIM-005'],
  })
  const tested = extended((coc) => {
    laden('5500')(coc)
    coc['AllowedParameterValuesMultistageGroup'] = { AllowedTechnicallyPermissibleMaximumLadenMass: '5500' }
  })
  t.strictSame(verdict(model, tested, chassis(window)), { outcome: 'sign-off', codes: ['DRF-PERM-002', 'DRF-LIM-006'] })
})

/** A third axle that is not driven, 1.3 m behind the second. */
const tagAxle = (coc: IviTree): void => {
  Object.assign(group(coc, 'GeneralConstructionGroup'), { NumberOfAxles: '3', NumberOfWheels: '8' })
  const rows = (coc['AxleTable'] as IviTree)['AxleGroup'] as IviTree[]
  const [, second] = rows
  rows.push({
    ...structuredClone(second!),
    AxleNumber: '3',
    TwinWheelsAxleIndicator: 'N',
    PoweredAxleIndicator: 'N',
    TechnicallyPermissibleMassAxle: '1500',
    DistributionMassRunningOrderAxle: '300',
  })
  second!['AxleSpacing'] = '1300'
  second!['DistributionMassRunningOrderAxle'] = String(Number(second!['DistributionMassRunningOrderAxle']) - 300)
}

test('a tag axle is added', async (t) => {
  const covering = extended((coc) => {
    group(coc, 'GeneralConstructionGroup')['NumberOfAxles'] = '3'
    coc['AxleTable'] = { AxleGroup: [{ AxleNumber: '3', TechnicallyPermissibleMassAxle: '1500' }] }
  })
  const model = build({ change: tagAxle, facts: { axleLoad3: '300' } })
  t.strictSame(faultsOf(model), [])
  t.strictSame(verdict(model, covering), { outcome: 'sign-off', codes: ['DRF-AXLE-001'] })
  t.strictSame(verdict(model, plainApproval), { outcome: 'refused', codes: ['DRF-AXLE-002', 'DRF-PERM-003'] })
  const loaded = build({ change: tagAxle, facts: { axleLoad3: '1501' } })
  t.match(verdict(loaded, covering), { outcome: 'refused', codes: ['DRF-AXLE-001', 'DRF-LEGAL-002'] })
})

for (const [what, WHEELBASE, mm] of [
  ['cut', '3,500', '3500'],
  ['extended', '4,100', '4100'],
] as const)
  test(`the wheelbase is ${what}, and the axle spacing follows`, async (t) => {
    const model = build({ fields: { WHEELBASE } })
    t.equal(valueAt(model.tree, 'AxleSpacing'), mm)
    t.strictSame(faultsOf(model), [])
    t.strictSame(verdict(model, plainApproval), { outcome: 'sign-off', codes: ['DRF-WB-001'] })
    const narrow = extended(() => undefined, { wheelbaseMin: '3700', wheelbaseMax: '3800' })
    t.strictSame(verdict(model, narrow), { outcome: 'refused', codes: ['DRF-WB-002'] })
    const forgotten = build({
      fields: { WHEELBASE },
      change: (coc) => (at(coc, 'AxleTable', 1)['AxleSpacing'] = '3750'),
    })
    t.strictSame(verdict(forgotten, plainApproval).codes, ['DRF-WB-001', 'DRF-WB-003'])
  })

test('an axle spacing that moves by itself is for a person', async (t) => {
  const model = build({ change: (coc) => (at(coc, 'AxleTable', 1)['AxleSpacing'] = '3760') })
  t.strictSame(verdict(model, plainApproval), { outcome: 'sign-off', codes: ['DRF-WB-004'] })
})

test('a van becomes a motor caravan (N1 to M1)', async (t) => {
  const van = chassis((coc) => {
    coc['VehicleCategory'] = 'N1'
    laden('3500')(coc)
  })
  const covering = extended((coc) => {
    coc['VehicleCategory'] = 'M1'
    group(coc, 'GeneralConstructionGroup')['NumberOfSeatingPositionsIncludingDriver'] = '4'
    at(coc, 'BodyworkTable', 1)['SpecialPurposeDesignation'] = 'SA'
  })
  const camper = build({ approval: covering, base: van })
  t.strictSame(verdict(camper, covering, van), { outcome: 'sign-off', codes: ['DRF-CAT-001'] })
  t.equal(verdict(camper, plainApproval, van).outcome, 'refused')
  t.ok(verdict(camper, plainApproval, van).codes.includes('DRF-CAT-002'))
  // A special-purpose vehicle may be 5 % off: 2 880 kg expected, 3 024 kg at most.
  const heavier = (MASS_RO: string, MASS_ACT: string) =>
    build({ approval: covering, base: van, fields: { MASS_RO, MASS_ACT } })
  t.strictSame(verdict(heavier('3,024', '3,024'), covering, van).codes, ['DRF-CAT-001'])
  t.strictSame(verdict(heavier('3,025', '3,025'), covering, van).codes, ['DRF-CAT-001', 'DRF-MASS-001'])
  // 3 passengers of 75 kg and 10 kg for each of 4 people and 6.8 m are 333 kg: 3 167 kg is the most it may weigh.
  t.strictSame(verdict(heavier('2,880', '3,167'), covering, van).outcome, 'sign-off')
  t.strictSame(verdict(heavier('2,880', '3,168'), covering, van), {
    outcome: 'refused',
    codes: ['DRF-CAT-001', 'DRF-LEGAL-004'],
  })
  // Seats taken out and furniture built in: what is removed and added counts like the body.
  const rebuilt = build({ approval: covering, base: van, facts: { equipmentMass: '250', removedMass: '250' } })
  t.strictSame(verdict(rebuilt, covering, van).codes, ['DRF-CAT-001'])
})

test('demountable bodies: any of them is expected, the heaviest must be lawful', async (t) => {
  const model = build({})
  const bodies = { bodyMassMin: '400', bodyMassMax: '700' }
  const other = Object.fromEntries(Object.entries(model.facts).filter(([name]) => name !== 'bodyMass'))
  const exchanged = (facts: Record<string, string>) => ({ ...model, facts: { ...other, ...facts } })
  t.strictSame(verdict(exchanged(bodies), plainApproval), { outcome: 'fine', codes: [] })
  t.strictSame(verdict(exchanged({ bodyMassMin: '700', bodyMassMax: '900' }), plainApproval).codes, ['DRF-MASS-001'])
  const nominal = extended(() => undefined, bodies)
  t.strictSame(verdict(exchanged({}), nominal), { outcome: 'fine', codes: [] }, 'the approval may name them')
  // 2 905 kg with a body of 600 kg: with one of 2 546 kg it weighs 4 851 kg, and two passengers are too many.
  t.strictSame(verdict({ ...model, facts: { ...model.facts, bodyMassMax: '2545' } }, plainApproval).outcome, 'fine')
  t.strictSame(verdict({ ...model, facts: { ...model.facts, bodyMassMax: '2546' } }, plainApproval), {
    outcome: 'refused',
    codes: ['DRF-LEGAL-004'],
  })
})

test('a value outside the range of the approval is refused', async (t) => {
  const ranged = extended(() => undefined, { rearOverhangMin: '1900', rearOverhangMax: '2000' })
  t.strictSame(verdict(build({}), ranged), { outcome: 'refused', codes: ['DRF-RANGE-001'] })
  const wide = extended(() => undefined, { rearOverhangMin: '1900', rearOverhangMax: '2050' })
  t.strictSame(verdict(build({}), wide), { outcome: 'fine', codes: [] })
})
