import type { IviElement } from '../ivi/catalogue.ts'

/** Tables whose rows are told apart by elements that the schema does not demand. */
const named: Readonly<Record<string, readonly string[]>> = {
  MaximumStaticVerticalMassCouplingPointGroup: ['MechanicalCouplingNumberVerticalMass'],
  TowingBrakedTypeTrailGroup: ['MechanicalCouplingNumberTowingMasses', 'BrakedTypeTrail'],
  BodyworkTypeGroup: ['BodyworkTypeTrailer'],
  InServiceMaximumMassGroup: [
    'InServiceMaximumPermissibleMassCountry',
    'InServiceMaximumPermissibleMassTrafficRegulation',
  ],
  InServiceMaximumPermissibleLadenMassAxleGroup: [
    'InServiceMaximumPermissibleLadenMassAxleCountry',
    'InServiceMaximumPermissibleLadenMassAxleTrafficRegulation',
  ],
  InServiceMaximumPermissibleLadenMassAxleGroupGroup: [
    'InServiceMaximumPermissibleLadenMassAxleGroupCountry',
    'InServiceMaximumPermissibleLadenMassAxleGroupTrafficRegulation',
  ],
  EnergyConvertorGroup: ['EnergyConvertorCodeMarkedOnEnergyConvertor'],
  BodyworkGroup: ['CodeForBodywork'],
  TrackTrainSetCouplingPointGroup: ['MechanicalCouplingNumberOfTrackTrainCouplingPoint'],
}

const isKey = ({ leaf, min }: IviElement): boolean =>
  min > 0 && leaf !== undefined && (leaf.base === 'xs:short' || leaf.codes !== undefined)

/**
 * The elements that tell the rows of a table apart: its number (AxleNumber) or its codes (subject and language of a
 * remark). Empty where nothing does, as for makes.
 */
export const rowKeysOf = (row: IviElement): readonly string[] =>
  named[row.name] ?? row.children.filter(isKey).map((child) => child.name)
