import type { Texts } from '../../ivi/coc/coc-item.ts'
import { cocPath, say, times } from '../coc-path.ts'
import { towingLimits } from '../legal-limits.ts'
import type { Condition, ContentRule, Rule } from '../rule.ts'

const rows = cocPath('BodyworkTypeGroup')
const table = cocPath('TowingBrakedTypeTrailTable')
const towable = 'TechnicallyPermissibleMaximumTowableMass'
const towed = { max: [cocPath(towable)] }
const vertical = cocPath('TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint')
const laden = cocPath('TechnicallyPermissibleMaximumLadenMass')
const running = cocPath('MassInRunningOrder')
const combination = cocPath('TechnicallyPermissibleMaximumCombinationMass')
const annex = '2021/535 Annex XIII Part 2'
const cars = ['M1', 'N1']

const braking = (code: 'UNB' | 'BRK'): Condition => ({ in: ['../../BrakedTypeTrail', [code]] })
const offRoad: Condition = { matches: [cocPath('VehicleCategory'), /G/] }

interface Share {
  readonly number: string
  readonly point: string
  readonly only: readonly Condition[]
  readonly base: readonly [path: string, words: Texts]
  /** towable times this … */
  readonly left: number
  /** … is at most the base times that. */
  readonly right: number
  readonly words: Texts
}

/** A towable mass of M1 and N1 as a part of a mass of the vehicle. */
const share = ({ number, point, only, base, left, right, words }: Share): ContentRule => ({
  code: `CHK-TOW-${number}`,
  title: say(
    `Towable mass of M1 and N1: ${words.en}`,
    `Anhängelast von M1 und N1: ${words.de}`,
    `Masse remorquable de M1 et N1 : ${words.fr}`,
  ),
  severity: 'error',
  clause: `${annex} ${point}`,
  when: { categories: cars, if: { all: only } },
  each: rows,
  let: { towable, base: base[0] },
  check: { compare: [times(left, 'towable'), '<=', times(right, 'base')] },
  at: towable,
  message: say(
    `The towable mass is {towable} kg, with a ${base[1].en} of {base} kg: ${words.en}. Correct the one that is wrong.`,
    `Die Anhängelast ist {towable} kg bei ${base[1].de} {base} kg: ${words.de}. Berichtigen Sie den falschen Wert.`,
    `La masse remorquable est de {towable} kg, ${base[1].fr} {base} kg : ${words.fr}. Corrigez la valeur fausse.`,
  ),
})

const ladenWords = say('laden mass (16.1)', 'Gesamtmasse (16.1)', 'masse en charge (16.1)')

export const rules: readonly Rule[] = [
  share({
    number: '005',
    point: 'B 3.1.1',
    only: [braking('BRK'), { not: offRoad }],
    base: [laden, ladenWords],
    left: 1,
    right: 1,
    words: say('braked at most 16.1', 'gebremst höchstens 16.1', 'freinée au plus 16.1'),
  }),
  share({
    number: '006',
    point: 'B 3.1.1',
    only: [braking('BRK'), offRoad],
    base: [laden, ladenWords],
    left: 2,
    right: 3,
    words: say(
      'braked, off-road, at most 1.5 times 16.1',
      'gebremst, Geländefahrzeug, höchstens das 1,5-fache von 16.1',
      'freinée, tout-terrain, au plus 1,5 fois 16.1',
    ),
  }),
  share({
    number: '007',
    point: 'B 3.1.2',
    only: [braking('UNB')],
    base: [
      running,
      say('mass in running order (13)', 'Masse in fahrbereitem Zustand (13)', 'masse en ordre de marche (13)'),
    ],
    left: 2,
    right: 1,
    words: say(
      'unbraked at most half of 13',
      'ungebremst höchstens die Hälfte von 13',
      'non freinée au plus la moitié de 13',
    ),
  }),
  {
    code: 'CHK-TOW-008',
    title: say(
      'The coupling of M1 and N1 carries 4 % of the towable mass',
      'Die Stützlast von M1 und N1 ist mindestens 4 % der Anhängelast',
      'La charge d’attelage de M1 et N1 est d’au moins 4 % de la masse remorquable',
    ),
    severity: 'error',
    clause: `${annex} B 3.2`,
    when: { categories: cars },
    let: { vertical: { max: [vertical] }, towable: towed },
    check: { compare: [times(25, 'vertical'), '>=', 'towable'] },
    at: vertical,
    message: say(
      'The static vertical mass (19) is {vertical} kg, less than 4 % of the towable mass of {towable} kg (18). Correct the one that is wrong.',
      'Die Stützlast (19) ist {vertical} kg, weniger als 4 % der Anhängelast von {towable} kg (18). Berichtigen Sie den falschen Wert.',
      'La masse verticale (19) est de {vertical} kg, moins de 4 % de la masse remorquable de {towable} kg (18). Corrigez la valeur fausse.',
    ),
  },
  {
    code: 'CHK-TOW-009',
    title: say(
      `The coupling of M1 and N1 carries ${towingLimits.couplingLoad.value} kg`,
      `Die Stützlast von M1 und N1 ist mindestens ${towingLimits.couplingLoad.value} kg`,
      `La charge d’attelage de M1 et N1 est d’au moins ${towingLimits.couplingLoad.value} kg`,
    ),
    severity: 'error',
    clause: towingLimits.couplingLoad.article,
    when: { categories: cars, if: { compare: [towed, '>', 0] } },
    let: { vertical: { max: [vertical] }, limit: towingLimits.couplingLoad.value },
    check: { compare: ['vertical', '>=', 'limit'] },
    at: vertical,
    message: say(
      'The static vertical mass (19) is {vertical} kg; a vehicle that may tow carries at least {limit} kg there. Correct the value.',
      'Die Stützlast (19) ist {vertical} kg; ein Fahrzeug, das ziehen darf, trägt dort mindestens {limit} kg. Berichtigen Sie den Wert.',
      'La masse verticale (19) est de {vertical} kg ; un véhicule qui peut tracter y porte au moins {limit} kg. Corrigez la valeur.',
    ),
  },
  {
    code: 'CHK-TOW-010',
    title: say(
      'The combination mass of a towing vehicle is above its laden mass',
      'Die Zugmasse eines Zugfahrzeugs liegt über seiner Gesamtmasse',
      'La masse de l’ensemble dépasse la masse en charge du véhicule',
    ),
    severity: 'warning',
    clause: `${annex} A; CoC items 16.1 and 16.4`,
    when: {
      categories: ['M', 'N'],
      if: { all: [{ compare: [towed, '>', 0] }, { compare: [{ max: [combination] }, '>', 0] }] },
    },
    let: { combination: { max: [combination] }, laden },
    check: { compare: ['combination', '>=', 'laden'] },
    at: table,
    message: say(
      'The combination mass (16.4) is {combination} kg, below the laden mass of {laden} kg (16.1). See that both are right.',
      'Die Zugmasse (16.4) ist {combination} kg, weniger als die Gesamtmasse von {laden} kg (16.1). Prüfen Sie beide.',
      'La masse de l’ensemble (16.4) est de {combination} kg, sous la masse en charge de {laden} kg (16.1). Vérifiez les deux.',
    ),
  },
  {
    code: 'CHK-TOW-011',
    title: say(
      'A towing vehicle gives a combination mass',
      'Ein Zugfahrzeug nennt eine Zugmasse',
      'Un véhicule tracteur indique la masse de l’ensemble',
    ),
    severity: 'warning',
    clause: 'IVI set-up manual, TechnicallyPermissibleMaximumCombinationMass; CoC item 16.4',
    when: { categories: ['M', 'N'], if: { compare: [towed, '>', 0] } },
    let: { towable: towed },
    check: { present: [combination] },
    at: table,
    message: say(
      'The vehicle may tow {towable} kg, but no combination mass (16.4) is given. Add it, in a row without braking if it holds for all.',
      'Das Fahrzeug darf {towable} kg ziehen, aber keine Zugmasse (16.4) ist angegeben. Ergänzen Sie sie, in einer Zeile ohne Bremsung, wenn sie für alle gilt.',
      'Le véhicule peut tracter {towable} kg, mais la masse de l’ensemble (16.4) manque. Ajoutez-la, dans une ligne sans freinage si elle vaut pour tous.',
    ),
  },
  {
    code: 'CHK-TOW-012',
    title: say(
      'Trailers of cars and trucks are braked or unbraked',
      'Anhänger von Pkw und Lkw sind gebremst oder ungebremst',
      'Les remorques de voitures et camions sont freinées ou non freinées',
    ),
    severity: 'warning',
    clause: 'IVI set-up manual, BrakedTypeTrail; 2020/683 Annex VIII, CoC item 18',
    when: { categories: ['M', 'N'] },
    each: cocPath('TowingBrakedTypeTrailGroup'),
    let: { braking: 'BrakedTypeTrail' },
    check: { in: ['braking', ['BRK', 'UNB']] },
    at: 'BrakedTypeTrail',
    message: say(
      'BrakedTypeTrail is {braking}, a kind of brake of tractors’ trailers. Cars, vans, trucks and buses have BRK or UNB.',
      'BrakedTypeTrail ist {braking}, eine Bremsart von Anhängern an Traktoren. Pkw, Transporter, Lkw und Busse haben BRK oder UNB.',
      'BrakedTypeTrail est {braking}, un freinage de remorques de tracteurs. Voitures, camions et autobus ont BRK ou UNB.',
    ),
  },
]
