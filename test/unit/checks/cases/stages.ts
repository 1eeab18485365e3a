import { at, manufacturer, incomplete } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'

export const cases: Cases = {
  'CHK-STG-001': { bad: { [manufacturer(2, 'ManufacturerStageNumber')]: '3' } },
  'CHK-STG-002': {
    bad: { [manufacturer(2, 'PreviousStageVariant')]: undefined },
    path: `${at}${manufacturer(2, 'PreviousStageTypeApprovalNumber')}`,
  },
  'CHK-STG-003': { bad: { [manufacturer(1, 'PreviousStageVersion')]: '1' } },
  'CHK-STG-004': {
    bad: { StageOfCompletion: 'C' },
    good: { ...incomplete, StageOfCompletion: 'C' },
    path: `${at}StageOfCompletion`,
  },
  'CHK-STG-005': { bad: { ...incomplete, StageOfCompletion: 'V' } },
  'CHK-STG-006': {
    bad: {
      [manufacturer(2, 'PreviousStageTypeApprovalNumber')]: 'e4*2018/858*99001*00',
      [manufacturer(2, 'PreviousStageType')]: 'EXB',
      [manufacturer(2, 'PreviousStageVariant')]: 'BOX',
      [manufacturer(2, 'PreviousStageVersion')]: 'A1',
    },
    good: {
      [manufacturer(2, 'PreviousStageTypeApprovalNumber')]: 'e4*2018/858*99001*00',
      [manufacturer(2, 'PreviousStageType')]: 'EXB',
      [manufacturer(2, 'PreviousStageVariant')]: 'BOX',
    },
  },
}
