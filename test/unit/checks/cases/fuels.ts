import { source } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'

const converter = (element: string): string => `EnergyConvertorTable/EnergyConvertorGroup[1]/${element}`
const second = converter('EnergySourceTable/EnergySourceGroup[2]/EnergySource')
const further = (n: number): string =>
  converter(`AdditionalEnergySourceTable/AdditionalEnergySourceGroup[${n}]/AdditionalEnergySource`)

export const cases: Cases = {
  'CHK-FUEL-001': {
    bad: { PureElectricVehicleIndicator: 'Y', FuelType: 'M' },
    good: { FuelType: 'M' },
    implies: ['CHK-NRG-001', 'CHK-NRG-013'],
  },
  'CHK-FUEL-002': { bad: { FuelType: 'B', DualFuelType: 'Type 1A' }, good: { FuelType: 'D', DualFuelType: 'Type 1A' } },
  'CHK-FUEL-003': { bad: { FuelType: 'D' }, good: { FuelType: 'D', DualFuelType: 'Type 2A' } },
  'CHK-FUEL-004': { bad: { FuelType: 'B' }, good: { FuelType: 'B', [second]: '60' } },
  'CHK-FUEL-005': { bad: { FuelType: 'M', [second]: '60' }, good: { FuelType: 'M' } },
  'CHK-FUEL-006': { bad: { [second]: '20' }, good: { [second]: '60' } },
  'CHK-FUEL-007': {
    bad: { [converter('WorkingPrinciple')]: 'INTPI' },
    good: { [converter('WorkingPrinciple')]: 'INTPI', [second]: '40' },
  },
  'CHK-FUEL-008': {
    bad: { [converter('WorkingPrinciple')]: 'INTCI', [source(1, 'EnergySource')]: '10' },
    good: { [converter('WorkingPrinciple')]: 'INTCI' },
  },
  'CHK-FUEL-009': { bad: { [further(1)]: '21', [further(2)]: '21' }, good: { [further(1)]: '21', [further(2)]: '60' } },
}
