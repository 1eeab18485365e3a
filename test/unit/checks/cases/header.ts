import type { Cases } from '../rule-case.ts'

export const cases: Cases = {
  'CHK-HDR-001': { bad: { '/Header/IviVersionNumberXsd': '2.0.0' } },
  'CHK-HDR-002': {
    bad: { '/Header/IviVersionNumber': '0' },
    path: '/InitialVehicleInformation/Header/IviVersionNumber',
  },
  'CHK-HDR-003': { bad: { '/Header/DesignatedTypeApprovalCountry': 'e1' } },
  'CHK-HDR-004': {
    bad: { TypeApprovalNumber: 'e4*2007/46*0123' },
    good: { TypeApprovalNumber: 'e4*2007/46*0123*12' },
  },
  'CHK-HDR-005': {
    bad: { TypeApprovalNumber: 'e4*2018/858*9901*00' },
    good: { TypeApprovalNumber: 'e4*KS18/858*00001*00' },
  },
  'CHK-HDR-006': { bad: { Version: 'N/A' }, good: { Version: 'N/A', VehicleCategory: 'L5e-A' } },
}
