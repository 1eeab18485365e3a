import { manufacturer } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'
import { light, tractor } from '../vehicles.ts'

const number = (bad: string, good: string, more = {}) => ({
  bad: { ...more, TypeApprovalNumber: bad },
  good: { ...more, TypeApprovalNumber: good },
})
const before = manufacturer(2, 'PreviousStageTypeApprovalNumber')
const series = { ProductionYearSmallSeries: '2026', ProductionSequentialNumberSmallSeries: '1' }

export const cases: Cases = {
  'CHK-APR-001': number('e4*168/2013*00001*00', 'e4*2007/46*0123*12'),
  'CHK-APR-002': {
    bad: light('L3e-A1', { TypeApprovalNumber: 'e4*2018/858*00001*00' }),
    good: light('L3e-A1'),
  },
  'CHK-APR-003': { bad: tractor('T1a', { TypeApprovalNumber: 'e4*168/2013*00001*00' }), good: tractor('T1a') },
  'CHK-APR-004': number('e4*KS18/858*00001*00', 'e4*2018/858*00001*00'),
  'CHK-APR-005': number('e4*2018/858*00001*00', 'e4*KS18/858*00001*00', { TypeApprovalType: 'ESS', ...series }),
  'CHK-APR-006': number('e4*2018/858*00001*00', 'e4*NKS18/858*00001*00', { TypeApprovalType: 'NSS', ...series }),
  'CHK-APR-007': { ...number('e11*2018/858*00001*00', 'e12*2018/858*00001*00'), implies: ['CHK-HDR-003'] },
  'CHK-APR-008': { ...number('g12*2018/858*00001*00', 'g11*2018/858*00001*00'), implies: ['CHK-HDR-003'] },
  'CHK-APR-009': number('e4*2018/858*00000*00', 'e4*2018/858*00010*00'),
  'CHK-APR-010': number('e4*IV18/858*00001*00', 'e4*KS18/858*00001*00'),
  'CHK-APR-011': {
    bad: light('L3e-A1', { TypeApprovalNumber: 'e4*168/2013*0001*00' }),
    good: light('L3e-A1'),
  },
  'CHK-APR-012': { ...number('e4*X18/858*00001*00', 'e4*KS18/858*00001*00') },
  'CHK-APR-013': { bad: { [before]: 'e4*167/2013*00001*00' } },
  'CHK-APR-014': { bad: { [before]: 'e4*2018/858*00001' }, good: { [before]: 'e4*2018/858*00001*02' } },
}
