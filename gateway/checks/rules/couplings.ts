import type { Rule } from '../rule.ts'

const coc = '/CocDataGroup'
const couplings = `${coc}/MechanicalCouplingTable/MechanicalCouplingGroup`
const canBeFitted = `${coc}/MechanicalCouplingCanBeFittedTable`
const vertical = `${coc}/MassGroup/MaximumStaticVerticalMassCouplingPointTable`
const manual = 'IVI set-up manual, mechanical couplings'

const knownCoupling = (number: string, each: string, element: string): Rule => ({
  code: `CHK-CPL-${number}`,
  title: `${element} names a fitted coupling`,
  severity: 'error',
  clause: 'Official content check [169]; IVI set-up manual, mechanical couplings',
  each,
  let: { coupling: element },
  check: { anyOf: ['coupling', `${couplings}/MechanicalCouplingNumber`] },
  at: element,
  message: `${element} names coupling {coupling}, which the table of fitted couplings does not have.`,
})

const forbidden = (number: string, categories: readonly string[], path: string, title: string): Rule => ({
  code: `CHK-CPL-${number}`,
  title,
  severity: 'error',
  clause: manual,
  when: { categories },
  let: { category: `${coc}/VehicleCategory` },
  check: { absent: [path] },
  at: path,
  message: `${path.split('/').at(-1) ?? path} is not for category {category}. Leave it out.`,
})

export const rules: readonly Rule[] = [
  {
    code: 'CHK-CPL-001',
    title: 'Fitted couplings are numbered 1 to n',
    severity: 'error',
    clause: 'Official content check: IS NUMBERED',
    each: couplings,
    let: { number: 'MechanicalCouplingNumber', expected: { position: true } },
    check: { compare: ['number', '=', 'expected'] },
    at: 'MechanicalCouplingNumber',
    message: 'Coupling row {expected} carries the number {number}. Number the couplings 1, 2, 3 …',
  },
  knownCoupling(
    '002',
    `${vertical}/MaximumStaticVerticalMassCouplingPointGroup`,
    'MechanicalCouplingNumberVerticalMass',
  ),
  knownCoupling(
    '003',
    `${coc}/TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup`,
    'MechanicalCouplingNumberTowingMasses',
  ),
  knownCoupling(
    '004',
    `${coc}/TyreAxleMassCombinationTable/TyreAxleMassCombinationGroup/TyreAxleCouplingPointTyreCombinationTable/TyreAxleCouplingPointTyreCombinationGroup`,
    'MechanicalCouplingNumberOfTyreAxleCouplingPointTyreCombination',
  ),
  {
    code: 'CHK-CPL-005',
    title: 'Couplings that can be fitted are for incomplete vehicles',
    severity: 'error',
    clause: manual,
    when: { stages: ['C', 'V'] },
    let: { stage: `${coc}/StageOfCompletion` },
    check: { absent: [canBeFitted] },
    at: canBeFitted,
    message:
      'The vehicle is finished (stage {stage}), so it has couplings, not couplings that can be fitted. Leave the table out.',
  },
  forbidden(
    '006',
    ['M1', 'L', 'T', 'C', 'R', 'S'],
    canBeFitted,
    'Couplings that can be fitted are not for all categories',
  ),
  forbidden('007', ['M1'], `${coc}/MechanicalCouplingTable`, 'No table of fitted couplings on M1'),
  {
    code: 'CHK-CPL-008',
    title: 'No coupling number at the static vertical mass on M1',
    severity: 'error',
    clause: manual,
    when: { categories: ['M1'] },
    each: `${vertical}/MaximumStaticVerticalMassCouplingPointGroup`,
    let: { coupling: 'MechanicalCouplingNumberVerticalMass' },
    check: { absent: ['MechanicalCouplingNumberVerticalMass'] },
    at: 'MechanicalCouplingNumberVerticalMass',
    message:
      'The static vertical mass names coupling {coupling}, but an M1 vehicle has no coupling table. Leave it out.',
  },
  forbidden('009', ['T', 'C'], vertical, 'No static vertical mass table on T and C'),
]
