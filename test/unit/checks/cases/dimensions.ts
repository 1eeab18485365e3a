import { noCouplings, body, supplement, dimension, axles3 } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'
import { van } from '../vehicles.ts'

export const cases: Cases = {
  'CHK-DIM-001': dimension('M1', 'Length', 12000, noCouplings),
  'CHK-DIM-002': dimension('M1G', 'Width', 2550, noCouplings),
  'CHK-DIM-003': dimension('N1', 'Width', 2550, van()),
  'CHK-DIM-004': dimension('N1', 'Width', 2600, van({ [supplement]: '04' })),
  'CHK-DIM-005': dimension('N1', 'Height', 4000, van()),
  'CHK-DIM-006': dimension('M3', 'Length', 13500, { [body]: 'CA' }),
  'CHK-DIM-007': dimension('M3', 'Length', 15000, { [body]: 'CA', ...axles3 }, ['CHK-AXLE-001']),
  'CHK-DIM-008': dimension('M3', 'Length', 18750, { [body]: 'CC', ...axles3 }, ['CHK-AXLE-001']),
  'CHK-DIM-009': dimension('M3', 'Width', 2550),
  'CHK-DIM-010': dimension('M3', 'Height', 4000),
  'CHK-DIM-011': dimension('N2', 'Length', 12000),
  'CHK-DIM-012': dimension('N2G', 'Width', 2550),
  'CHK-DIM-013': dimension('N2', 'Width', 2600, { [supplement]: '05' }),
  'CHK-DIM-014': dimension('N2', 'Height', 4000),
  'CHK-DIM-015': dimension('O4', 'Length', 12000, { [body]: 'DB' }),
  'CHK-DIM-016': dimension('O4', 'Width', 2550),
  'CHK-DIM-017': dimension('O4', 'Width', 2600, { [supplement]: '04' }),
  'CHK-DIM-018': dimension('O4', 'Height', 4000),
}
