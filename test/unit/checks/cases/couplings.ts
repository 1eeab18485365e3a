import { at, incomplete } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'
import { light } from '../vehicles.ts'

export const cases: Cases = {
  'CHK-CPL-001': {
    bad: { 'MechanicalCouplingTable/MechanicalCouplingGroup[1]/MechanicalCouplingNumber': '2' },
    implies: ['CHK-CPL-002', 'CHK-CPL-003', 'CHK-CPL-004'],
  },
  'CHK-CPL-002': {
    bad: {
      'MassGroup/MaximumStaticVerticalMassCouplingPointTable/MaximumStaticVerticalMassCouplingPointGroup[1]/MechanicalCouplingNumberVerticalMass':
        '2',
    },
  },
  'CHK-CPL-003': {
    bad: { 'TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup[1]/MechanicalCouplingNumberTowingMasses': '2' },
  },
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
      ...light('L5e-A'),
      ...incomplete,
      'MechanicalCouplingCanBeFittedTable/MechanicalCouplingCanBeFittedGroup[1]/MechanicalCouplingCanBeFittedClass':
        'A50',
    },
  },
  'CHK-CPL-007': {
    bad: { VehicleCategory: 'M1' },
    good: { VehicleCategory: 'M1', MechanicalCouplingTable: undefined },
    implies: ['CHK-CPL-008', 'CHK-TOW-008'],
  },
  'CHK-CPL-008': { bad: { VehicleCategory: 'M1' }, implies: ['CHK-CPL-007', 'CHK-TOW-008'] },
  'CHK-CPL-009': { bad: { VehicleCategory: 'T1a', TypeApprovalNumber: 'e4*167/2013*00001*00' } },
}
