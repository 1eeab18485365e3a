import type { Texts } from '../../ivi/coc/coc-item.ts'
import { cocPath, onEveryAxle, say } from '../coc-path.ts'
import { tcrsCategoryLimits, tractorSpeed } from '../legal-limits.ts'
import { limitRule } from '../limit-rule.ts'
import type { Rule } from '../rule.ts'

const category = cocPath('VehicleCategory')
const speed = cocPath('DeclaredMaximumSpeedForward')
const axleMass = cocPath('TechnicallyPermissibleMassAxle')

/** The index at the end of the category: a up to 40 km/h, b above. */
const speedIndex = (number: string, index: 'a' | 'b', operator: '<=' | '>', bound: Texts): Rule => ({
  code: `CHK-TCAT-${number}`,
  title: say(
    `Speed index ${index}: ${bound.en} ${tractorSpeed.value} km/h`,
    `Geschwindigkeitsindex ${index}: ${bound.de} ${tractorSpeed.value} km/h`,
    `Indice de vitesse ${index} : ${bound.fr} ${tractorSpeed.value} km/h`,
  ),
  severity: 'error',
  clause: tractorSpeed.article,
  when: { categories: ['T', 'C', 'R', 'S'], if: { matches: [category, new RegExp(`${index}$`)] } },
  let: { category, speed, limit: tractorSpeed.value },
  check: { compare: ['speed', operator, 'limit'] },
  at: speed,
  message: say(
    `The design speed is {speed} km/h; category {category} is for ${bound.en} {limit} km/h. Correct speed or category.`,
    `Die bauartbedingte Höchstgeschwindigkeit ist {speed} km/h; Klasse {category} ist für ${bound.de} {limit} km/h. Berichtigen Sie Geschwindigkeit oder Klasse.`,
    `La vitesse par construction est de {speed} km/h ; la catégorie {category} est pour ${bound.fr} {limit} km/h. Corrigez la vitesse ou la catégorie.`,
  ),
})

/** R and S are classed by the sum of the masses that their axles may carry. */
const bySum = { measured: { sum: [axleMass] }, only: onEveryAxle('TechnicallyPermissibleMassAxle') }
const isBySum = (code: string): boolean => /-0(0[3-9]|10)$/.test(code)

export const rules: readonly Rule[] = [
  speedIndex('001', 'a', '<=', say('at most', 'höchstens', 'au plus')),
  speedIndex('002', 'b', '>', say('more than', 'mehr als', 'plus de')),
  ...tcrsCategoryLimits.map((limit) => limitRule(limit, isBySum(limit.code) ? bySum : {})),
  {
    code: 'CHK-TCAT-014',
    title: say(
      'The towable mass of a coupling stands in tonnes',
      'Die Anhängelast einer Kupplung steht in Tonnen',
      'La masse remorquable d’un attelage est en tonnes',
    ),
    severity: 'warning',
    clause: '2015/504 Annex IV, items 38.3 and 38.4',
    when: { categories: ['T', 'C', 'R', 'S'] },
    each: cocPath('MechanicalCouplingGroup'),
    let: { towable: 'MechanicalCouplingTechnicallyPermissibleTowableMass' },
    check: { compare: ['towable', '<=', 100] },
    at: 'MechanicalCouplingTechnicallyPermissibleTowableMass',
    message: say(
      'The towable mass of the coupling is {towable} t. This element is in tonnes: see that no kilograms were meant.',
      'Die Anhängelast der Kupplung ist {towable} t. Dieses Element steht in Tonnen: Prüfen Sie, ob Kilogramm gemeint waren.',
      'La masse remorquable de l’attelage est de {towable} t. Cet élément est en tonnes : vérifiez qu’il ne s’agit pas de kilogrammes.',
    ),
  },
]
