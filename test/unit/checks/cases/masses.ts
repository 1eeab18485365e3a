import { at, axle, towing, laden } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'

export const cases: Cases = {
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
  'CHK-MASS-003': {
    bad: { [laden]: '8001' },
    // One axle without a limit: the sum of the others is not that of the vehicle.
    good: { [laden]: '8001', [axle(2, 'TechnicallyPermissibleMassAxle')]: undefined },
    path: `${at}${laden}`,
  },
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
    bad: {
      [axle(1, 'DistributionMassRunningOrderAxle')]: '3001',
      'MassGroup/MassInRunningOrder': '4801',
      'MassGroup/ActualMass': '4901',
    },
    path: `${at}${axle(1, 'DistributionMassRunningOrderAxle')}`,
  },
  'CHK-MASS-013': { bad: { 'MassGroup/MassInRunningOrderIncomplete': '2999' } },
}
