import type { Rule } from '../rule.ts'

const axles = '/CocDataGroup/AxleTable/AxleGroup'

export const rules: readonly Rule[] = [
  {
    code: 'CHK-TYRE-001',
    title: 'Tyres of an axle are numbered 1 to n',
    severity: 'error',
    clause: 'Official content check: IS NUMBERED',
    each: `${axles}/TyreAxleTable/TyreAxleGroup`,
    let: { axle: '../../AxleNumber', number: 'TyreNumber', expected: { position: true } },
    check: { compare: ['number', '=', 'expected'] },
    at: 'TyreNumber',
    message: 'Tyre row {expected} of axle {axle} carries the number {number}. Number the tyres of each axle 1, 2, 3 …',
  },
  {
    code: 'CHK-TYRE-002',
    title: 'Exactly one tyre of each axle is the fitted one',
    severity: 'error',
    clause: 'Official content check [233]; CoC item 35 (2018/858 vehicles)',
    when: { categories: ['M', 'N', 'O'], if: { present: ['TyreAxleTable'] } },
    each: axles,
    let: {
      axle: 'AxleNumber',
      fitted: { count: 'TyreAxleTable/TyreAxleGroup/TyreFittedProductionIndicator', in: ['Y'] },
    },
    check: { compare: ['fitted', '=', 1] },
    at: 'TyreAxleTable',
    message: 'Axle {axle} marks {fitted} tyres as fitted in production. Exactly one row of each axle carries Y.',
  },
  {
    code: 'CHK-TYRE-003',
    title: 'A tyre combination names a tyre of the axle table',
    severity: 'error',
    clause: 'Official content check: ANY of a list',
    each: '/CocDataGroup/TyreAxleMassCombinationTable/TyreAxleMassCombinationGroup/TyreAxleCombinationTable/TyreAxleCombinationGroup',
    let: { tyre: 'TyreNumberCombination' },
    check: { anyOf: ['tyre', `${axles}/TyreAxleTable/TyreAxleGroup/TyreNumber`] },
    at: 'TyreNumberCombination',
    message: 'The combination names tyre {tyre}, which no axle has.',
  },
]
