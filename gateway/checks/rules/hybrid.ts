import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import { offVehicle } from '../off-vehicle-charging.ts'
import type { Condition, Rule } from '../rule.ts'

const converters = cocPath('EnergyConvertorGroup')
const sources = cocPath('EnergySourceGroup')
const source = cocPath('EnergySource')
const hybridClass = cocPath('ClassHybridVehicle')
const manual = 'IVI set-up manual, energy sources'
const inConverter = 'EnergySourceTable/EnergySourceGroup/EnergySource'
const principle = 'WorkingPrinciple'

const electricity = { count: source, in: ['95'] }
const fuels = { count: source, notIn: ['95'] }
const hybrid: Condition = { all: [{ compare: [electricity, '>', 0] }, { compare: [fuels, '>', 0] }] }
const isPure: Condition = { in: [cocPath('PureElectricVehicleIndicator'), ['Y']] }

export const rules: readonly Rule[] = [
  makeRule({
    code: 'CHK-NRG-009',
    title: [
      'The motor of a hybrid says ELECT',
      'Der Elektromotor eines Hybrids nennt ELECT',
      'Le moteur électrique d’un hybride indique ELECT',
    ],
    clause: manual,
    severity: 'error',
    categories: ['M', 'N'],
    each: converters,
    only: { all: [hybrid, { compare: [{ count: inConverter, in: ['95'] }, '>', 0] }] },
    check: { present: [principle] },
    at: principle,
    message: [
      'The electric converter of a hybrid has no working principle. Add ELECT.',
      'Dem elektrischen Wandler eines Hybrids fehlt das Arbeitsverfahren. Ergänzen Sie ELECT.',
      'Le convertisseur électrique d’un hybride n’a pas de principe. Ajoutez ELECT.',
    ],
  }),
  makeRule({
    code: 'CHK-NRG-012',
    title: ['A hybrid names its class', 'Ein Hybrid nennt seine Klasse', 'Un hybride indique sa classe'],
    severity: 'warning',
    clause: '2020/683 Annex VIII, CoC item 23.1',
    categories: ['M', 'N'],
    only: { all: [hybrid, { not: isPure }] },
    check: { present: [hybridClass] },
    at: hybridClass,
    message: [
      'The vehicle has electricity and a fuel, but no class of hybrid. Add ClassHybridVehicle (OVC-HEV, NOVC-HEV …).',
      'Das Fahrzeug hat Strom und einen Kraftstoff, aber keine Hybridklasse. Ergänzen Sie ClassHybridVehicle (OVC-HEV, NOVC-HEV …).',
      'Le véhicule a l’électricité et un carburant, mais pas de classe d’hybride. Ajoutez ClassHybridVehicle (OVC-HEV, NOVC-HEV …).',
    ],
  }),
  makeRule({
    code: 'CHK-NRG-013',
    title: [
      'A pure electric vehicle is no hybrid',
      'Ein reines Elektrofahrzeug ist kein Hybrid',
      'Un véhicule purement électrique n’est pas hybride',
    ],
    severity: 'error',
    clause: '2020/683 Annex VIII, CoC items 23 and 23.1',
    only: isPure,
    let: { hybridClass },
    check: { absent: [hybridClass] },
    at: hybridClass,
    message: [
      'The vehicle is pure electric, but its class of hybrid is {hybridClass}. Leave it out, or correct the indicator.',
      'Das Fahrzeug ist rein elektrisch, aber seine Hybridklasse ist {hybridClass}. Lassen Sie sie weg oder berichtigen Sie die Kennzeichnung.',
      'Le véhicule est purement électrique, mais sa classe d’hybride est {hybridClass}. Supprimez-la ou corrigez l’indicateur.',
    ],
  }),
  makeRule({
    code: 'CHK-NRG-014',
    title: [
      'A hybrid class goes with electricity and a fuel',
      'Eine Hybridklasse gehört zu Strom und Kraftstoff',
      'Une classe d’hybride va avec l’électricité et un carburant',
    ],
    severity: 'warning',
    clause: `${manual}; CoC items 23.1 and 26`,
    categories: ['M', 'N'],
    only: { all: [{ present: [hybridClass] }, { compare: [{ count: source }, '>', 0] }, { not: isPure }] },
    let: { hybridClass, electric: electricity, fuels },
    check: hybrid,
    at: hybridClass,
    message: [
      'The class of hybrid is {hybridClass}, but there are {electric} rows of electricity (95) and {fuels} of a fuel. A hybrid has both.',
      'Die Hybridklasse ist {hybridClass}, aber es gibt {electric} Zeilen mit Strom (95) und {fuels} mit Kraftstoff. Ein Hybrid hat beides.',
      'La classe d’hybride est {hybridClass}, mais il y a {electric} lignes d’électricité (95) et {fuels} de carburant. Un hybride a les deux.',
    ],
  }),
  makeRule({
    code: 'CHK-NRG-015',
    title: [
      'A fuel cell hybrid has hydrogen',
      'Ein Brennstoffzellenhybrid hat Wasserstoff',
      'Un hybride à pile à combustible a de l’hydrogène',
    ],
    severity: 'warning',
    clause: `${manual}; CoC items 23.1 and 26`,
    only: { matches: [hybridClass, /FCHV$/] },
    let: { hybridClass, hydrogen: { count: source, in: ['50', '55'] } },
    check: { compare: ['hydrogen', '>', 0] },
    at: hybridClass,
    message: [
      'The class of hybrid is {hybridClass}, but no energy source is hydrogen (50, 55). Check class and sources.',
      'Die Hybridklasse ist {hybridClass}, aber keine Energiequelle ist Wasserstoff (50, 55). Prüfen Sie Klasse und Quellen.',
      'La classe d’hybride est {hybridClass}, mais aucune source n’est l’hydrogène (50, 55). Vérifiez classe et sources.',
    ],
  }),
  makeRule({
    code: 'CHK-NRG-017',
    title: [
      'Only chargeable hybrids have values of outside charging',
      'Nur extern aufladbare Hybride haben Werte externer Ladung',
      'Seuls les hybrides rechargeables ont des valeurs de recharge',
    ],
    severity: 'warning',
    clause: `${manual}; CoC items 23.1 and 49`,
    only: { matches: [hybridClass, /^NOVC/] },
    let: { hybridClass },
    check: { absent: offVehicle.map((path) => `${sources}/${path}`) },
    at: hybridClass,
    message: [
      'The class of hybrid is {hybridClass}, but values of charging from outside are given. Correct the class or leave them out.',
      'Die Hybridklasse ist {hybridClass}, aber Werte externer Ladung sind angegeben. Berichtigen Sie die Klasse oder lassen Sie sie weg.',
      'La classe d’hybride est {hybridClass}, mais des valeurs de recharge externe sont données. Corrigez la classe ou supprimez-les.',
    ],
  }),
]
