import { at, axle } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'

export const cases: Cases = {
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
}
