import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import type { ContentRule, Rule, Value } from '../rule.ts'

type Names = readonly [en: string, de: string, fr: string]

interface NotMore {
  readonly code: string
  readonly clause: string
  readonly severity?: Rule['severity']
  readonly categories: readonly string[]
  readonly each?: string
  readonly less: Value
  readonly more: Value
  readonly at: string
  readonly small: Names
  readonly large: Names
}

/** Plain geometry and counting: one number is never more than another. */
const notMore = ({
  code,
  clause,
  severity = 'warning',
  categories,
  each,
  less,
  more,
  at,
  small,
  large,
}: NotMore): ContentRule =>
  makeRule({
    code: `CHK-${code}`,
    title: [
      `The ${small[0]} is not above the ${large[0]}`,
      `${small[1]} nicht über ${large[1]}`,
      `${small[2]} pas au-dessus de ${large[2]}`,
    ],
    severity,
    clause,
    categories,
    ...(each === undefined ? {} : { each }),
    let: { less, more },
    check: { compare: ['less', '<=', 'more'] },
    at,
    message: [
      `The ${small[0]} ({less}) is above the ${large[0]} ({more}). See that both are right.`,
      `${small[1]} ({less}) ist mehr als ${large[1]} ({more}). Prüfen Sie beide.`,
      `${small[2]} ({less}) dépasse ${large[2]} ({more}). Vérifiez les deux.`,
    ],
  })

const length = cocPath('Length')
const lengthNames: Names = ['length (5)', 'Länge (5)', 'la longueur (5)']
const seats = cocPath('NumberOfSeatingPositionsIncludingDriver')
const wheels = cocPath('NumberOfWheels')
const axles = cocPath('NumberOfAxles')
const forms = '2020/683 Annex VIII, CoC items'

export const rules: readonly Rule[] = [
  notMore({
    code: 'DIM-026',
    clause: `${forms} 4 and 5`,
    severity: 'error',
    categories: ['M', 'N', 'L'],
    less: cocPath('Wheelbase'),
    more: length,
    at: cocPath('Wheelbase'),
    small: ['wheelbase (4)', 'Radstand (4)', 'l’empattement (4)'],
    large: lengthNames,
  }),
  notMore({
    code: 'DIM-027',
    clause: `${forms} 4, 5 and 12`,
    categories: ['M', 'N'],
    less: { sum: [cocPath('Wheelbase'), cocPath('RearOverhang')] },
    more: length,
    at: cocPath('RearOverhang'),
    small: [
      'sum of wheelbase and rear overhang',
      'Summe aus Radstand und hinterem Überhang',
      'la somme empattement et porte-à-faux arrière',
    ],
    large: lengthNames,
  }),
  notMore({
    code: 'DIM-028',
    clause: `${forms} 5 and 11`,
    categories: ['N', 'O'],
    less: cocPath('LengthLoadingArea'),
    more: length,
    at: cocPath('LengthLoadingArea'),
    small: ['length of the loading area (11)', 'Länge der Ladefläche (11)', 'la longueur de chargement (11)'],
    large: lengthNames,
  }),
  notMore({
    code: 'DIM-029',
    clause: `${forms} 6 and 30`,
    categories: ['M', 'N', 'L'],
    each: cocPath('AxleGroup'),
    less: 'AxleTrack',
    more: cocPath('Width'),
    at: 'AxleTrack',
    small: ['track of the axle (30)', 'Spurweite der Achse (30)', 'la voie de l’essieu (30)'],
    large: ['width (6)', 'Breite (6)', 'la largeur (6)'],
  }),
  notMore({
    code: 'WHEEL-001',
    clause: `${forms} 1`,
    categories: ['M', 'N', 'T'],
    less: { sum: [axles, axles] },
    more: wheels,
    at: wheels,
    small: ['number of axles times two', 'doppelte Zahl der Achsen', 'le double du nombre d’essieux'],
    large: ['number of wheels (1)', 'Zahl der Räder (1)', 'le nombre de roues (1)'],
  }),
  notMore({
    code: 'WHEEL-002',
    clause: `${forms} 1`,
    categories: ['M', 'N', 'T', 'L'],
    less: wheels,
    more: { sum: [axles, axles, axles, axles] },
    at: wheels,
    small: ['number of wheels (1)', 'Zahl der Räder (1)', 'le nombre de roues (1)'],
    large: ['number of axles times four', 'vierfache Zahl der Achsen', 'le quadruple du nombre d’essieux'],
  }),
  notMore({
    code: 'SEAT-002',
    clause: `${forms} 42 and 42.2`,
    categories: ['M3'],
    less: { sum: [cocPath('NumberOfSeatingPositionsLowerDeck'), cocPath('NumberOfSeatingPositionsUpperDeck')] },
    more: seats,
    at: cocPath('NumberOfSeatingPositionsUpperDeck'),
    small: [
      'number of seats of both decks (42.2)',
      'Zahl der Sitze beider Decks (42.2)',
      'le nombre de places des deux niveaux (42.2)',
    ],
    large: ['number of seats (42)', 'Zahl der Sitzplätze (42)', 'le nombre de places (42)'],
  }),
  notMore({
    code: 'TYRE-004',
    clause: 'UN Regulation 54 and 30: load index, single and twin; CoC item 35',
    categories: ['M', 'N', 'O'],
    each: cocPath('TyreAxleGroup'),
    less: 'LoadCapacityIndexTwinWheel',
    more: 'LoadCapacityIndexSingleWheel',
    at: 'LoadCapacityIndexTwinWheel',
    small: ['load index of the twin wheel', 'Lastindex des Zwillingsrads', 'l’indice de charge jumelé'],
    large: ['load index of the single wheel', 'Lastindex des Einzelrads', 'l’indice de charge simple'],
  }),
  makeRule({
    code: 'CHK-AXLE-013',
    title: [
      'An axle stands in one axle group',
      'Eine Achse steht in einer Achsgruppe',
      'Un essieu figure dans un seul groupe',
    ],
    severity: 'warning',
    clause: '2021/535 Annex XIII Part 2 A, group of axles; CoC item 16.3',
    each: cocPath('AxleGroupMemberGroup'),
    let: { axle: 'MemberAxleNumber' },
    check: { unique: ['axle', cocPath('MemberAxleNumber')] },
    at: 'MemberAxleNumber',
    message: [
      'Axle {axle} stands more than once in the axle groups. Name each axle once.',
      'Achse {axle} steht mehrmals in den Achsgruppen. Nennen Sie jede Achse einmal.',
      'L’essieu {axle} figure plusieurs fois dans les groupes. Nommez chaque essieu une fois.',
    ],
  }),
  makeRule({
    code: 'CHK-AXLE-014',
    title: [
      'A motor vehicle has a powered axle',
      'Ein Kraftfahrzeug hat eine Antriebsachse',
      'Un véhicule à moteur a un essieu moteur',
    ],
    severity: 'warning',
    clause: '2018/858 Article 3(16); CoC item 3',
    categories: ['M', 'N'],
    let: { powered: cocPath('NumberOfPoweredAxles') },
    check: { compare: ['powered', '>', 0] },
    at: cocPath('NumberOfPoweredAxles'),
    message: [
      'NumberOfPoweredAxles is {powered}; a motor vehicle has at least one. Correct it.',
      'NumberOfPoweredAxles ist {powered}; ein Kraftfahrzeug hat mindestens eine. Berichtigen Sie es.',
      'NumberOfPoweredAxles est {powered} ; un véhicule à moteur en a au moins un. Corrigez.',
    ],
  }),
  makeRule({
    code: 'CHK-AXLE-015',
    title: [
      'An axle is connected with another one',
      'Eine Achse ist mit einer anderen verbunden',
      'Un essieu est relié à un autre',
    ],
    severity: 'warning',
    clause: 'IVI set-up manual, InterconnectionWithPoweredAxleNumber; CoC item 3',
    each: cocPath('InterconnectionWithPoweredAxleGroup'),
    let: { axle: '../../AxleNumber', other: 'InterconnectionWithPoweredAxleNumber' },
    check: { compare: ['axle', '!=', 'other'] },
    at: 'InterconnectionWithPoweredAxleNumber',
    message: [
      'Axle {axle} is said to be connected with itself. Name the other powered axle.',
      'Achse {axle} ist als mit sich selbst verbunden angegeben. Nennen Sie die andere Antriebsachse.',
      'L’essieu {axle} est indiqué comme relié à lui-même. Nommez l’autre essieu moteur.',
    ],
  }),
  makeRule({
    code: 'CHK-TYRE-005',
    title: [
      'Tyres are given for every axle or none',
      'Reifen stehen bei jeder Achse oder bei keiner',
      'Les pneus sont donnés pour chaque essieu ou aucun',
    ],
    severity: 'warning',
    clause: 'IVI set-up manual, multi-stage: a table is repeated in full; CoC item 35',
    categories: ['M', 'N', 'O'],
    each: cocPath('AxleGroup'),
    only: { present: [cocPath('TyreAxleTable')] },
    let: { axle: 'AxleNumber' },
    check: { present: ['TyreAxleTable'] },
    at: 'TyreAxleTable',
    message: [
      'Axle {axle} has no tyres, though other axles have. Add its tyres.',
      'Achse {axle} hat keine Reifen, obwohl andere Achsen welche haben. Ergänzen Sie ihre Reifen.',
      'L’essieu {axle} n’a pas de pneus, alors que d’autres en ont. Ajoutez ses pneus.',
    ],
  }),
]
