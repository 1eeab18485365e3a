import type { Change } from './rules-sample.ts'

/** One case that breaks a rule and one that keeps it where it applies; the sample itself keeps a rule without `good`. */
export interface RuleCase {
  readonly bad: Change
  readonly good?: Change
  /** Where the finding must point. */
  readonly path?: string
}

const at = '/InitialVehicleInformation/CocDataGroup/'
const axle = (n: number, element: string): string => `AxleTable/AxleGroup[${n}]/${element}`
const manufacturer = (n: number, element: string): string => `ManufacturerTable/ManufacturerGroup[${n}]/${element}`
const source = (n: number, element: string): string =>
  `EnergyConvertorTable/EnergyConvertorGroup[${n}]/EnergySourceTable/EnergySourceGroup[1]/${element}`
const towing = (n: number, element: string): string =>
  `TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[${n}]/BodyworkTypeTable/BodyworkTypeGroup[1]/${element}`
const body = 'BodyworkTable/BodyworkGroup[1]/CodeForBodywork'
const supplement =
  'BodyworkTable/BodyworkGroup[1]/CodeForBodyworkSupplementTable/CodeForBodyworkSupplementGroup[1]/CodeForBodyworkSupplement'
const laden = 'MassGroup/TechnicallyPermissibleMaximumLadenMass'
const incomplete: Change = {
  StageOfCompletion: 'I',
  'ManufacturerTable/ManufacturerGroup': [{ ManufacturerStageNumber: '1' }],
}

const dimension = (category: string, element: string, limit: number, more: Change = {}): RuleCase => ({
  bad: { ...more, VehicleCategory: category, [`DimensionGroup/${element}`]: String(limit + 1) },
  good: { ...more, VehicleCategory: category, [`DimensionGroup/${element}`]: String(limit) },
  path: `${at}DimensionGroup/${element}`,
})
const axles3: Change = { 'GeneralConstructionGroup/NumberOfAxles': '3' }

export const cases: Readonly<Record<string, RuleCase>> = {
  'CHK-AXLE-001': {
    bad: { 'GeneralConstructionGroup/NumberOfAxles': '3' },
    path: `${at}GeneralConstructionGroup/NumberOfAxles`,
  },
  'CHK-AXLE-002': { bad: { [axle(2, 'AxleNumber')]: '3' }, path: `${at}${axle(2, 'AxleNumber')}` },
  'CHK-AXLE-003': { bad: { [axle(2, 'AxleSpacing')]: '900' }, path: `${at}${axle(2, 'AxleSpacing')}` },
  'CHK-AXLE-004': { bad: { [axle(1, 'PoweredAxleIndicator')]: 'Y' } },
  'CHK-AXLE-005': {
    bad: { 'GeneralConstructionGroup/NumberOfSteeredAxles': '0' },
    good: { 'GeneralConstructionGroup/NumberOfSteeredAxles': '0', [axle(1, 'SteeredAxleIndicator')]: undefined },
  },
  'CHK-AXLE-006': { bad: { [axle(2, 'TwinWheelsAxleIndicator')]: 'N' } },
  'CHK-AXLE-007': { bad: { [axle(2, 'BrakedAxleIndicator')]: 'N' } },
  'CHK-AXLE-008': { bad: { 'DimensionGroup/Wheelbase': '4001' }, path: `${at}DimensionGroup/Wheelbase` },
  'CHK-AXLE-009': {
    bad: { 'AxleGroupTable/AxleGroupGroup[1]/AxleGroupMemberTable/AxleGroupMemberGroup[2]/MemberAxleNumber': '3' },
    path: `${at}AxleGroupTable/AxleGroupGroup[1]/AxleGroupMemberTable/AxleGroupMemberGroup[2]/MemberAxleNumber`,
  },
  'CHK-AXLE-010': {
    bad: {
      [axle(
        2,
        'InterconnectionWithPoweredAxleTable/InterconnectionWithPoweredAxleGroup[1]/InterconnectionWithPoweredAxleNumber',
      )]: '5',
    },
  },
  'CHK-AXLE-011': {
    bad: {
      'TyreAxleMassCombinationTable/TyreAxleMassCombinationGroup[1]/TyreAxleCombinationTable/TyreAxleCombinationGroup[1]/AxleNumberCombination':
        '3',
    },
  },
  'CHK-AXLE-012': { bad: { 'AxleGroupTable/AxleGroupGroup[1]/AxleGroupNumber': '2' } },
  'CHK-TYRE-001': {
    bad: { [axle(1, 'TyreAxleTable/TyreAxleGroup[2]/TyreNumber')]: '1' },
    path: `${at}${axle(1, 'TyreAxleTable/TyreAxleGroup[2]/TyreNumber')}`,
  },
  'CHK-TYRE-002': {
    bad: { [axle(1, 'TyreAxleTable/TyreAxleGroup[2]/TyreFittedProductionIndicator')]: 'Y' },
    path: `${at}${axle(1, 'TyreAxleTable')}`,
  },
  'CHK-TYRE-003': {
    bad: {
      'TyreAxleMassCombinationTable/TyreAxleMassCombinationGroup[1]/TyreAxleCombinationTable/TyreAxleCombinationGroup[1]/TyreNumberCombination':
        '9',
    },
  },
  'CHK-MASS-001': {
    bad: { 'MassGroup/ActualMass': '3999' },
    good: { 'MassGroup/ActualMass': '4000' },
    path: `${at}MassGroup/MassInRunningOrder`,
  },
  'CHK-MASS-002': {
    bad: { 'MassGroup/ActualMass': '7501' },
    good: { 'MassGroup/ActualMass': '7500' },
    path: `${at}MassGroup/ActualMass`,
  },
  'CHK-MASS-003': { bad: { [laden]: '8001' }, good: { [laden]: '8000' }, path: `${at}${laden}` },
  'CHK-MASS-004': {
    bad: { VehicleCategory: 'O4', [laden]: '8101' },
    good: { VehicleCategory: 'O4', [laden]: '8100' },
  },
  'CHK-MASS-005': {
    bad: { 'MassGroup/MassInRunningOrder': '4001' },
    good: { 'MassGroup/MassInRunningOrder': '4001', [axle(2, 'DistributionMassRunningOrderAxle')]: undefined },
  },
  'CHK-MASS-006': {
    bad: {
      VehicleCategory: 'O4',
      'MechanicalCouplingTable/MechanicalCouplingGroup[1]/MechanicalCouplingDistributionMassRunningOrder': '1',
    },
    good: {
      VehicleCategory: 'O4',
      'MechanicalCouplingTable/MechanicalCouplingGroup[1]/MechanicalCouplingDistributionMassRunningOrder': '50',
      'MassGroup/MassInRunningOrder': '4050',
    },
  },
  'CHK-MASS-007': {
    bad: { 'InServiceMaximumMassTable/InServiceMaximumMassGroup[1]/InServiceMaximumPermissibleLadenMass': '7501' },
  },
  'CHK-MASS-008': {
    bad: {
      [axle(
        2,
        'InServiceMaximumPermissibleLadenMassAxleTable/InServiceMaximumPermissibleLadenMassAxleGroup[1]/InServiceMaximumPermissibleLadenMassAxle',
      )]: '5001',
    },
  },
  'CHK-MASS-009': {
    bad: {
      'AxleGroupTable/AxleGroupGroup[1]/InServiceMaximumPermissibleLadenMassAxleGroupTable/InServiceMaximumPermissibleLadenMassAxleGroupGroup[1]/InServiceMaximumPermissibleAxleGroupLadenMass':
        '8001',
    },
  },
  'CHK-MASS-010': {
    bad: {
      'InServiceMaximumMassTable/InServiceMaximumMassGroup[1]/InServiceMaximumPermissibleMassCombination': '11001',
    },
  },
  'CHK-MASS-011': {
    bad: { [towing(3, 'TechnicallyPermissibleMaximumCombinationMass')]: '11001' },
    good: {
      [towing(3, 'TechnicallyPermissibleMaximumCombinationMass')]: '11001',
      [towing(1, 'TechnicallyPermissibleMaximumTowableMass')]: '3501',
    },
  },
  'CHK-MASS-012': {
    bad: { [axle(1, 'DistributionMassRunningOrderAxle')]: '3001' },
    path: `${at}${axle(1, 'DistributionMassRunningOrderAxle')}`,
  },
  'CHK-MASS-013': { bad: { 'MassGroup/MassInRunningOrderIncomplete': '2999' } },
  'CHK-TOW-001': {
    bad: { VehicleCategory: 'N1', [towing(2, 'TechnicallyPermissibleMaximumTowableMass')]: '751' },
    good: { VehicleCategory: 'N1' },
  },
  'CHK-TOW-002': {
    bad: { VehicleCategory: 'N1', [towing(1, 'TechnicallyPermissibleMaximumTowableMass')]: '3501' },
    good: { VehicleCategory: 'N1' },
  },
  'CHK-TOW-003': {
    bad: { 'TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[2]/BrakedTypeTrail': undefined },
    good: {
      'TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[2]/BrakedTypeTrail': undefined,
      [towing(2, 'TechnicallyPermissibleMaximumTowableMass')]: '0',
    },
    path: `${at}TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[2]/BrakedTypeTrail`,
  },
  'CHK-TOW-004': { bad: { [towing(1, 'BodyworkTypeTrailer')]: undefined } },
  'CHK-DIM-001': dimension('M1', 'Length', 12000),
  'CHK-DIM-002': dimension('M1G', 'Width', 2550),
  'CHK-DIM-003': dimension('N1', 'Width', 2550),
  'CHK-DIM-004': dimension('N1', 'Width', 2600, { [supplement]: '04' }),
  'CHK-DIM-005': dimension('N1', 'Height', 4000),
  'CHK-DIM-006': dimension('M3', 'Length', 13500, { [body]: 'CA' }),
  'CHK-DIM-007': dimension('M3', 'Length', 15000, { [body]: 'CA', ...axles3 }),
  'CHK-DIM-008': dimension('M3', 'Length', 18750, { [body]: 'CC', ...axles3 }),
  'CHK-DIM-009': dimension('M2', 'Width', 2550),
  'CHK-DIM-010': dimension('M2', 'Height', 4000),
  'CHK-DIM-011': dimension('N2', 'Length', 12000),
  'CHK-DIM-012': dimension('N3', 'Width', 2550),
  'CHK-DIM-013': dimension('N3', 'Width', 2600, { [supplement]: '05' }),
  'CHK-DIM-014': dimension('N2', 'Height', 4000),
  'CHK-DIM-015': dimension('O4', 'Length', 12000, { [body]: 'DB' }),
  'CHK-DIM-016': dimension('O4', 'Width', 2550),
  'CHK-DIM-017': dimension('O4', 'Width', 2600, { [supplement]: '04' }),
  'CHK-DIM-018': dimension('O4', 'Height', 4000),
  'CHK-DOOR-001': { bad: { 'GeneralConstructionGroup/NumberOfDoors': '4' } },
  'CHK-COLOUR-001': {
    bad: { 'ColourTable/ColourGroup[2]/Colour': '1' },
    path: `${at}ColourTable/ColourGroup[1]/Colour`,
  },
  'CHK-CPL-001': { bad: { 'MechanicalCouplingTable/MechanicalCouplingGroup[1]/MechanicalCouplingNumber': '2' } },
  'CHK-CPL-002': {
    bad: {
      'MassGroup/MaximumStaticVerticalMassCouplingPointTable/MaximumStaticVerticalMassCouplingPointGroup[1]/MechanicalCouplingNumberVerticalMass':
        '2',
    },
  },
  'CHK-CPL-003': { bad: { MechanicalCouplingTable: undefined } },
  'CHK-CPL-004': {
    bad: {
      'TyreAxleMassCombinationTable/TyreAxleMassCombinationGroup[1]/TyreAxleCouplingPointTyreCombinationTable/TyreAxleCouplingPointTyreCombinationGroup[1]/MechanicalCouplingNumberOfTyreAxleCouplingPointTyreCombination':
        '3',
    },
  },
  'CHK-CPL-005': {
    bad: {
      'MechanicalCouplingCanBeFittedTable/MechanicalCouplingCanBeFittedGroup[1]/MechanicalCouplingCanBeFittedClass':
        'A50',
    },
    good: {
      ...incomplete,
      'MechanicalCouplingCanBeFittedTable/MechanicalCouplingCanBeFittedGroup[1]/MechanicalCouplingCanBeFittedClass':
        'A50',
    },
    path: `${at}MechanicalCouplingCanBeFittedTable`,
  },
  'CHK-CPL-006': {
    bad: {
      ...incomplete,
      VehicleCategory: 'L5e-A',
      'MechanicalCouplingCanBeFittedTable/MechanicalCouplingCanBeFittedGroup[1]/MechanicalCouplingCanBeFittedClass':
        'A50',
    },
  },
  'CHK-CPL-007': {
    bad: { VehicleCategory: 'M1' },
    good: { VehicleCategory: 'M1', MechanicalCouplingTable: undefined },
  },
  'CHK-CPL-008': { bad: { VehicleCategory: 'M1' } },
  'CHK-CPL-009': { bad: { VehicleCategory: 'T1' } },
  'CHK-HDR-001': { bad: { '/Header/IviVersionNumberXsd': '2.0.0' } },
  'CHK-HDR-002': {
    bad: { '/Header/IviVersionNumber': '0' },
    path: '/InitialVehicleInformation/Header/IviVersionNumber',
  },
  'CHK-HDR-003': { bad: { '/Header/DesignatedTypeApprovalCountry': 'e1' } },
  'CHK-HDR-004': {
    bad: { TypeApprovalNumber: 'e4*2018/858*99001' },
    good: { TypeApprovalNumber: 'e4*2007/46*0123*12' },
  },
  'CHK-HDR-005': {
    bad: { TypeApprovalNumber: 'e4*2018/858*9901*00' },
    good: { TypeApprovalNumber: 'e4*KS18/858*00001*00' },
  },
  'CHK-HDR-006': { bad: { Version: 'N/A' }, good: { Version: 'N/A', VehicleCategory: 'L5e-A' } },
  'CHK-VIN-001': { bad: { VehicleIdentificationNumber: 'xEXAMPLE000000001' } },
  'CHK-VIN-002': { bad: { VehicleIdentificationNumber: 'XEXAMPLE00000000O' } },
  'CHK-STG-001': { bad: { [manufacturer(2, 'ManufacturerStageNumber')]: '3' } },
  'CHK-STG-002': {
    bad: { [manufacturer(2, 'PreviousStageVariant')]: undefined },
    path: `${at}${manufacturer(2, 'PreviousStageTypeApprovalNumber')}`,
  },
  'CHK-STG-003': { bad: { [manufacturer(1, 'PreviousStageVersion')]: '1' } },
  'CHK-STG-004': {
    bad: { StageOfCompletion: 'C' },
    good: { ...incomplete, StageOfCompletion: 'C' },
    path: `${at}StageOfCompletion`,
  },
  'CHK-STG-005': { bad: { ...incomplete, StageOfCompletion: 'V' } },
  'CHK-STG-006': {
    bad: {
      [manufacturer(2, 'PreviousStageTypeApprovalNumber')]: 'e4*2018/858*99001*00',
      [manufacturer(2, 'PreviousStageType')]: 'EXB',
      [manufacturer(2, 'PreviousStageVariant')]: 'BOX',
      [manufacturer(2, 'PreviousStageVersion')]: 'A1',
    },
    good: {
      [manufacturer(2, 'PreviousStageTypeApprovalNumber')]: 'e4*2018/858*99001*00',
      [manufacturer(2, 'PreviousStageType')]: 'EXB',
      [manufacturer(2, 'PreviousStageVariant')]: 'BOX',
    },
  },
  'CHK-NRG-001': {
    bad: { PureElectricVehicleIndicator: 'Y' },
    good: { PureElectricVehicleIndicator: 'Y', [source(1, 'EnergySource')]: '95' },
  },
  'CHK-NRG-002': { bad: { [source(1, 'EnergySource')]: '95' } },
  'CHK-NRG-003': { bad: { [source(1, 'PowerGroup/MaximumNetPowerElectric')]: '40' } },
  'CHK-NRG-004': { bad: { [source(2, 'PowerGroup/MaximumNetPowerCombustion')]: '40' } },
  'CHK-NRG-005': {
    bad: { [source(1, 'EnergySource')]: '95' },
    good: { [source(1, 'EnergySource')]: '95', ConsolidatedMaximumNetPowerElectric: '150' },
  },
  'CHK-NRG-006': { bad: { ConsolidatedMaximumNetPowerElectric: '40' } },
  'CHK-DATE-001': { bad: { TypeApprovalIssueDate: '2026-09-02' }, good: { TypeApprovalIssueDate: '2026-09-01' } },
  'CHK-DATE-002': { bad: { TypeApprovalIssueDate: '2026-09-03' } },
  'CHK-DATE-003': { bad: { DateManufactureVehicle: '2026-09-03' } },
}
