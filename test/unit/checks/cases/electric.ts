import { source } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'
import { light } from '../vehicles.ts'

const principle = (n: number): string => `EnergyConvertorTable/EnergyConvertorGroup[${n}]/WorkingPrinciple`
const converter = (n: number, element: string): string => `EnergyConvertorTable/EnergyConvertorGroup[${n}]/${element}`
const range = 'TestWltpElectricRangeGroup/WltpAllElectricOffVehicleChargingRange'
/** Both converters electric, so that no fuel is left. */
const allElectric = {
  [source(1, 'EnergySource')]: '95',
  [source(1, 'PowerGroup')]: { MaximumNetPowerElectric: '40' },
  [principle(1)]: 'ELECT',
  ConsolidatedMaximumNetPowerElectric: '60',
}

export const cases: Cases = {
  'CHK-NRG-007': { bad: { [principle(2)]: 'INTPI' } },
  'CHK-NRG-008': {
    bad: { [principle(1)]: 'ELECT' },
    good: { [principle(1)]: 'ELECT', [source(1, 'EnergySource')]: '50' },
    path: `/InitialVehicleInformation/CocDataGroup/${principle(1)}`,
  },
  'CHK-NRG-009': { bad: { [principle(2)]: undefined } },
  'CHK-NRG-011': {
    bad: { [converter(2, 'NumberOfCylinders')]: '4' },
    good: { [converter(1, 'NumberOfCylinders')]: '4' },
  },
  'CHK-NRG-012': { bad: { ClassHybridVehicle: undefined } },
  'CHK-NRG-013': {
    bad: { ...allElectric, PureElectricVehicleIndicator: 'Y' },
    good: { ...allElectric, PureElectricVehicleIndicator: 'Y', ClassHybridVehicle: undefined },
  },
  'CHK-NRG-014': {
    bad: allElectric,
    good: { ...allElectric, ClassHybridVehicle: undefined },
    implies: ['CHK-NRG-002'],
  },
  'CHK-NRG-015': {
    bad: { ClassHybridVehicle: 'NOVC-FCHV' },
    good: { ClassHybridVehicle: 'NOVC-FCHV', [source(1, 'EnergySource')]: '50' },
  },
  'CHK-NRG-016': {
    bad: { ClassHybridVehicle: 'OVC-HEV', [source(1, range)]: '60' },
    good: { ClassHybridVehicle: 'OVC-HEV', [source(2, range)]: '60' },
  },
  'CHK-NRG-017': {
    bad: { [source(2, range)]: '60' },
    good: { [source(2, range)]: '60', ClassHybridVehicle: 'OVC-HEV' },
  },
  'CHK-NRG-018': {
    bad: { [source(2, 'PowerGroup/Maximum30MinutesPower')]: '41' },
    good: { [source(2, 'PowerGroup/Maximum30MinutesPower')]: '40' },
  },
  'CHK-NRG-019': {
    bad: light('L1e-B', { ElectricVehicleConfiguration: 'PUREE' }),
    good: light('L1e-B', { ElectricVehicleConfiguration: 'HYBRE' }),
  },
}
