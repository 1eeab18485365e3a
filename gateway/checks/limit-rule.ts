import type { Texts } from '../ivi/coc/coc-item.ts'
import { cocPath, say } from './coc-path.ts'
import type { LegalLimit } from './legal-limits.ts'
import type { Condition, ContentRule, Value } from './rule.ts'

const noun: Readonly<Record<string, Texts>> = {
  Length: say('the length', 'die Länge', 'la longueur'),
  Width: say('the width', 'die Breite', 'la largeur'),
  Height: say('the height', 'die Höhe', 'la hauteur'),
  DistanceCentreCouplingRearEnd: say(
    'the distance from the kingpin to the rear end',
    'der Abstand vom Zugsattelzapfen zum hinteren Ende',
    'la distance du pivot d’attelage à l’arrière',
  ),
  MaximumPermissibleLength: say('the permissible length', 'die zulässige Länge', 'la longueur admissible'),
  MaximumPermissibleWidth: say('the permissible width', 'die zulässige Breite', 'la largeur admissible'),
  MaximumPermissibleHeight: say('the permissible height', 'die zulässige Höhe', 'la hauteur admissible'),
  TechnicallyPermissibleMaximumLadenMass: say(
    'the maximum laden mass',
    'die zulässige Gesamtmasse',
    'la masse maximale en charge',
  ),
  TechnicallyPermissibleMassAxle: say(
    'the sum of the axle masses',
    'die Summe der Achslasten',
    'la somme des masses sur les essieux',
  ),
  MassInRunningOrder: say(
    'the mass in running order',
    'die Masse in fahrbereitem Zustand',
    'la masse en ordre de marche',
  ),
  MassInRunningOrderVariableMin: say(
    'the lowest unladen mass',
    'die kleinste Leermasse',
    'la plus petite masse à vide',
  ),
  MassInRunningOrderVariableMax: say('the highest unladen mass', 'die größte Leermasse', 'la plus grande masse à vide'),
  NumberOfSeatingPositionsIncludingDriver: say(
    'the number of seats',
    'die Zahl der Sitzplätze',
    'le nombre de places assises',
  ),
  NumberOfWheels: say('the number of wheels', 'die Zahl der Räder', 'le nombre de roues'),
  MaximumSpeed: say('the maximum speed', 'die Höchstgeschwindigkeit', 'la vitesse maximale'),
  MaximumAssistanceSpeed: say(
    'the speed up to which the motor helps',
    'die Geschwindigkeit, bis zu der der Motor hilft',
    'la vitesse jusqu’à laquelle le moteur assiste',
  ),
  MaximumNetPowerCombustion: say(
    'the net power of the engine',
    'die Nutzleistung des Verbrennungsmotors',
    'la puissance nette du moteur thermique',
  ),
  Maximum30MinutesPower: say(
    'the 30 minutes power of the motor',
    'die 30-Minuten-Leistung des Elektromotors',
    'la puissance sur 30 minutes du moteur électrique',
  ),
  PowerMassRatio: say('the ratio of power to mass', 'das Verhältnis Leistung zu Masse', 'le rapport puissance/masse'),
  EngineCapacity: say('the engine capacity', 'der Hubraum', 'la cylindrée'),
  WheelBaseGroundRatio: say(
    'the ratio of wheelbase to ground clearance',
    'das Verhältnis Radstand zu Bodenfreiheit',
    'le rapport empattement/garde au sol',
  ),
  SeatingHeight: say('the seat height', 'die Sitzhöhe', 'la hauteur de la selle'),
}

const allowed: Readonly<Record<LegalLimit['relation'], Texts>> = {
  '<=': say('at most', 'höchstens', 'au plus'),
  '>=': say('at least', 'mindestens', 'au moins'),
  '>': say('more than', 'mehr als', 'plus de'),
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export interface LimitOptions {
  /** Must be true, else the limit does not speak of the vehicle. */
  readonly only?: Condition
  /** What is measured, where it is not the element itself. */
  readonly measured?: Value
  /** What the limit may be passed by, such as the load on a coupling (kg). */
  readonly onTop?: string
  /** What to look at, as a last sentence. */
  readonly hint?: Texts
}

const seeCategory = say(
  'See that value and category are right.',
  'Prüfen Sie Wert und Fahrzeugklasse.',
  'Vérifiez la valeur et la catégorie.',
)

/**
 * The rule that holds a value of the document to a limit of law: an error, or a warning where the limit is in doubt.
 * Of a value in several rows the highest counts for an upper limit, the first for a lower one.
 */
export const limitRule = (limit: LegalLimit, options: LimitOptions = {}): ContentRule => {
  const { code, categories, element, relation, value, article, sure } = limit
  const { only, onTop, hint = seeCategory } = options
  const path = cocPath(element)
  const words = noun[element] ?? say(element, element, element)
  const unit = limit.unit === '' ? '' : ` ${limit.unit}`
  const bound: Value = onTop === undefined ? 'limit' : { sum: ['limit', onTop], missing: 'zero' }
  const title = (language: keyof Texts): string =>
    `${capital(words[language])}, ${categories.join(', ')}: ${allowed[relation][language]} ${value}${unit}`
  return {
    code,
    title: { en: title('en'), de: title('de'), fr: title('fr') },
    severity: sure ? 'error' : 'warning',
    clause: article,
    when: { categories, ...(only === undefined ? {} : { if: only }) },
    let: {
      category: cocPath('VehicleCategory'),
      measured: options.measured ?? (relation === '<=' ? { max: [path] } : path),
      limit: value,
    },
    check: { compare: ['measured', relation, bound] },
    at: path,
    message: {
      en: `${capital(words.en)} is {measured}${unit}; category {category} has ${allowed[relation].en} {limit}${unit}. ${hint.en}`,
      de: `${capital(words.de)} ist {measured}${unit}; Klasse {category} hat ${allowed[relation].de} {limit}${unit}. ${hint.de}`,
      fr: `${capital(words.fr)} est de {measured}${unit} ; la catégorie {category} a ${allowed[relation].fr} {limit}${unit}. ${hint.fr}`,
    },
  }
}
