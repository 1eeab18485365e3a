import type { Texts } from '../../ivi/coc/coc-item.ts'
import { cocPath, say } from '../coc-path.ts'
import { categoryLimits } from '../legal-limits.ts'
import { limitRule, type LimitOptions } from '../limit-rule.ts'
import type { Condition, Rule } from '../rule.ts'

const category = cocPath('VehicleCategory')
const seats = cocPath('NumberOfSeatingPositionsIncludingDriver')
const annex = '2018/858 Annex I Part C'

/** Batteries or another alternative propulsion, which weighs more. */
const heavyPropulsion: Condition = {
  any: [
    { in: [cocPath('PureElectricVehicleIndicator'), ['Y']] },
    { present: [cocPath('AdditionalMassAlternativePropulsion')] },
  ],
}

/** Semi-trailers, centre-axle and rigid drawbar trailers are classed by what their axles carry: the coupling load counts on top. */
const onTop = cocPath('TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint')
const options: Readonly<Record<string, LimitOptions>> = {
  'CHK-CAT-002': { only: { not: heavyPropulsion } },
  'CHK-CAT-018': { only: heavyPropulsion },
  'CHK-CAT-004': { onTop },
  'CHK-CAT-005': { onTop },
  'CHK-CAT-006': { onTop },
}

/** Bodywork codes begin with A on M1, B on N, C on M2 and M3, D on O. */
const bodies = (number: string, categories: readonly string[], letter: string): Rule => ({
  code: `CHK-CAT-${number}`,
  title: say(
    `Bodywork codes of ${categories.join(', ')} begin with ${letter}`,
    `Aufbaucodes von ${categories.join(', ')} beginnen mit ${letter}`,
    `Les codes de carrosserie de ${categories.join(', ')} commencent par ${letter}`,
  ),
  severity: 'warning',
  clause: annex,
  when: { categories },
  each: cocPath('BodyworkGroup'),
  let: { category, body: 'CodeForBodywork' },
  check: { matches: ['body', new RegExp(`^${letter}`)] },
  at: 'CodeForBodywork',
  message: say(
    `Bodywork {body} is not one of category {category}, whose codes begin with ${letter}. Correct code or category.`,
    `Aufbau {body} gehört nicht zur Klasse {category}, deren Codes mit ${letter} beginnen. Berichtigen Sie Code oder Klasse.`,
    `La carrosserie {body} n’est pas de la catégorie {category}, dont les codes commencent par ${letter}. Corrigez le code ou la catégorie.`,
  ),
})

const purpose = (number: string, categories: readonly string[], wrong: RegExp, what: Texts): Rule => ({
  code: `CHK-CAT-${number}`,
  title: say(
    `Special purpose of ${categories.join(', ')}: none of ${what.en}`,
    `Zweckbestimmung von ${categories.join(', ')}: keine von ${what.de}`,
    `Usage spécial de ${categories.join(', ')} : aucun de ${what.fr}`,
  ),
  severity: 'warning',
  clause: '2018/858 Annex I Part A 5',
  when: { categories },
  each: cocPath('BodyworkGroup'),
  let: { category, purpose: 'SpecialPurposeDesignation' },
  check: { not: { matches: ['purpose', wrong] } },
  at: 'SpecialPurposeDesignation',
  message: say(
    `Special purpose {purpose} is one of ${what.en}, not of category {category}. Correct the code or the category.`,
    `Zweckbestimmung {purpose} gehört zu ${what.de}, nicht zur Klasse {category}. Berichtigen Sie Code oder Klasse.`,
    `L’usage spécial {purpose} est de ${what.fr}, pas de la catégorie {category}. Corrigez le code ou la catégorie.`,
  ),
})

/** Bus classes A and B carry up to 22 passengers, I to III more (UN Regulation 107). The driver is counted with the seats. */
const busClass = (number: string, classes: readonly string[], operator: '<=' | '>', bound: Texts): Rule => ({
  code: `CHK-CAT-${number}`,
  title: say(
    `Bus class ${classes.join(', ')}: ${bound.en} 22 passengers`,
    `Busklasse ${classes.join(', ')}: ${bound.de} 22 Fahrgäste`,
    `Classe d’autobus ${classes.join(', ')} : ${bound.fr} 22 passagers`,
  ),
  severity: 'warning',
  clause: 'UN Regulation 107, 2.1.1 and 2.1.2; CoC item 39',
  when: {
    categories: ['M2', 'M3'],
    if: { all: [{ in: [cocPath('VehicleClass'), classes] }, { present: [seats] }] },
  },
  let: {
    busClass: cocPath('VehicleClass'),
    places: { sum: [seats, cocPath('NumberOfStandingPlaces')], missing: 'zero' },
  },
  check: { compare: ['places', operator, 23] },
  at: cocPath('VehicleClass'),
  message: say(
    `Class {busClass} is for ${bound.en} 22 passengers, but there are {places} places with the driver's. Correct class or places.`,
    `Klasse {busClass} ist für ${bound.de} 22 Fahrgäste, aber es gibt {places} Plätze mit dem des Fahrers. Berichtigen Sie Klasse oder Plätze.`,
    `La classe {busClass} est pour ${bound.fr} 22 passagers, mais il y a {places} places avec celle du conducteur. Corrigez la classe ou les places.`,
  ),
})

export const rules: readonly Rule[] = [
  ...categoryLimits.map((limit) => limitRule(limit, options[limit.code])),
  bodies('019', ['M1'], 'A'),
  bodies('020', ['M2', 'M3'], 'C'),
  bodies('021', ['N'], 'B'),
  bodies('022', ['O'], 'D'),
  {
    code: 'CHK-CAT-023',
    title: say(
      'A special purpose category names the purpose',
      'Eine Klasse mit besonderer Zweckbestimmung nennt den Zweck',
      'Une catégorie à usage spécial indique l’usage',
    ),
    severity: 'warning',
    clause: '2018/858 Annex I Part A 5; CoC item 38',
    when: {
      categories: ['M', 'N', 'O'],
      stages: ['C', 'V'],
      if: { all: [{ matches: [category, /S$/] }, { present: [cocPath('BodyworkTable')] }] },
    },
    let: { category },
    check: { present: [cocPath('SpecialPurposeDesignation')] },
    at: cocPath('SpecialPurposeDesignation'),
    message: say(
      'Category {category} is of special purpose, but no purpose is named. Add SpecialPurposeDesignation (SA to SM).',
      'Klasse {category} hat eine besondere Zweckbestimmung, aber keine ist genannt. Ergänzen Sie SpecialPurposeDesignation (SA bis SM).',
      'La catégorie {category} est à usage spécial, mais aucun n’est indiqué. Ajoutez SpecialPurposeDesignation (SA à SM).',
    ),
  },
  purpose('024', ['O'], /^S[ACDFH]$/, say('motor vehicles', 'Kraftfahrzeugen', 'véhicules à moteur')),
  purpose('025', ['M', 'N'], /^S[EJK]$/, say('trailers', 'Anhängern', 'remorques')),
  busClass('026', ['A', 'B'], '<=', say('at most', 'höchstens', 'au plus')),
  busClass('027', ['I', 'II', 'III'], '>', say('more than', 'mehr als', 'plus de')),
]
