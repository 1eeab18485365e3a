import type { Texts } from '../../ivi/coc/coc-item.ts'
import { cocPath, say, times } from '../coc-path.ts'
import { personMass } from '../legal-limits.ts'
import type { Condition, ContentRule, Rule } from '../rule.ts'

const actual = cocPath('ActualMass')
const laden = cocPath('TechnicallyPermissibleMaximumLadenMass')
const axleMass = cocPath('TechnicallyPermissibleMassAxle')
const seats = cocPath('NumberOfSeatingPositionsIncludingDriver')
const twoAxles: Condition = { compare: [{ count: cocPath('AxleGroup') }, '=', 2] }
const annex = '2021/535 Annex XIII Part 2'

/**
 * The vehicle carries its people. The driver is in the mass already, so the seats with the driver's weigh one person
 * too much: it is added on the other side. Warnings, because options not yet fitted and loads are not known.
 */
const carries = (
  number: string,
  categories: readonly string[],
  clause: string,
  person: number,
  places: ContentRule['let'],
): Rule => ({
  code: `CHK-MASS-${number}`,
  title: say(
    `The vehicle carries its passengers (${categories.join(', ')})`,
    `Das Fahrzeug trägt seine Fahrgäste (${categories.join(', ')})`,
    `Le véhicule porte ses passagers (${categories.join(', ')})`,
  ),
  severity: 'warning',
  clause,
  when: { categories, stages: ['C', 'V'] },
  let: { actual, laden, seats, ...places, person, persons: times(person, 'places') },
  check: { compare: [{ sum: ['actual', 'persons'] }, '<=', { sum: ['laden', 'person'] }] },
  at: laden,
  message: say(
    'Actual mass (13.2, {actual} kg) and {places} places of {person} kg each, the driver counted once, are above the laden mass (16.1, {laden} kg). Check masses and places.',
    'Tatsächliche Masse (13.2, {actual} kg) und {places} Plätze zu je {person} kg, der Fahrer einmal gezählt, sind mehr als die Gesamtmasse (16.1, {laden} kg). Prüfen Sie Massen und Plätze.',
    'La masse réelle (13.2, {actual} kg) et {places} places de {person} kg, le conducteur compté une fois, dépassent la masse en charge (16.1, {laden} kg). Vérifiez masses et places.',
  ),
})

/** Load on the front axle of the laden vehicle, as a part of 16.1: no front axle may be weaker than that. */
const frontShare = (number: string, categories: readonly string[], percent: number, point: string): Rule => ({
  code: `CHK-MASS-${number}`,
  title: say(
    `The front axle of ${categories.join(', ')} can carry ${percent} % of the laden mass`,
    `Die Vorderachse von ${categories.join(', ')} kann ${percent} % der Gesamtmasse tragen`,
    `L’essieu avant de ${categories.join(', ')} peut porter ${percent} % de la masse en charge`,
  ),
  severity: 'warning',
  clause: `${annex} ${point}`,
  when: { categories, if: twoAxles },
  let: { front: axleMass, laden, percent },
  check: { compare: [times(10, 'front'), '>=', times(percent / 10, 'laden')] },
  at: axleMass,
  message: say(
    'The front axle carries {front} kg (16.2), less than {percent} % of the laden mass of {laden} kg (16.1). Check axle limits and laden mass.',
    'Die Vorderachse trägt {front} kg (16.2), weniger als {percent} % der Gesamtmasse von {laden} kg (16.1). Prüfen Sie Achslasten und Gesamtmasse.',
    'L’essieu avant porte {front} kg (16.2), moins de {percent} % de la masse en charge de {laden} kg (16.1). Vérifiez les masses.',
  ),
})

const notAbove = (
  number: string,
  clause: string,
  less: string,
  more: ContentRule['let'],
  words: [Texts, Texts],
): Rule => ({
  code: `CHK-MASS-${number}`,
  title: say(
    `The ${words[0].en} is not above the ${words[1].en}`,
    `${words[0].de} nicht über ${words[1].de}`,
    `${words[0].fr} pas au-dessus de ${words[1].fr}`,
  ),
  severity: 'warning',
  clause,
  each: cocPath(less).slice(0, cocPath(less).lastIndexOf('/')),
  let: { less, ...more },
  check: { compare: ['less', '<=', 'more'] },
  at: less,
  message: say(
    `The ${words[0].en} is {less} kg, above the ${words[1].en}, {more} kg. See that both are right.`,
    `${words[0].de}: {less} kg, mehr als ${words[1].de}: {more} kg. Prüfen Sie beide.`,
    `${words[0].fr} : {less} kg, plus que ${words[1].fr} : {more} kg. Vérifiez les deux.`,
  ),
})

const ladenWords = say('laden mass (16.1)', 'Gesamtmasse (16.1)', 'masse en charge (16.1)')
const power = {
  combustion: { max: [cocPath('MaximumNetPowerCombustion')] },
  electric: { max: [cocPath('MaximumNetPowerElectric')] },
  power: { sum: ['combustion', 'electric'], missing: 'zero' },
} as const

export const rules: readonly Rule[] = [
  carries('014', ['M1', 'N1'], `${annex} B 2.2, B 2.7.2.1`, personMass.passenger.value, { places: seats }),
  carries('015', ['N2', 'N3'], `${annex} D 2.3.1`, personMass.passenger.value, { places: seats }),
  carries('016', ['M2', 'M3'], personMass.busPassenger.article, personMass.busPassenger.value, {
    places: { sum: ['seats', cocPath('NumberOfStandingPlaces')], missing: 'zero' },
  }),
  notAbove(
    '017',
    `${annex} D 2.2.2; CoC items 16.2 and 16.3`,
    'TechnicallyPermissibleMassAxleGroup',
    { more: { sum: [axleMass] } },
    [
      say('group mass (16.3)', 'Last der Achsgruppe (16.3)', 'masse du groupe d’essieux (16.3)'),
      say('sum of all axle limits (16.2)', 'Summe aller Achslasten (16.2)', 'somme de tous les essieux (16.2)'),
    ],
  ),
  notAbove('018', 'CoC items 16.1 and 16.2', 'TechnicallyPermissibleMassAxle', { more: laden }, [
    say('axle limit (16.2)', 'Achslast (16.2)', 'masse sur l’essieu (16.2)'),
    ladenWords,
  ]),
  frontShare('019', ['M1'], 30, 'B 2.4'),
  frontShare('020', ['N1'], 20, 'B 2.4'),
  frontShare('021', ['N2', 'N3'], 20, 'D 2.3.4'),
  {
    code: 'CHK-MASS-022',
    title: say(
      'Trucks have 5 kW for each tonne of the combination',
      'Lastkraftwagen haben 5 kW je Tonne Zugmasse',
      'Les camions ont 5 kW par tonne de l’ensemble',
    ),
    // A warning: tractors for indivisible loads need 2 kW/t, and one motor of several may be given alone.
    severity: 'warning',
    clause: `${annex} D 5.1`,
    when: { categories: ['N2', 'N3'] },
    let: { ...power, combination: { max: [cocPath('TechnicallyPermissibleMaximumCombinationMass')] } },
    check: { any: [{ compare: ['power', '=', 0] }, { compare: [times(200, 'power'), '>=', 'combination'] }] },
    at: cocPath('TechnicallyPermissibleMaximumCombinationMass'),
    message: say(
      'The power is {power} kW, less than 5 kW for each tonne of the combination mass of {combination} kg (16.4). Check both.',
      'Die Leistung ist {power} kW, weniger als 5 kW je Tonne der Zugmasse von {combination} kg (16.4). Prüfen Sie beide.',
      'La puissance est de {power} kW, moins de 5 kW par tonne de l’ensemble de {combination} kg (16.4). Vérifiez les deux.',
    ),
  },
  {
    code: 'CHK-MASS-023',
    title: say(
      'A motor caravan has the pay-mass of its people',
      'Ein Wohnmobil hat die Nutzlast für seine Personen',
      'Un camping-car a la charge utile pour ses occupants',
    ),
    severity: 'warning',
    clause: `${annex} B 2.7.4.1.2`,
    when: { categories: ['M1'], stages: ['C', 'V'], if: { in: [cocPath('SpecialPurposeDesignation'), ['SA']] } },
    // Times 100, because 10 kg for each metre is the length in mm over 100: 16.1 + 75 >= 13.2 + 85 n + length / 100.
    let: { actual, laden, seats, length: cocPath('Length'), driver: 7500, persons: times(85, 'seats') },
    check: {
      compare: [
        { sum: ['driver', ...Array<string>(100).fill('laden')] },
        '>=',
        { sum: ['length', ...Array<string>(100).fill('actual'), ...Array<string>(100).fill('persons')] },
      ],
    },
    at: laden,
    message: say(
      'With {seats} seats and a length of {length} mm the pay-mass between 13.2 ({actual} kg) and 16.1 ({laden} kg) is below 10 kg for each person and metre. Check masses and seats.',
      'Bei {seats} Sitzen und {length} mm Länge liegt die Nutzlast zwischen 13.2 ({actual} kg) und 16.1 ({laden} kg) unter 10 kg je Person und Meter. Prüfen Sie Massen und Sitze.',
      'Avec {seats} places et {length} mm de longueur, la charge utile entre 13.2 ({actual} kg) et 16.1 ({laden} kg) est sous 10 kg par personne et mètre. Vérifiez masses et places.',
    ),
  },
  {
    code: 'CHK-MASS-024',
    title: say(
      'The test mass is not below the mass in running order',
      'Die Prüfmasse liegt nicht unter der Masse in fahrbereitem Zustand',
      'La masse d’essai n’est pas sous la masse en ordre de marche',
    ),
    severity: 'warning',
    clause: '2017/1151 Annex XXI, test mass; CoC items 13 and 47.1.1',
    when: { categories: ['M', 'N'] },
    let: { test: cocPath('WltpEmissionTestMass'), running: cocPath('MassInRunningOrder') },
    check: { compare: ['test', '>=', 'running'] },
    at: cocPath('WltpEmissionTestMass'),
    message: say(
      'The test mass is {test} kg, below the mass in running order of {running} kg (13). See that both are right.',
      'Die Prüfmasse ist {test} kg, weniger als die Masse in fahrbereitem Zustand von {running} kg (13). Prüfen Sie beide.',
      'La masse d’essai est de {test} kg, sous la masse en ordre de marche de {running} kg (13). Vérifiez les deux.',
    ),
  },
]
