import { axle, incomplete, laden } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'

const stage = (number: string, variant: string) => ({
  ManufacturerStageNumber: number,
  PreviousStageTypeApprovalNumber: 'e1*2018/858*99002*03',
  PreviousStageType: 'CHA',
  PreviousStageVariant: variant,
  PreviousStageVersion: '7',
})
const three = (variant: string) => ({
  'ManufacturerTable/ManufacturerGroup': [{ ManufacturerStageNumber: '1' }, stage('2', 'CAB'), stage('3', variant)],
})
const minimum = 'MassGroup/MinimumMassCompleted'
const allowed = (element: string) => `AllowedParameterValuesMultistageGroup/Allowed${element}`
const shares = {
  [axle(1, 'MinimalPermissibleDistributionMassCompletedAxle')]: '2000',
  [axle(2, 'MinimalPermissibleDistributionMassCompletedAxle')]: '1500',
}
const grille = 'WltpEmissionTestParametersGroup/ProjectedFrontalAreaAirEntranceFrontGrill'
const inlet = allowed('CrossSectionalAreaAirFrontGrill')

export const cases: Cases = {
  'CHK-STG-007': { bad: three('CAB'), good: three('BOX') },
  'CHK-STG-008': {
    bad: { 'MassGroup/MassInRunningOrderIncomplete': '4001' },
    implies: ['CHK-MASS-013'],
  },
  'CHK-STG-009': { bad: { ...incomplete, [minimum]: '2999' }, good: { ...incomplete, [minimum]: '3000' } },
  'CHK-STG-010': { bad: { ...incomplete, [minimum]: '7501' }, good: { ...incomplete, [minimum]: '7500' } },
  'CHK-STG-011': {
    bad: { ...incomplete, 'MassGroup/MassInRunningOrderIncomplete': '7501' },
    good: { ...incomplete, [laden]: '3000' },
    implies: ['CHK-MASS-013'],
  },
  'CHK-STG-012': {
    bad: { ...incomplete, ...shares, [minimum]: '3499' },
    good: { ...incomplete, ...shares, [minimum]: '3500' },
  },
  'CHK-STG-013': { bad: { [allowed('ActualMass')]: '4099' }, good: { [allowed('ActualMass')]: '4100' } },
  'CHK-STG-014': { bad: { [allowed('ActualMassMin')]: '4101' }, good: { [allowed('ActualMassMin')]: '4100' } },
  'CHK-STG-015': {
    bad: { [allowed('TechnicallyPermissibleMaximumLadenMassMax')]: '7499' },
    good: { [allowed('TechnicallyPermissibleMaximumLadenMassMax')]: '7500' },
  },
  'CHK-STG-016': {
    bad: { [`${inlet}Max`]: '475', [grille]: '476' },
    good: { [`${inlet}Max`]: '475', [grille]: '475' },
  },
  'CHK-STG-017': {
    bad: { [`${inlet}Min`]: '453', [grille]: '452' },
    good: { [`${inlet}Min`]: '453', [grille]: '453' },
  },
}
