import type { Texts } from '../../ivi/coc/coc-item.ts'
import { cocPath, onEveryAxle, say } from '../coc-path.ts'
import type { ContentRule, Rule, Value, When } from '../rule.ts'

const axles = cocPath('AxleGroup')
const axleMass = cocPath('TechnicallyPermissibleMassAxle')
const laden = cocPath('TechnicallyPermissibleMaximumLadenMass')
const actual = cocPath('ActualMass')
const running = cocPath('MassInRunningOrder')
const combination = cocPath('TechnicallyPermissibleMaximumCombinationMass')
const annex = '2021/535 Annex XIII Part 2'
/** A trailer carries a part of its mass on the coupling of what pulls it. */
const selfCarrying = ['M', 'N', 'L', 'T', 'C']
const trailers = ['O', 'R', 'S']

const runningWords = say(
  'mass in running order (13)',
  'Masse in fahrbereitem Zustand (13)',
  'masse en ordre de marche (13)',
)
const actualWords = say('actual mass (13.2)', 'tatsächliche Masse (13.2)', 'masse réelle (13.2)')
const ladenWords = say('maximum laden mass (16.1)', 'zulässige Gesamtmasse (16.1)', 'masse maximale en charge (16.1)')

interface NotAbove {
  readonly number: string
  readonly clause: string
  readonly less: Value
  readonly more: Value
  readonly at: string
  readonly words: readonly [less: Texts, more: Texts]
  readonly each?: string
  readonly when?: When
}

/** One mass that is never above another; skipped while either is absent. */
const notAbove = ({ number, clause, less, more, at, words: [low, high], each, when }: NotAbove): ContentRule => ({
  code: `CHK-MASS-${number}`,
  title: say(
    `The ${low.en} is not above the ${high.en}`,
    `${low.de} nicht über ${high.de}`,
    `${low.fr} pas au-dessus de ${high.fr}`,
  ),
  severity: 'error',
  clause,
  ...(when === undefined ? {} : { when }),
  ...(each === undefined ? {} : { each }),
  let: { less, more },
  check: { compare: ['less', '<=', 'more'] },
  at,
  message: say(
    `The ${low.en} is {less} kg, above the ${high.en}, {more} kg. Correct the one that is wrong.`,
    `${low.de}: {less} kg, mehr als ${high.de}: {more} kg. Berichtigen Sie den falschen Wert.`,
    `${low.fr} : {less} kg, plus que ${high.fr} : {more} kg. Corrigez la valeur fausse.`,
  ),
})

const sumOfShares = (
  number: string,
  categories: readonly string[],
  share: string,
  total: string,
  item: string,
): Rule => ({
  code: `CHK-MASS-${number}`,
  title: say(
    `The axle shares add up to the mass (${item})`,
    `Die Achsanteile ergeben zusammen die Masse (${item})`,
    `Les parts des essieux donnent la masse (${item})`,
  ),
  severity: 'error',
  clause: `2020/683 Annex VIII, CoC item ${item}`,
  when: { categories, if: onEveryAxle(share) },
  let: { shares: { sum: [cocPath(share)] }, total: cocPath(total) },
  check: { compare: ['shares', '=', 'total'] },
  at: cocPath(total),
  message: say(
    `The axle shares (${share}) add up to {shares} kg, but ${total} is {total} kg. Correct shares or mass.`,
    `Die Achsanteile (${share}) ergeben {shares} kg, aber ${total} ist {total} kg. Berichtigen Sie Anteile oder Masse.`,
    `Les parts des essieux (${share}) donnent {shares} kg, mais ${total} est de {total} kg. Corrigez les parts ou la masse.`,
  ),
})

export const rules: readonly Rule[] = [
  notAbove({
    number: '001',
    clause: `${annex} A 1.3 to 1.20; CoC items 13 and 13.2`,
    less: running,
    more: actual,
    at: running,
    words: [runningWords, actualWords],
  }),
  notAbove({
    number: '002',
    clause: 'Official content check of ActualMass; CoC items 13.2 and 16.1',
    less: actual,
    more: laden,
    at: actual,
    words: [actualWords, ladenWords],
  }),
  notAbove({
    number: '003',
    clause: `${annex} B 2.1, C 2.2.1, D 2.2.1; CoC items 16.1 and 16.2`,
    when: { categories: selfCarrying, if: onEveryAxle('TechnicallyPermissibleMassAxle') },
    less: laden,
    more: { sum: [axleMass] },
    at: laden,
    words: [
      ladenWords,
      say('sum of the axle limits (16.2)', 'Summe der Achslasten (16.2)', 'somme des essieux (16.2)'),
    ],
  }),
  notAbove({
    number: '004',
    clause: `${annex} E; CoC items 16.1, 16.2 and 19`,
    when: { categories: trailers, if: onEveryAxle('TechnicallyPermissibleMassAxle') },
    less: laden,
    more: { sum: [axleMass, cocPath('TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint')] },
    at: laden,
    words: [
      ladenWords,
      say(
        'sum of the axle limits (16.2) and coupling load (19)',
        'Summe der Achslasten (16.2) und Stützlast (19)',
        'somme des essieux (16.2) et charge d’attelage (19)',
      ),
    ],
  }),
  // The forms of L, T, C, R and S have no shares of the axles.
  sumOfShares('005', ['M', 'N'], 'DistributionMassRunningOrderAxle', 'MassInRunningOrder', '13.1'),
  {
    code: 'CHK-MASS-006',
    title: say(
      'Axle and coupling shares of a trailer add up to the mass in running order',
      'Achs- und Kupplungsanteile eines Anhängers ergeben die Masse in fahrbereitem Zustand',
      'Les parts des essieux et de l’attelage d’une remorque donnent la masse en ordre de marche',
    ),
    severity: 'error',
    clause: '2020/683 Annex VIII, CoC item 13.1',
    when: { categories: ['O'], if: onEveryAxle('DistributionMassRunningOrderAxle') },
    let: {
      shares: {
        sum: [cocPath('DistributionMassRunningOrderAxle'), cocPath('MechanicalCouplingDistributionMassRunningOrder')],
      },
      total: running,
    },
    check: { compare: ['shares', '=', 'total'] },
    at: running,
    message: say(
      'The shares of the axles and the coupling add up to {shares} kg, but MassInRunningOrder is {total} kg. Correct shares or mass.',
      'Die Anteile der Achsen und der Kupplung ergeben {shares} kg, aber MassInRunningOrder ist {total} kg. Berichtigen Sie Anteile oder Masse.',
      'Les parts des essieux et de l’attelage donnent {shares} kg, mais MassInRunningOrder est de {total} kg. Corrigez les parts ou la masse.',
    ),
  },
  notAbove({
    number: '007',
    clause: `${annex} A 4.3; CoC items 17.1 and 16.1`,
    each: cocPath('InServiceMaximumMassGroup'),
    less: 'InServiceMaximumPermissibleLadenMass',
    more: laden,
    at: 'InServiceMaximumPermissibleLadenMass',
    words: [
      say('in-service laden mass (17.1)', 'Gesamtmasse im Betrieb (17.1)', 'masse en charge en service (17.1)'),
      ladenWords,
    ],
  }),
  notAbove({
    number: '008',
    clause: `${annex} A 4.3; CoC items 17.2 and 16.2`,
    each: cocPath('InServiceMaximumPermissibleLadenMassAxleGroup'),
    less: 'InServiceMaximumPermissibleLadenMassAxle',
    more: '../../TechnicallyPermissibleMassAxle',
    at: 'InServiceMaximumPermissibleLadenMassAxle',
    words: [
      say('in-service axle mass (17.2)', 'Achslast im Betrieb (17.2)', 'masse sur l’essieu en service (17.2)'),
      say('limit of this axle (16.2)', 'Achslast dieser Achse (16.2)', 'limite de cet essieu (16.2)'),
    ],
  }),
  notAbove({
    number: '009',
    clause: `${annex} A 4.3; CoC items 17.3 and 16.3`,
    each: cocPath('InServiceMaximumPermissibleLadenMassAxleGroupGroup'),
    less: 'InServiceMaximumPermissibleAxleGroupLadenMass',
    more: '../../TechnicallyPermissibleMassAxleGroup',
    at: 'InServiceMaximumPermissibleAxleGroupLadenMass',
    words: [
      say('in-service group mass (17.3)', 'Last der Achsgruppe im Betrieb (17.3)', 'masse du groupe en service (17.3)'),
      say('limit of this axle group (16.3)', 'Last dieser Achsgruppe (16.3)', 'limite de ce groupe d’essieux (16.3)'),
    ],
  }),
  notAbove({
    number: '010',
    clause: `${annex} A 4.3; CoC items 17.4 and 16.4`,
    each: cocPath('InServiceMaximumMassGroup'),
    less: 'InServiceMaximumPermissibleMassCombination',
    more: { max: [combination] },
    at: 'InServiceMaximumPermissibleMassCombination',
    words: [
      say('in-service combination mass (17.4)', 'Zugmasse im Betrieb (17.4)', 'masse de l’ensemble en service (17.4)'),
      say('highest combination mass (16.4)', 'höchste Zugmasse (16.4)', 'plus grande masse de l’ensemble (16.4)'),
    ],
  }),
  {
    ...notAbove({
      number: '011',
      clause: `${annex} B 4, D 3.1; CoC items 16.1, 16.4 and 18`,
      when: { categories: ['M1', 'N'] },
      less: { max: [combination] },
      more: { sum: [laden, 'towable'] },
      at: cocPath('TowingBrakedTypeTrailTable'),
      words: [
        say('combination mass (16.4)', 'Zugmasse (16.4)', 'masse de l’ensemble (16.4)'),
        say('laden plus towable mass (16.1 + 18)', 'Gesamtmasse plus Anhängelast (16.1 + 18)', 'somme de 16.1 et 18'),
      ],
    }),
    let: {
      less: { max: [combination] },
      towable: { max: [cocPath('TechnicallyPermissibleMaximumTowableMass')] },
      more: { sum: [laden, 'towable'] },
    },
    check: { any: [{ compare: ['towable', '=', 0] }, { compare: ['less', '<=', 'more'] }] },
  },
  notAbove({
    number: '012',
    clause: `${annex}; CoC items 13.1 and 16.2`,
    each: axles,
    less: 'DistributionMassRunningOrderAxle',
    more: 'TechnicallyPermissibleMassAxle',
    at: 'DistributionMassRunningOrderAxle',
    words: [
      say('share of this axle (13.1)', 'Anteil dieser Achse (13.1)', 'part de cet essieu (13.1)'),
      say('limit of this axle (16.2)', 'Achslast dieser Achse (16.2)', 'limite de cet essieu (16.2)'),
    ],
  }),
  sumOfShares('013', ['M', 'N'], 'DistributionMassIncompleteAxle', 'MassInRunningOrderIncomplete', '14.1'),
]
