import type { Cases } from '../rule-case.ts'
import { light } from '../vehicles.ts'

const couplings = 'MechanicalCouplingTable/MechanicalCouplingGroup'
const points = 'MassGroup/MaximumStaticVerticalMassCouplingPointTable/MaximumStaticVerticalMassCouplingPointGroup'
const point = (number?: string) => ({
  ...(number === undefined ? {} : { MechanicalCouplingNumberVerticalMass: number }),
  TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint: '100',
})
const fitted = (more: Record<string, string | { MechanicalCouplingPartsGroup: Record<string, string>[] }>) => ({
  MechanicalCouplingTable: { MechanicalCouplingGroup: [{ MechanicalCouplingNumber: '1', ...more }] },
})

export const cases: Cases = {
  'CHK-CPL-010': { bad: { [`${couplings}[2]/MechanicalCouplingNumber`]: '2' } },
  'CHK-CPL-011': {
    bad: light(
      'L5e-A',
      fitted({
        MechanicalCouplingPartsTable: { MechanicalCouplingPartsGroup: [{ MechanicalCouplingPartsMake: 'Example' }] },
      }),
    ),
    good: light('L5e-A', fitted({})),
  },
  'CHK-CPL-012': { bad: { [points]: [point(), point()] }, good: { [points]: [point(), point('1')] } },
  'CHK-CPL-013': { bad: { [points]: [point('1'), point('1')] } },
}
