import { incomplete } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'
import { light } from '../vehicles.ts'

const series = { ProductionYearSmallSeries: '2026', ProductionSequentialNumberSmallSeries: '1' }
const small = { ...incomplete, TypeApprovalType: 'ESS', TypeApprovalNumber: 'e4*KS18/858*00001*00' }
const national = { ...incomplete, TypeApprovalType: 'NSS', TypeApprovalNumber: 'e4*NKS18/858*00001*00' }
const territory = {
  ProvisionalApprovalTerritoryTable: {
    ProvisionalApprovalTerritoryGroup: [{ ProvisionalApprovalTerritoryCountry: 'NL' }],
  },
}

export const cases: Cases = {
  'CHK-SML-001': {
    bad: { ...small, ProductionYearSmallSeries: '2026' },
    good: { ...small, ...series },
    path: '/InitialVehicleInformation/CocDataGroup/ProductionYearSmallSeries',
  },
  'CHK-SML-002': { bad: national, good: { ...national, ...series } },
  'CHK-SML-003': { bad: series },
  'CHK-SML-004': {
    bad: { ...small, ...series, ProductionYearSmallSeries: '2025' },
    good: { ...small, ...series },
  },
  'CHK-SML-005': {
    bad: { ...small, ...series, ProductionSequentialNumberSmallSeries: '0' },
    good: { ...small, ...series },
  },
  'CHK-SML-006': {
    bad: light('L3e-A1', { TypeApprovalType: 'ESS' }),
    good: light('L3e-A1', { TypeApprovalType: 'NSS' }),
  },
  'CHK-SML-007': {
    bad: { ProvisionalTypeApprovalIndicator: 'Y' },
    good: { ProvisionalTypeApprovalIndicator: 'Y', ...territory },
  },
  'CHK-SML-008': {
    bad: { ProvisionalTypeApprovalIndicator: 'N', ...territory },
    good: { ProvisionalTypeApprovalIndicator: 'Y', ...territory },
  },
  'CHK-SML-009': {
    bad: light('L3e-A1', { TypeApprovalType: 'NSS' }),
    good: light('L3e-A1', { TypeApprovalType: 'NSS', ...series }),
  },
}
