import type { RuleCase } from './rule-case.ts'
import type { Change } from './rules-sample.ts'

export const at = '/InitialVehicleInformation/CocDataGroup/'
export const axle = (n: number, element: string): string => `AxleTable/AxleGroup[${n}]/${element}`
export const manufacturer = (n: number, element: string): string =>
  `ManufacturerTable/ManufacturerGroup[${n}]/${element}`
export const source = (n: number, element: string): string =>
  `EnergyConvertorTable/EnergyConvertorGroup[${n}]/EnergySourceTable/EnergySourceGroup[1]/${element}`
export const towing = (n: number, element: string): string =>
  `TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[${n}]/BodyworkTypeTable/BodyworkTypeGroup[1]/${element}`
export const body = 'BodyworkTable/BodyworkGroup[1]/CodeForBodywork'
export const supplement =
  'BodyworkTable/BodyworkGroup[1]/CodeForBodyworkSupplementTable/CodeForBodyworkSupplementGroup[1]/CodeForBodyworkSupplement'
export const laden = 'MassGroup/TechnicallyPermissibleMaximumLadenMass'
export const incomplete: Change = {
  StageOfCompletion: 'I',
  'ManufacturerTable/ManufacturerGroup': [{ ManufacturerStageNumber: '1' }],
}

export const dimension = (
  category: string,
  element: string,
  limit: number,
  more: Change = {},
  implies: readonly string[] = [],
): RuleCase => ({
  bad: { ...more, VehicleCategory: category, [`DimensionGroup/${element}`]: String(limit + 1) },
  good: { ...more, VehicleCategory: category, [`DimensionGroup/${element}`]: String(limit) },
  path: `${at}DimensionGroup/${element}`,
  ...(implies.length === 0 ? {} : { implies }),
})
/** An M1 without what only goods vehicles have. */
export const noCouplings: Change = {
  MechanicalCouplingTable: undefined,
  TyreAxleMassCombinationTable: undefined,
  'MassGroup/MaximumStaticVerticalMassCouplingPointTable': undefined,
  'TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[1]/MechanicalCouplingNumberTowingMasses': undefined,
}
export const axles3: Change = { 'GeneralConstructionGroup/NumberOfAxles': '3' }
