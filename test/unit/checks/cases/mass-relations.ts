import { axle, incomplete, laden, source, towing } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'
import { van } from '../vehicles.ts'

const seats = 'GeneralConstructionGroup/NumberOfSeatingPositionsIncludingDriver'
const vertical =
  'MassGroup/MaximumStaticVerticalMassCouplingPointTable/MaximumStaticVerticalMassCouplingPointGroup[1]/TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint'
const brk = towing(1, 'TechnicallyPermissibleMaximumTowableMass')
const unb = towing(2, 'TechnicallyPermissibleMaximumTowableMass')
const most = towing(3, 'TechnicallyPermissibleMaximumCombinationMass')
const caravan = {
  VehicleCategory: 'M1',
  'BodyworkTable/BodyworkGroup[1]/SpecialPurposeDesignation': 'SA',
  MechanicalCouplingTable: undefined,
  TowingBrakedTypeTrailTable: undefined,
  TyreAxleMassCombinationTable: undefined,
  'MassGroup/MaximumStaticVerticalMassCouplingPointTable': undefined,
  'DimensionGroup/Length': '7000',
  [seats]: '4',
}

export const cases: Cases = {
  'CHK-MASS-014': { bad: van({ [seats]: '47' }), good: van({ [seats]: '46' }) },
  'CHK-MASS-015': { bad: { [seats]: '47' }, good: { [seats]: '46' } },
  'CHK-MASS-016': {
    bad: { VehicleCategory: 'M3', [seats]: '40', 'GeneralConstructionGroup/NumberOfStandingPlaces': '12' },
    good: { VehicleCategory: 'M3', [seats]: '40', 'GeneralConstructionGroup/NumberOfStandingPlaces': '11' },
  },
  'CHK-MASS-017': { bad: { 'AxleGroupTable/AxleGroupGroup[1]/TechnicallyPermissibleMassAxleGroup': '8001' } },
  'CHK-MASS-018': { bad: { [axle(2, 'TechnicallyPermissibleMassAxle')]: '7501' } },
  'CHK-MASS-019': {
    // 2200 kg of 13.1 stand on the front axle, so the laden mass is what makes it too weak.
    bad: { ...caravan, [laden]: '10001', [axle(2, 'TechnicallyPermissibleMassAxle')]: '9000' },
    good: { ...caravan, [laden]: '10000' },
  },
  'CHK-MASS-020': {
    bad: van({ [laden]: '15001', [axle(2, 'TechnicallyPermissibleMassAxle')]: '19000' }),
    good: van({ [laden]: '15000' }),
  },
  'CHK-MASS-021': {
    bad: {
      ...incomplete,
      [laden]: '12000',
      [axle(1, 'TechnicallyPermissibleMassAxle')]: '2399',
      [axle(2, 'TechnicallyPermissibleMassAxle')]: '11000',
    },
    good: { [laden]: '12000', [axle(1, 'TechnicallyPermissibleMassAxle')]: '2400' },
  },
  'CHK-MASS-022': {
    bad: { [source(1, 'PowerGroup/MaximumNetPowerCombustion')]: '14' },
    good: { [source(1, 'PowerGroup/MaximumNetPowerCombustion')]: '15' },
  },
  'CHK-MASS-023': {
    bad: { ...caravan, 'MassGroup/ActualMass': '7166' },
    good: { ...caravan, 'MassGroup/ActualMass': '7165' },
  },
  'CHK-MASS-024': {
    bad: { 'WltpEmissionTestParametersGroup/WltpEmissionTestMass': '3999' },
    good: { 'WltpEmissionTestParametersGroup/WltpEmissionTestMass': '4000' },
  },
  'CHK-TOW-005': {
    bad: van({ [brk]: '3400', [laden]: '3399' }),
    good: van({ [brk]: '3400', [laden]: '3400' }),
    implies: ['CHK-MASS-002', 'CHK-MASS-007', 'CHK-MASS-011'],
  },
  'CHK-TOW-006': {
    bad: van({ VehicleCategory: 'N1G', [laden]: '2333' }),
    good: van({ VehicleCategory: 'N1G', [laden]: '2334' }),
    implies: ['CHK-MASS-002', 'CHK-MASS-007', 'CHK-MASS-011'],
  },
  'CHK-TOW-007': {
    bad: van({ 'MassGroup/MassInRunningOrder': '1499', [axle(1, 'DistributionMassRunningOrderAxle')]: undefined }),
    good: van({ 'MassGroup/MassInRunningOrder': '1500', [axle(1, 'DistributionMassRunningOrderAxle')]: undefined }),
  },
  'CHK-TOW-008': { bad: van({ [vertical]: '139' }), good: van() },
  'CHK-TOW-009': {
    bad: van({ [vertical]: '24', [brk]: '600', [unb]: '600' }),
    good: van({ [vertical]: '25', [brk]: '600' }),
    implies: ['CHK-MASS-011'],
  },
  'CHK-TOW-010': {
    bad: {
      [most]: '7499',
      'InServiceMaximumMassTable/InServiceMaximumMassGroup[1]/InServiceMaximumPermissibleMassCombination': undefined,
    },
    good: { [most]: '7500' },
  },
  'CHK-TOW-011': { bad: { [most]: undefined } },
  'CHK-TOW-012': { bad: { 'TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[1]/BrakedTypeTrail': 'HDB' } },
}
