import type { Cases, RuleCase } from '../rule-case.ts'
import type { Change } from '../rules-sample.ts'
import { light, masses } from '../vehicles.ts'

/** A vehicle one step beyond its limit, and on it. */
const limit = (category: string, path: string, bad: string, good: string, more: Change = {}): RuleCase => ({
  bad: light(category, { ...more, [path]: bad }),
  good: light(category, { ...more, [path]: good }),
})
const mass = (category: string, bad: number, good: number): RuleCase => ({
  bad: light(category, masses(bad)),
  good: light(category, masses(good)),
})
const engine = 'EnergyConvertorTable/EnergyConvertorGroup[1]'
const power = `${engine}/EnergySourceTable/EnergySourceGroup[1]/PowerGroup`
const combustion = `${power}/MaximumNetPowerCombustion`
const electric = `${power}/Maximum30MinutesPower`
const ratio = `${engine}/EnergySourceTable/EnergySourceGroup[1]/PowerMassRatio`
const capacity = `${engine}/EngineCapacity`
const seats = 'GeneralConstructionGroup/NumberOfSeatingPositionsIncludingDriver'
const height = 'DimensionGroup/SeatingHeight'

export const cases: Cases = {
  'CHK-LCAT-001': limit('L7e-A1', 'DimensionGroup/Length', '4001', '4000'),
  'CHK-LCAT-002': limit('L6e-BP', 'DimensionGroup/Length', '3001', '3000'),
  'CHK-LCAT-003': limit('L7e-CU', 'DimensionGroup/Length', '3701', '3700'),
  'CHK-LCAT-004': limit('L7e-A1', 'DimensionGroup/Width', '2001', '2000'),
  'CHK-LCAT-005': limit('L1e-B', 'DimensionGroup/Width', '1001', '1000'),
  'CHK-LCAT-006': limit('L6e-BU', 'DimensionGroup/Width', '1501', '1500'),
  'CHK-LCAT-007': limit('L5e-A', 'DimensionGroup/Height', '2501', '2500'),
  'CHK-LCAT-008': limit('L2e-P', 'MaximumSpeed', '45.01', '45'),
  'CHK-LCAT-009': limit('L7e-CP', 'MaximumSpeed', '91', '90'),
  'CHK-LCAT-010': limit('L1e-A', 'MaximumAssistanceSpeed', '26', '25'),
  'CHK-LCAT-011': mass('L2e-P', 271, 270),
  'CHK-LCAT-012': mass('L5e-A', 1001, 1000),
  'CHK-LCAT-013': mass('L6e-A', 426, 425),
  'CHK-LCAT-014': mass('L7e-CU', 601, 600),
  'CHK-LCAT-015': mass('L7e-A2', 451, 450),
  'CHK-LCAT-016': mass('L3e-A2E', 141, 140),
  'CHK-LCAT-017': mass('L3e-A1T', 101, 100),
  'CHK-LCAT-018': limit('L1e-A', combustion, '1.01', '1'),
  'CHK-LCAT-019': limit('L1e-B', combustion, '4.1', '4'),
  'CHK-LCAT-020': limit('L6e-BP', combustion, '6.1', '6'),
  'CHK-LCAT-021': limit('L3e-A1', combustion, '11.1', '11'),
  'CHK-LCAT-022': limit('L3e-A2E', combustion, '35.1', '35'),
  'CHK-LCAT-023': limit('L7e-CU', combustion, '15.1', '15'),
  'CHK-LCAT-024': limit('L1e-A', electric, '1.01', '1'),
  'CHK-LCAT-025': limit('L2e-U', electric, '4.1', '4'),
  'CHK-LCAT-026': limit('L6e-BU', electric, '6.1', '6'),
  'CHK-LCAT-027': limit('L4e-A1', electric, '11.1', '11'),
  'CHK-LCAT-028': limit('L4e-A2', electric, '35.1', '35'),
  'CHK-LCAT-029': limit('L7e-B2', electric, '15.1', '15'),
  'CHK-LCAT-030': limit('L3e-A1', ratio, '0.11', '0.10'),
  'CHK-LCAT-031': limit('L3e-A2', ratio, '0.21', '0.20'),
  'CHK-LCAT-032': limit('L3e-A1', capacity, '126', '125'),
  'CHK-LCAT-033': limit('L1e-B', capacity, '51', '50'),
  'CHK-LCAT-034': limit('L6e-A', capacity, '501', '500', { [`${engine}/WorkingPrinciple`]: 'INTCI' }),
  'CHK-LCAT-035': limit('L6e-A', seats, '3', '2'),
  'CHK-LCAT-036': limit('L5e-B', seats, '3', '2'),
  'CHK-LCAT-037': limit('L7e-B2', seats, '4', '3'),
  'CHK-LCAT-038': limit('L7e-CP', seats, '5', '4'),
  'CHK-LCAT-039': limit('L5e-A', seats, '6', '5'),
  'CHK-LCAT-040': limit('L7e-B1', 'DimensionGroup/WheelBaseGroundRatio', '6.01', '6'),
  'CHK-LCAT-041': limit('L7e-B2', 'DimensionGroup/WheelBaseGroundRatio', '8.01', '8'),
  'CHK-LCAT-042': limit('L3e-A1E', height, '899', '900'),
  'CHK-LCAT-043': limit('L3e-A3T', height, '701', '700'),
}
