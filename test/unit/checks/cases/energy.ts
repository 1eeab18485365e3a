import { source } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'
import type { Change } from '../rules-sample.ts'
import { light } from '../vehicles.ts'

/** A quadricycle with a motor at each rear wheel. */
const twoMotors = (more: Change = {}): Change => {
  const EnergySourceGroup = ['95', '95'].map((EnergySource) => ({ EnergySource, PowerGroup: {} }))
  const motor = { WorkingPrinciple: 'ELECT', EnergySourceTable: { EnergySourceGroup } }
  return light('L7e-CP', { EnergyConvertorTable: { EnergyConvertorGroup: [motor] }, ...more })
}

export const cases: Cases = {
  'CHK-NRG-001': {
    bad: { PureElectricVehicleIndicator: 'Y', ClassHybridVehicle: undefined },
    good: { PureElectricVehicleIndicator: 'Y', [source(1, 'EnergySource')]: '95' },
  },
  'CHK-NRG-002': {
    bad: {
      [source(1, 'EnergySource')]: '95',
      [source(1, 'PowerGroup')]: { MaximumNetPowerElectric: '110' },
      ConsolidatedMaximumNetPowerElectric: '150',
    },
  },
  'CHK-NRG-003': { bad: { [source(1, 'PowerGroup/MaximumNetPowerElectric')]: '40' } },
  'CHK-NRG-004': { bad: { [source(2, 'PowerGroup/MaximumNetPowerCombustion')]: '40' } },
  'CHK-NRG-005': {
    bad: {
      [source(1, 'EnergySource')]: '95',
      [source(1, 'PowerGroup')]: {},
      PureElectricVehicleIndicator: 'Y',
      ClassHybridVehicle: undefined,
    },
    good: { [source(1, 'EnergySource')]: '95', ConsolidatedMaximumNetPowerElectric: '150' },
  },
  'CHK-NRG-006': { bad: { ConsolidatedMaximumNetPowerElectric: '40' } },
  // The form of 168/2013 has no item for it, so it is no error there.
  'CHK-NRG-020': { bad: twoMotors(), good: twoMotors({ ConsolidatedMaximum30MinutesPower: '8' }) },
}
