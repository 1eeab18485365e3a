import type { Dice } from './dice.ts'
import type { Plan } from './plan.ts'
import type { Scene } from './scene.ts'
import type { Drive, Vehicle } from './vehicle.ts'

/** Codes of EnergySource. */
const petrol = '10'
const diesel = '20'
const lpg = '30'
const gas = '40'
const ethanol = '60'
const hydrogen = '55'
const electricity = '95'

interface Machine {
  readonly principle: 'INTPI' | 'INTCI' | 'ELECT'
  readonly sources: readonly string[]
}

const motor: Machine = { principle: 'ELECT', sources: [electricity] }
const machines: Readonly<Record<Drive, readonly Machine[]>> = {
  petrol: [{ principle: 'INTPI', sources: [petrol] }],
  diesel: [{ principle: 'INTCI', sources: [diesel] }],
  'bi-fuel': [{ principle: 'INTPI', sources: [petrol, lpg] }],
  'flex-fuel': [{ principle: 'INTPI', sources: [petrol, ethanol] }],
  'dual-fuel': [{ principle: 'INTCI', sources: [diesel, gas] }],
  electric: [motor],
  'electric-two-motors': [motor, motor],
  'plug-in hybrid': [{ principle: 'INTPI', sources: [petrol] }, motor],
  hybrid: [{ principle: 'INTPI', sources: [petrol] }, motor],
  'fuel cell': [{ principle: 'ELECT', sources: [electricity, hydrogen] }],
}

const fuelTypes: Readonly<Partial<Record<Drive, string>>> = { 'bi-fuel': 'B', 'flex-fuel': 'F', 'dual-fuel': 'D' }
const hybridClasses: Readonly<Partial<Record<Drive, readonly string[]>>> = {
  'plug-in hybrid': ['OVC-HEV'],
  hybrid: ['NOVC-HEV'],
  'fuel cell': ['OVC-FCHV', 'NOVC-FCHV'],
}
const familyValues: Readonly<Record<string, string>> = {
  IP: 'IP-0196-ABC',
  RL: 'RL-0076-ABC',
  RM: 'RM-0001-ABC',
  ATCT: 'AT-0085-ABC',
  EV: 'EV-0004-ABC',
  PR: 'PR-0001-ABC',
  PEMS: '6-ABC-44-6',
  OM: 'any',
}

const emissionTests = [
  'TestTypeIGroup',
  'TestTypeIIGroup',
  'TestNrscGroup',
  'TestWhscGroup',
  'TestNrtcGroup',
  'TestWhtcGroup',
  'TestRdeGroup',
  'TestWltpType1Group',
  'TestWltpCo2Group',
  'TestWltpFuelConsumptionGroup',
  'SmokeCorrectedAbsorptionCoefficient',
  'MaximumAcceptableAmountPercentageBiofuel',
]
const electricTests = ['TestWltpElectricRangeGroup', 'TestWltpEnergyConsumptionGroup']
const externalValues: Readonly<Record<string, readonly string[]>> = {
  TestWltpElectricRangeGroup: [
    'EquivalentAllElectricOffVehicleChargingRange',
    'EquivalentAllElectricOffVehicleChargingRangeCity',
    'AllElectricOffVehicleChargingRange',
    'AllElectricOffVehicleChargingRangeCity',
  ],
  TestWltpEnergyConsumptionGroup: ['Low', 'Medium', 'High', 'ExtraHigh', 'City', 'Combined', 'WeightedCombined'].map(
    (phase) => `EnergyConsumptionExternallyCharged${phase}`,
  ),
}

const without = (names: readonly string[]): Plan => Object.fromEntries(names.map((name) => [name, undefined]))
/** Groups in which nothing may stand that only charging from outside has. */
const notCharged = (): Plan =>
  Object.fromEntries(
    Object.entries(externalValues).map(([group, names]) => [group, without(names.map((name) => `Wltp${name}`))]),
  )

const power = (isElectric: boolean, kilowatts: number): Plan =>
  isElectric
    ? {
        MaximumNetPowerCombustion: undefined,
        Maximum30MinutesPower: (kilowatts * 0.75).toFixed(2),
        MaximumNetPowerElectric: kilowatts.toFixed(1),
      }
    : {
        MaximumNetPowerCombustion: String(kilowatts),
        Maximum30MinutesPower: undefined,
        MaximumNetPowerElectric: undefined,
      }

const source = (dice: Dice, vehicle: Vehicle, code: string, isCharged: boolean): Plan => {
  const isElectric = code === electricity
  const families = dice.some(Object.keys(familyValues), 1, 3)
  return {
    EnergySource: code,
    PowerMassRatio: (Math.floor((vehicle.power * 100) / vehicle.running) / 100).toFixed(2),
    SoundLevelGroup: { SoundLevelStationary: String(dice.whole(60, 90)), SoundLevelDriveBy: `${dice.whole(60, 80)}.0` },
    PowerGroup: power(isElectric, vehicle.power),
    ...(isElectric ? { ...without(emissionTests), ...(isCharged ? {} : notCharged()) } : without(electricTests)),
    TestFamilyIdentifiersTable: {
      TestFamilyIdentifiersGroup: families.map((family) => ({
        TestFamilyIdentifier: family,
        TestFamilyIdentifierValue: familyValues[family],
      })),
    },
  }
}

const capacityOf = (dice: Dice, { category, profile }: Vehicle, principle: string): number =>
  principle === 'INTCI' && /^L[26]e/.test(category) ? dice.whole(50, 499) : dice.whole(...profile.capacity)

const convertor = (dice: Dice, vehicle: Vehicle, { principle, sources }: Machine, isCharged: boolean): Plan => ({
  WorkingPrinciple: principle,
  ...(principle === 'ELECT'
    ? without(['CombustionCycle', 'NumberOfCylinders', 'ArrangementCylinders', 'EngineCapacity'])
    : { EngineCapacity: String(capacityOf(dice, vehicle, principle)) }),
  EnergySourceTable: { EnergySourceGroup: sources.map((code) => source(dice, vehicle, code, isCharged)) },
  AdditionalEnergySourceTable:
    principle !== 'ELECT' && dice.chance(0.3)
      ? { AdditionalEnergySourceGroup: [{ AdditionalEnergySource: '44' }, { AdditionalEnergySource: '90' }] }
      : undefined,
})

const hybridPlan = (letter: string, drive: Drive, hybridClass: string | undefined): Plan => {
  if (letter !== 'L') return { ClassHybridVehicle: hybridClass }
  const isElectric = drive.startsWith('electric')
  return {
    ElectricVehicleConfiguration: isElectric ? 'PUREE' : hybridClass === undefined ? undefined : 'HYBRE',
    CategoryHybridElectricVehicle: hybridClass?.split('-')[0],
  }
}

/** What drives the vehicle: engines, motors, their energy and the tests of it. */
export const planEnergy = ({ vehicle, dice, maybe }: Scene): Plan => {
  const { drive, letter } = vehicle
  if (drive === undefined)
    return {
      EnergyConvertorTable: undefined,
      PureElectricVehicleIndicator: undefined,
      EcoInnovationsFittedIndicator: undefined,
      ConsolidatedMaximum30MinutesPower: undefined,
      ConsolidatedMaximumNetPowerElectric: undefined,
      ClassHybridVehicle: undefined,
      ElectricVehicleConfiguration: undefined,
      FuelType: undefined,
      DualFuelType: undefined,
    }
  const isElectric = drive.startsWith('electric')
  const classes = hybridClasses[drive]
  const hybridClass = classes && dice.pick(classes)
  const isCharged = isElectric || hybridClass?.startsWith('OVC') === true
  const several = drive === 'electric-two-motors'
  const isEco = dice.chance(0.3)
  return {
    EnergyConvertorTable: {
      EnergyConvertorGroup: machines[drive].map((machine) => convertor(dice, vehicle, machine, isCharged)),
    },
    PureElectricVehicleIndicator: isElectric ? 'Y' : 'N',
    ConsolidatedMaximum30MinutesPower: several ? String(vehicle.power * 1.5) : undefined,
    ConsolidatedMaximumNetPowerElectric: several ? maybe(String(vehicle.power * 2)) : undefined,
    ...hybridPlan(letter, drive, hybridClass),
    FuelType: isElectric ? undefined : (fuelTypes[drive] ?? 'M'),
    DualFuelType: drive === 'dual-fuel' ? dice.pick(['Type 1A', 'Type 2B']) : undefined,
    EcoInnovationsFittedIndicator: isEco ? 'Y' : 'N',
    EcoInnovationsTable: isEco ? {} : undefined,
    MaximumAssistanceSpeed: String(dice.whole(15, 25)),
    MaximumSpeed: String(dice.whole(...vehicle.profile.speed)),
  }
}
