import { laden } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'
import { trailer, van } from '../vehicles.ts'

const seats = 'GeneralConstructionGroup/NumberOfSeatingPositionsIncludingDriver'
const purpose = 'BodyworkTable/BodyworkGroup[1]/SpecialPurposeDesignation'
const busClass = 'BodyworkTable/BodyworkGroup[1]/VehicleClassTable/VehicleClassGroup[1]/VehicleClass'
const coupled = (kg: string) => ({
  'MassGroup/MaximumStaticVerticalMassCouplingPointTable': {
    MaximumStaticVerticalMassCouplingPointGroup: [{ TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint: kg }],
  },
})

export const cases: Cases = {
  'CHK-CAT-001': { bad: { VehicleCategory: 'M2' }, good: { VehicleCategory: 'M2', [laden]: '5000' } },
  'CHK-CAT-002': {
    bad: van({ 'MassGroup/AdditionalMassAlternativePropulsion': undefined }),
    good: van({ 'MassGroup/AdditionalMassAlternativePropulsion': undefined, [laden]: '3500' }),
  },
  'CHK-CAT-003': {
    bad: {
      [laden]: '12001',
      'AxleTable/AxleGroup[1]/TechnicallyPermissibleMassAxle': '5000',
      'AxleTable/AxleGroup[2]/TechnicallyPermissibleMassAxle': '8000',
    },
    good: { [laden]: '12000' },
  },
  'CHK-CAT-004': { bad: trailer('O1', 751), good: trailer('O1', 800, coupled('50')) },
  'CHK-CAT-005': { bad: trailer('O2', 3501), good: trailer('O2', 3600, coupled('100')) },
  'CHK-CAT-006': { bad: trailer('O3', 10001), good: trailer('O3', 10000) },
  'CHK-CAT-007': {
    bad: { VehicleCategory: 'M3', [laden]: '5000' },
    good: { VehicleCategory: 'M3', [laden]: '5001' },
    implies: ['CHK-MASS-007'],
  },
  'CHK-CAT-008': {
    bad: { [laden]: '3500' },
    good: { [laden]: '3501' },
    implies: ['CHK-MASS-002', 'CHK-MASS-007', 'CHK-MASS-011'],
  },
  'CHK-CAT-009': { bad: { VehicleCategory: 'N3' }, good: { VehicleCategory: 'N3', [laden]: '12001' } },
  'CHK-CAT-010': { bad: trailer('O2', 750), good: trailer('O2', 751) },
  'CHK-CAT-011': { bad: trailer('O3', 3500), good: trailer('O3', 3501) },
  'CHK-CAT-012': { bad: trailer('O4', 10000), good: trailer('O4', 10001) },
  'CHK-CAT-013': {
    bad: {
      VehicleCategory: 'M1',
      MechanicalCouplingTable: undefined,
      TowingBrakedTypeTrailTable: undefined,
      [seats]: '10',
    },
    good: { VehicleCategory: 'M1', [seats]: '9' },
    implies: ['CHK-CPL-008', 'CHK-CPL-002', 'CHK-CPL-004'],
  },
  'CHK-CAT-014': {
    bad: { VehicleCategory: 'M3', [seats]: '9' },
    good: { VehicleCategory: 'M3', [seats]: '10' },
  },
  'CHK-CAT-015': {
    bad: { 'GeneralConstructionGroup/NumberOfWheels': '3' },
    good: { 'GeneralConstructionGroup/NumberOfWheels': '4' },
  },
  'CHK-CAT-016': {
    bad: { VehicleCategory: 'M3', MaximumSpeed: '101' },
    good: { VehicleCategory: 'M3', MaximumSpeed: '100' },
  },
  'CHK-CAT-017': { bad: { MaximumSpeed: '91' }, good: { MaximumSpeed: '90' } },
  'CHK-CAT-018': { bad: van(), good: van({ [laden]: '3500' }) },
  'CHK-CAT-019': {
    bad: { VehicleCategory: 'M1', MechanicalCouplingTable: undefined, TowingBrakedTypeTrailTable: undefined },
    implies: ['CHK-CPL-008', 'CHK-CPL-002', 'CHK-CPL-004'],
  },
  'CHK-CAT-020': { bad: { VehicleCategory: 'M3' } },
  'CHK-CAT-021': { bad: { 'BodyworkTable/BodyworkGroup[1]/CodeForBodywork': 'AA' } },
  'CHK-CAT-022': {
    bad: trailer('O4', 12000, { BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: 'BA' }] } }),
    good: trailer('O4', 12000, { BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: 'DB' }] } }),
  },
  'CHK-CAT-023': { bad: { VehicleCategory: 'N2S' }, good: { VehicleCategory: 'N2S', [purpose]: 'SG' } },
  'CHK-CAT-024': {
    bad: trailer('O2', 2000, { BodyworkTable: { BodyworkGroup: [{ SpecialPurposeDesignation: 'SA' }] } }),
    good: trailer('O2', 2000, { BodyworkTable: { BodyworkGroup: [{ SpecialPurposeDesignation: 'SE' }] } }),
  },
  'CHK-CAT-025': { bad: { [purpose]: 'SE' }, good: { [purpose]: 'SF' } },
  'CHK-CAT-026': {
    bad: { VehicleCategory: 'M3', [busClass]: 'B', [seats]: '24' },
    good: { VehicleCategory: 'M3', [busClass]: 'B', [seats]: '23' },
  },
  'CHK-CAT-027': {
    bad: { VehicleCategory: 'M3', [busClass]: 'I', [seats]: '20' },
    good: {
      VehicleCategory: 'M3',
      [busClass]: 'I',
      [seats]: '20',
      'GeneralConstructionGroup/NumberOfStandingPlaces': '4',
    },
  },
}
