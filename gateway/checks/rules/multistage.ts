import type { Texts } from '../../ivi/coc/coc-item.ts'
import { cocPath, say } from '../coc-path.ts'
import type { Condition, ContentRule, Rule } from '../rule.ts'

const rows = cocPath('ManufacturerGroup')
const previous = ['TypeApprovalNumber', 'Type', 'Variant', 'Version'].map((name) => `PreviousStage${name}`)
const minimum = cocPath('MinimumMassCompleted')

interface Order {
  readonly number: string
  readonly severity: Rule['severity']
  readonly clause: string
  readonly stages: readonly ('I' | 'C' | 'V')[]
  readonly less: readonly [element: string, words: Texts]
  readonly more: readonly [element: string, words: Texts]
}

/** One value of a multi-stage vehicle that is not above another. */
const inOrder = ({ number, severity, clause, stages, less, more }: Order): ContentRule => ({
  code: `CHK-STG-${number}`,
  title: say(
    `The ${less[1].en} is not above the ${more[1].en}`,
    `${less[1].de} nicht über ${more[1].de}`,
    `${less[1].fr} pas au-dessus de ${more[1].fr}`,
  ),
  severity,
  clause,
  when: { stages },
  let: { less: cocPath(less[0]), more: cocPath(more[0]) },
  check: { compare: ['less', '<=', 'more'] },
  at: cocPath(less[0]),
  message: say(
    `The ${less[1].en} is {less} kg, above the ${more[1].en}, {more} kg. See that both are right.`,
    `${less[1].de}: {less} kg, mehr als ${more[1].de}: {more} kg. Prüfen Sie beide Werte.`,
    `${less[1].fr} : {less} kg, plus que ${more[1].fr} : {more} kg. Vérifiez les deux valeurs.`,
  ),
})

const baseWords = say(
  'mass of the base vehicle (14)',
  'Masse des Basisfahrzeugs (14)',
  'masse du véhicule de base (14)',
)
const minimumWords = say(
  'minimum mass when completed (15)',
  'Mindestmasse nach Vervollständigung (15)',
  'masse minimale une fois complété (15)',
)
const ladenWords = say('maximum laden mass (16.1)', 'zulässige Gesamtmasse (16.1)', 'masse maximale en charge (16.1)')
const runningWords = say(
  'mass in running order (13)',
  'Masse in fahrbereitem Zustand (13)',
  'masse en ordre de marche (13)',
)

/** A range of the emission test that the finished vehicle keeps (2020/683 Annex I 0.2.2.1); one value alone is its upper end. */
const window = (number: string, element: string, allowed: string, end: 'max' | 'min', words: Texts): ContentRule => {
  const operator = end === 'max' ? '<=' : '>='
  const bound = end === 'max' ? { max: [cocPath(allowed), cocPath(`${allowed}Max`)] } : cocPath(`${allowed}Min`)
  const [en, de, fr] =
    end === 'max' ? (['at most', 'höchstens', 'au plus'] as const) : (['at least', 'mindestens', 'au moins'] as const)
  return {
    code: `CHK-STG-${number}`,
    title: say(
      `The ${words.en} keeps the values allowed for completing: ${en}`,
      `${words.de} hält die für die Vervollständigung erlaubten Werte ein: ${de}`,
      `${words.fr} respecte les valeurs permises pour compléter : ${fr}`,
    ),
    severity: 'warning',
    clause: '2020/683 Annex I 0.2.2.1',
    let: { value: cocPath(element), allowed: bound },
    check: { compare: ['value', operator, 'allowed'] },
    at: cocPath(element),
    message: say(
      `The ${words.en} is {value}; the base vehicle allows ${en} {allowed} with its emission values. Correct it, or the emission values need a test of their own.`,
      `${words.de} ist {value}; das Basisfahrzeug erlaubt mit seinen Emissionswerten ${de} {allowed}. Berichtigen Sie den Wert, sonst brauchen die Emissionswerte eine eigene Prüfung.`,
      `${words.fr} : {value} ; le véhicule de base permet ${fr} {allowed} avec ses valeurs d’émission. Corrigez, sinon ces valeurs demandent un essai propre.`,
    ),
  }
}

const actual = say('actual mass (13.2)', 'Tatsächliche Masse (13.2)', 'Masse réelle (13.2)')
const grille = say(
  'grille air inlet area',
  'Lufteinlassfläche des Kühlergrills',
  'Surface d’entrée d’air de la calandre',
)

/** All four values of the stage before are also those of another stage: this one built nothing new. */
const someDiffers: Condition = { any: previous.map((name) => ({ unique: [name, cocPath(name)] as const })) }

export const rules: readonly Rule[] = [
  {
    code: 'CHK-STG-007',
    title: say(
      'Every stage builds on another one',
      'Jede Stufe baut auf einer anderen auf',
      'Chaque étape part d’une autre étape',
    ),
    severity: 'warning',
    clause: 'IVI set-up manual, multi-stage; official content check [90]',
    when: { if: { all: [{ compare: ['ManufacturerStageNumber', '>=', 3] }, { present: previous }] } },
    each: rows,
    let: { stage: 'ManufacturerStageNumber', before: 'PreviousStageTypeApprovalNumber' },
    check: someDiffers,
    at: 'PreviousStageTypeApprovalNumber',
    message: say(
      'Stage {stage} names the same stage before it ({before}, type, variant, version) as another stage. Put in the stage directly before.',
      'Stufe {stage} nennt dieselbe vorherige Stufe ({before}, Typ, Variante, Version) wie eine andere. Setzen Sie die unmittelbar vorherige ein.',
      'L’étape {stage} nomme la même étape précédente ({before}, type, variante, version) qu’une autre. Mettez celle juste avant.',
    ),
  },
  inOrder({
    number: '008',
    severity: 'warning',
    clause: '2020/683 note 168; CoC items 13 and 14',
    stages: ['V'],
    less: ['MassInRunningOrderIncomplete', baseWords],
    more: ['MassInRunningOrder', runningWords],
  }),
  inOrder({
    number: '009',
    severity: 'warning',
    clause: '2020/683 Annex VIII, CoC items 14 and 15',
    stages: ['I'],
    less: ['MassInRunningOrderIncomplete', baseWords],
    more: ['MinimumMassCompleted', minimumWords],
  }),
  inOrder({
    number: '010',
    severity: 'error',
    clause: '2020/683 Annex VIII, CoC items 15 and 16.1',
    stages: ['I'],
    less: ['MinimumMassCompleted', minimumWords],
    more: ['TechnicallyPermissibleMaximumLadenMass', ladenWords],
  }),
  inOrder({
    number: '011',
    severity: 'error',
    clause: '2020/683 Annex VIII, CoC items 14 and 16.1',
    stages: ['I'],
    less: ['MassInRunningOrderIncomplete', baseWords],
    more: ['TechnicallyPermissibleMaximumLadenMass', ladenWords],
  }),
  {
    code: 'CHK-STG-012',
    title: say(
      'The axle shares of the minimum mass are not above it',
      'Die Achsanteile der Mindestmasse liegen nicht über dieser',
      'Les parts des essieux de la masse minimale ne dépassent pas celle-ci',
    ),
    // The least of each axle need not be of the same body, so the shares may be less than the mass.
    severity: 'warning',
    clause: '2020/683 Annex VIII, CoC items 15 and 15.1',
    when: {
      categories: ['M', 'N'],
      stages: ['I'],
      if: {
        compare: [
          { count: cocPath('MinimalPermissibleDistributionMassCompletedAxle') },
          '=',
          { count: cocPath('AxleGroup') },
        ],
      },
    },
    let: { shares: { sum: [cocPath('MinimalPermissibleDistributionMassCompletedAxle')] }, total: minimum },
    check: { compare: ['shares', '<=', 'total'] },
    at: minimum,
    message: say(
      'The axle shares of the minimum mass (15.1) add up to {shares} kg, more than the minimum mass (15) of {total} kg. See that both are right.',
      'Die Achsanteile der Mindestmasse (15.1) ergeben {shares} kg, mehr als die Mindestmasse (15) von {total} kg. Prüfen Sie beide.',
      'Les parts des essieux de la masse minimale (15.1) donnent {shares} kg, plus que la masse minimale (15) de {total} kg. Vérifiez les deux.',
    ),
  },
  window('013', 'ActualMass', 'AllowedActualMass', 'max', actual),
  window('014', 'ActualMass', 'AllowedActualMass', 'min', actual),
  window('015', 'TechnicallyPermissibleMaximumLadenMass', 'AllowedTechnicallyPermissibleMaximumLadenMass', 'max', {
    en: 'maximum laden mass (16.1)',
    de: 'Zulässige Gesamtmasse (16.1)',
    fr: 'Masse maximale en charge (16.1)',
  }),
  window('016', 'ProjectedFrontalAreaAirEntranceFrontGrill', 'AllowedCrossSectionalAreaAirFrontGrill', 'max', grille),
  window('017', 'ProjectedFrontalAreaAirEntranceFrontGrill', 'AllowedCrossSectionalAreaAirFrontGrill', 'min', grille),
]
