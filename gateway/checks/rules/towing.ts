import { cocPath, say } from '../coc-path.ts'
import { towingLimits } from '../legal-limits.ts'
import type { Texts } from '../../ivi/coc/coc-item.ts'
import type { Rule } from '../rule.ts'

const rows = cocPath('BodyworkTypeGroup')
const towable = 'TechnicallyPermissibleMaximumTowableMass'

type Cap = (typeof towingLimits)[keyof typeof towingLimits]

const cap = (number: string, braking: 'UNB' | 'BRK', words: Texts, { value, article }: Cap): Rule => ({
  code: `CHK-TOW-${number}`,
  title: say(
    `Towable mass of M1 and N1, ${words.en} trailer`,
    `Anhängelast von M1 und N1, ${words.de} Anhänger`,
    `Masse remorquable de M1 et N1, remorque ${words.fr}`,
  ),
  severity: 'error',
  clause: article,
  when: { categories: ['M1', 'N1'], if: { in: ['../../BrakedTypeTrail', [braking]] } },
  each: rows,
  let: { towable, limit: value },
  check: { compare: ['towable', '<=', 'limit'] },
  at: towable,
  message: say(
    `The towable mass, ${words.en} trailer, is {towable} kg; M1 and N1 have at most {limit} kg. Correct the value.`,
    `Die Anhängelast, ${words.de} Anhänger, ist {towable} kg; M1 und N1 haben höchstens {limit} kg. Berichtigen Sie den Wert.`,
    `La masse remorquable, remorque ${words.fr}, est de {towable} kg ; M1 et N1 ont au plus {limit} kg. Corrigez la valeur.`,
  ),
})

/** Rules about towing speak only where a mass above 0 may be towed. */
const tows = { compare: [towable, '>', 0] } as const

export const rules: readonly Rule[] = [
  cap('001', 'UNB', say('unbraked', 'ungebremster', 'non freinée'), towingLimits.unbraked),
  cap('002', 'BRK', say('braked', 'gebremster', 'freinée'), towingLimits.braked),
  {
    code: 'CHK-TOW-003',
    title: say(
      'A towable mass names the braking of the trailer',
      'Eine Anhängelast nennt die Bremsung des Anhängers',
      'Une masse remorquable indique le freinage de la remorque',
    ),
    severity: 'error',
    clause: 'IVI set-up manual, BrakedTypeTrail; CoC item 18',
    when: { if: tows },
    each: rows,
    let: { towable },
    check: { present: ['../../BrakedTypeTrail'] },
    at: '../../BrakedTypeTrail',
    message: say(
      'A towable mass of {towable} kg is given, but not for which trailer. Add BrakedTypeTrail (BRK, UNB …).',
      'Eine Anhängelast von {towable} kg ist angegeben, aber nicht für welchen Anhänger. Ergänzen Sie BrakedTypeTrail (BRK, UNB …).',
      'Une masse remorquable de {towable} kg est donnée sans le type de remorque. Ajoutez BrakedTypeTrail (BRK, UNB …).',
    ),
  },
  {
    code: 'CHK-TOW-004',
    title: say(
      'A braked towable mass names the trailer body',
      'Eine gebremste Anhängelast nennt den Aufbau des Anhängers',
      'Une masse remorquable freinée indique la carrosserie de la remorque',
    ),
    // A warning: the change overview of 2025 says the opposite of the set-up manual of 2026.
    severity: 'warning',
    clause: 'IVI set-up manual, BodyworkTypeTrailer; CoC item 18',
    when: { if: { all: [tows, { in: ['../../BrakedTypeTrail', ['BRK']] }] } },
    each: rows,
    let: { towable },
    check: { present: ['BodyworkTypeTrailer'] },
    at: 'BodyworkTypeTrailer',
    message: say(
      'The braked towable mass of {towable} kg names no trailer body. Add BodyworkTypeTrailer (DA, DB, DC or DE).',
      'Die gebremste Anhängelast von {towable} kg nennt keinen Aufbau des Anhängers. Ergänzen Sie BodyworkTypeTrailer (DA, DB, DC oder DE).',
      'La masse remorquable freinée de {towable} kg n’indique pas la carrosserie. Ajoutez BodyworkTypeTrailer (DA, DB, DC ou DE).',
    ),
  },
]
