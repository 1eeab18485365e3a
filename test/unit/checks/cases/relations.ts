import { axle } from '../case-paths.ts'
import type { Cases, RuleCase } from '../rule-case.ts'
import type { Change } from '../rules-sample.ts'
import { light, trailer } from '../vehicles.ts'

const pair = (path: string, bad: string, good: string, more: Change = {}): RuleCase => ({
  bad: { ...more, [path]: bad },
  good: { ...more, [path]: good },
})
const group = 'GeneralConstructionGroup'
const seats = { [`${group}/NumberOfSeatingPositionsIncludingDriver`]: '30' }
const twin = { [axle(1, 'TyreAxleTable/TyreAxleGroup[1]/LoadCapacityIndexSingleWheel')]: '121' }
const members = 'AxleGroupTable/AxleGroupGroup[1]/AxleGroupMemberTable/AxleGroupMemberGroup'
const connection =
  'InterconnectionWithPoweredAxleTable/InterconnectionWithPoweredAxleGroup[1]/InterconnectionWithPoweredAxleNumber'
const semi = (rear: string): Change =>
  trailer('O4', 30000, {
    BodyworkTable: { BodyworkGroup: [{ CodeForBodywork: 'DA' }] },
    MechanicalCouplingTable: {
      MechanicalCouplingGroup: [{ MechanicalCouplingNumber: '1', DistanceCentreCouplingRearEnd: rear }],
    },
  })

export const cases: Cases = {
  'CHK-DIM-019': { bad: semi('12001'), good: semi('12000') },
  'CHK-DIM-020': pair('DimensionGroup/MaximumPermissibleLength', '12001', '12000', {
    VehicleCategory: 'M1',
    MechanicalCouplingTable: undefined,
    TyreAxleMassCombinationTable: undefined,
    TowingBrakedTypeTrailTable: undefined,
    'MassGroup/MaximumStaticVerticalMassCouplingPointTable': undefined,
  }),
  'CHK-DIM-021': pair('DimensionGroup/MaximumPermissibleLength', '18751', '18750', { VehicleCategory: 'M3' }),
  'CHK-DIM-022': pair('DimensionGroup/MaximumPermissibleLength', '12001', '12000'),
  'CHK-DIM-023': pair('DimensionGroup/MaximumPermissibleWidth', '2551', '2550', { VehicleCategory: 'M3' }),
  'CHK-DIM-024': pair('DimensionGroup/MaximumPermissibleWidth', '2601', '2600'),
  'CHK-DIM-025': pair('DimensionGroup/MaximumPermissibleHeight', '4001', '4000'),
  'CHK-DIM-026': { bad: light('L3e-A1', { 'DimensionGroup/Wheelbase': '1901' }), good: light('L3e-A1') },
  'CHK-DIM-027': pair('DimensionGroup/RearOverhang', '3001', '3000'),
  'CHK-DIM-028': pair('DimensionGroup/LengthLoadingArea', '7001', '7000'),
  'CHK-DIM-029': pair(axle(1, 'AxleTrack'), '2501', '2500'),
  'CHK-WHEEL-001': {
    ...pair(`${group}/NumberOfWheels`, '5', '6', { [`${group}/NumberOfAxles`]: '3' }),
    implies: ['CHK-AXLE-001'],
  },
  'CHK-WHEEL-002': pair(`${group}/NumberOfWheels`, '9', '8'),
  'CHK-SEAT-002': pair(`${group}/NumberOfSeatingPositionsUpperDeck`, '21', '20', {
    VehicleCategory: 'M3',
    ...seats,
    [`${group}/NumberOfSeatingPositionsLowerDeck`]: '10',
  }),
  'CHK-TYRE-004': pair(axle(1, 'TyreAxleTable/TyreAxleGroup[1]/LoadCapacityIndexTwinWheel'), '122', '121', twin),
  'CHK-TYRE-005': { bad: { [axle(2, 'TyreAxleTable')]: undefined } },
  'CHK-AXLE-013': { bad: { [`${members}[2]/MemberAxleNumber`]: '1' } },
  'CHK-AXLE-014': pair(`${group}/NumberOfPoweredAxles`, '0', '1', {
    [axle(2, 'PoweredAxleIndicator')]: undefined,
  }),
  'CHK-AXLE-015': { bad: { [axle(2, connection)]: '2' } },
  'CHK-DATE-004': pair('TypeApprovalIssueDate', '2017-12-31', '2020-01-01'),
  'CHK-DATE-005': {
    bad: light('L3e-A1', { TypeApprovalIssueDate: '2012-12-31' }),
    good: light('L3e-A1', { TypeApprovalIssueDate: '2016-01-01' }),
  },
  'CHK-DATE-006': pair('TypeApprovalIssueDate', '2006-12-31', '2015-01-01', {
    TypeApprovalNumber: 'e4*2007/46*0123*12',
  }),
}
