import type { Cases } from '../rule-case.ts'
import { axleSum, masses, tractor } from '../vehicles.ts'

const sum = (category: string, bad: number, good: number) => ({
  bad: tractor(category, axleSum(bad)),
  good: tractor(category, axleSum(good)),
})

export const cases: Cases = {
  'CHK-TCAT-001': {
    bad: tractor('T1a', { DeclaredMaximumSpeedForward: '40.5' }),
    good: tractor('T1a', { DeclaredMaximumSpeedForward: '40' }),
  },
  'CHK-TCAT-002': {
    bad: tractor('C2b', { DeclaredMaximumSpeedForward: '40' }),
    good: tractor('C2b', { DeclaredMaximumSpeedForward: '50' }),
  },
  'CHK-TCAT-003': sum('R1a', 1502, 1500),
  'CHK-TCAT-004': sum('R2b', 3502, 3500),
  'CHK-TCAT-005': sum('R3a', 21002, 21000),
  'CHK-TCAT-006': sum('S1a', 3502, 3500),
  'CHK-TCAT-007': sum('R2a', 1500, 1502),
  'CHK-TCAT-008': sum('R3b', 3500, 3502),
  'CHK-TCAT-009': sum('R4a', 21000, 21002),
  'CHK-TCAT-010': sum('S2b', 3500, 3502),
  'CHK-TCAT-011': {
    bad: tractor('T2a', { MassGroup: { MassInRunningOrderVariableMax: '600' } }),
    good: tractor('T2a', { MassGroup: { MassInRunningOrderVariableMax: '601' } }),
  },
  'CHK-TCAT-012': {
    bad: tractor('T3a', { MassGroup: { MassInRunningOrderVariableMin: '601' } }),
    good: tractor('T3a', { MassGroup: { MassInRunningOrderVariableMin: '600' } }),
  },
  'CHK-TCAT-013': { bad: tractor('T4.3a', masses(9701)), good: tractor('T4.3a', masses(9700)) },
  'CHK-TCAT-014': {
    bad: tractor('T1a', {
      MechanicalCouplingTable: {
        MechanicalCouplingGroup: [
          { MechanicalCouplingNumber: '1', MechanicalCouplingTechnicallyPermissibleTowableMass: '999' },
        ],
      },
    }),
    good: tractor('T1a', {
      MechanicalCouplingTable: {
        MechanicalCouplingGroup: [
          { MechanicalCouplingNumber: '1', MechanicalCouplingTechnicallyPermissibleTowableMass: '28.5' },
        ],
      },
    }),
  },
}
