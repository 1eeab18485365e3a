import type { Rule } from '../rule.ts'

const rows = '/CocDataGroup/TowingBrakedTypeTrailTable/TowingBrakedTypeTrailGroup/BodyworkTypeTable/BodyworkTypeGroup'
const annex = '2021/535 Annex XIII Part 2'

const cap = (number: string, braking: 'UNB' | 'BRK', words: string, limit: number, point: string): Rule => ({
  code: `CHK-TOW-${number}`,
  title: `Towable mass of M1 and N1, ${words} trailer`,
  severity: 'error',
  clause: `${annex} ${point}`,
  when: { categories: ['M1', 'N1'], if: { in: ['../../BrakedTypeTrail', [braking]] } },
  each: rows,
  let: { towable: 'TechnicallyPermissibleMaximumTowableMass', limit },
  check: { compare: ['towable', '<=', 'limit'] },
  at: 'TechnicallyPermissibleMaximumTowableMass',
  message: `The towable mass of an ${words} trailer ({towable} kg) is above {limit} kg.`,
})

/** Rules about towing speak only where a mass above 0 may be towed. */
const tows = { compare: ['TechnicallyPermissibleMaximumTowableMass', '>', 0] } as const

export const rules: readonly Rule[] = [
  cap('001', 'UNB', 'unbraked', 750, 'B 3.1.2'),
  {
    ...cap('002', 'BRK', 'braked', 3500, 'B 3.1.1'),
    message: 'The towable mass of a braked trailer ({towable} kg) is above {limit} kg.',
  },
  {
    code: 'CHK-TOW-003',
    title: 'A towable mass names the braking of the trailer',
    severity: 'error',
    clause: 'IVI set-up manual, BrakedTypeTrail; CoC item 18',
    when: { if: tows },
    each: rows,
    let: { towable: 'TechnicallyPermissibleMaximumTowableMass' },
    check: { present: ['../../BrakedTypeTrail'] },
    at: '../../BrakedTypeTrail',
    message: 'A towable mass of {towable} kg is given, but not for which trailer. Add BrakedTypeTrail (BRK, UNB …).',
  },
  {
    code: 'CHK-TOW-004',
    title: 'A braked towable mass names the trailer body',
    // A warning: the change overview of 2025 says the opposite of the set-up manual of 2026.
    severity: 'warning',
    clause: 'IVI set-up manual, BodyworkTypeTrailer; CoC item 18',
    when: { if: { all: [tows, { in: ['../../BrakedTypeTrail', ['BRK']] }] } },
    each: rows,
    let: { towable: 'TechnicallyPermissibleMaximumTowableMass' },
    check: { present: ['BodyworkTypeTrailer'] },
    at: 'BodyworkTypeTrailer',
    message:
      'The braked towable mass of {towable} kg names no trailer body. Add BodyworkTypeTrailer (DA, DB, DC or DE).',
  },
]
