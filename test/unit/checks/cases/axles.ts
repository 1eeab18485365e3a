import { at, axle } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'

export const cases: Cases = {
  'CHK-AXLE-001': {
    bad: { 'GeneralConstructionGroup/NumberOfAxles': '3' },
    path: `${at}GeneralConstructionGroup/NumberOfAxles`,
  },
  'CHK-AXLE-002': {
    bad: { [axle(2, 'AxleNumber')]: '3' },
    path: `${at}${axle(2, 'AxleNumber')}`,
    implies: ['CHK-AXLE-009', 'CHK-AXLE-011'],
  },
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
}
