import type { Cases } from '../rule-case.ts'

export const cases: Cases = {
  'CHK-DATE-001': { bad: { TypeApprovalIssueDate: '2026-09-02' }, good: { TypeApprovalIssueDate: '2026-09-01' } },
  'CHK-DATE-002': { bad: { TypeApprovalIssueDate: '2026-09-03' } },
  'CHK-DATE-003': { bad: { DateManufactureVehicle: '2026-09-03' } },
}
