import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import type { Condition, Rule } from '../rule.ts'

const fuelType = cocPath('FuelType')
const dualType = cocPath('DualFuelType')
const converters = cocPath('EnergyConvertorGroup')
const inConverter = 'EnergySourceTable/EnergySourceGroup/EnergySource'
const inFurther = 'AdditionalEnergySourceTable/AdditionalEnergySourceGroup/AdditionalEnergySource'
const items = '2020/683 Annex VIII, CoC items 26 to 26.2'
const principle = 'WorkingPrinciple'

const pure: Condition = { in: [cocPath('PureElectricVehicleIndicator'), ['Y']] }
const fuels = {
  main: { count: cocPath('EnergySource'), notIn: ['95'] },
  further: { count: cocPath('AdditionalEnergySource'), notIn: ['95'] },
  fuels: { sum: ['main', 'further'] },
} as const

export const rules: readonly Rule[] = [
  makeRule({
    code: 'CHK-FUEL-001',
    title: [
      'A pure electric vehicle has no fuel type',
      'Ein reines Elektrofahrzeug hat keine Kraftstoffart',
      'Un véhicule purement électrique n’a pas de type de carburant',
    ],
    severity: 'warning',
    clause: items,
    only: pure,
    let: { fuelType },
    check: { absent: [fuelType, dualType] },
    at: fuelType,
    message: [
      'The vehicle is pure electric, but a fuel type ({fuelType}) is given. Leave it out, or correct the indicator.',
      'Das Fahrzeug ist rein elektrisch, aber eine Kraftstoffart ({fuelType}) ist angegeben. Lassen Sie sie weg oder berichtigen Sie die Kennzeichnung.',
      'Le véhicule est purement électrique, mais un type de carburant ({fuelType}) est donné. Supprimez-le ou corrigez l’indicateur.',
    ],
  }),
  makeRule({
    code: 'CHK-FUEL-002',
    title: [
      'Only dual fuel has a dual-fuel type',
      'Nur Zweistoffbetrieb hat einen Zweistofftyp',
      'Seul le bicarburation simultanée a un type',
    ],
    severity: 'error',
    clause: items,
    only: { present: [dualType] },
    let: { fuelType, dualType },
    check: { in: ['fuelType', ['D']] },
    at: dualType,
    message: [
      'Dual-fuel type {dualType} is given, but the fuel type is {fuelType}. Dual fuel is D; correct one of them.',
      'Zweistofftyp {dualType} ist angegeben, aber die Kraftstoffart ist {fuelType}. Zweistoffbetrieb ist D; berichtigen Sie eines.',
      'Le type bicarburant {dualType} est donné, mais le type de carburant est {fuelType}. La bicarburation simultanée est D ; corrigez l’un des deux.',
    ],
  }),
  makeRule({
    code: 'CHK-FUEL-003',
    title: ['Dual fuel names its type', 'Zweistoffbetrieb nennt seinen Typ', 'La bicarburation indique son type'],
    severity: 'warning',
    clause: items,
    categories: ['M', 'N'],
    only: { in: [fuelType, ['D']] },
    check: { present: [dualType] },
    at: dualType,
    message: [
      'The fuel type is D (dual fuel), but no dual-fuel type is given. Add DualFuelType (Type 1A to Type 3B).',
      'Die Kraftstoffart ist D (Zweistoff), aber kein Zweistofftyp ist angegeben. Ergänzen Sie DualFuelType (Type 1A bis Type 3B).',
      'Le type de carburant est D, mais aucun type bicarburant n’est donné. Ajoutez DualFuelType (Type 1A à Type 3B).',
    ],
  }),
  makeRule({
    code: 'CHK-FUEL-004',
    title: [
      'Bi-fuel and dual-fuel vehicles have two fuels',
      'Bivalente und Zweistofffahrzeuge haben zwei Kraftstoffe',
      'Les véhicules bicarburant ont deux carburants',
    ],
    severity: 'warning',
    clause: items,
    only: { all: [{ in: [fuelType, ['B', 'D']] }, { present: [converters] }] },
    let: { fuelType, ...fuels },
    check: { compare: ['fuels', '>=', 2] },
    at: fuelType,
    message: [
      'The fuel type is {fuelType} (two fuels), but {fuels} fuels are given. Add the second energy source or correct the type.',
      'Die Kraftstoffart ist {fuelType} (zwei Kraftstoffe), aber {fuels} sind angegeben. Ergänzen Sie die zweite Energiequelle oder berichtigen Sie die Art.',
      'Le type de carburant est {fuelType} (deux carburants), mais {fuels} sont donnés. Ajoutez la seconde source ou corrigez le type.',
    ],
  }),
  makeRule({
    code: 'CHK-FUEL-005',
    title: [
      'A mono-fuel engine has one fuel',
      'Ein monovalenter Motor hat einen Kraftstoff',
      'Un moteur monocarburant a un carburant',
    ],
    severity: 'warning',
    clause: items,
    only: { in: [fuelType, ['M']] },
    each: converters,
    let: { fuels: { count: inConverter, notIn: ['95'] } },
    check: { compare: ['fuels', '<=', 1] },
    at: inConverter,
    message: [
      'The fuel type is M (one fuel), but this engine has {fuels} fuels. Correct the type (B, F, D) or the energy sources.',
      'Die Kraftstoffart ist M (ein Kraftstoff), aber dieser Motor hat {fuels}. Berichtigen Sie die Art (B, F, D) oder die Energiequellen.',
      'Le type de carburant est M (un carburant), mais ce moteur en a {fuels}. Corrigez le type (B, F, D) ou les sources.',
    ],
  }),
  makeRule({
    code: 'CHK-FUEL-006',
    title: [
      'An engine names each fuel once',
      'Ein Motor nennt jeden Kraftstoff einmal',
      'Un moteur nomme chaque carburant une fois',
    ],
    severity: 'warning',
    clause: 'IVI set-up manual, energy sources',
    each: cocPath('EnergySourceGroup'),
    let: { source: 'EnergySource' },
    check: { unique: ['source', '../EnergySourceGroup/EnergySource'] },
    at: 'EnergySource',
    message: [
      'Energy source {source} stands more than once for the same engine. Keep one row for it.',
      'Energiequelle {source} steht mehrmals beim selben Motor. Behalten Sie eine Zeile dafür.',
      'La source {source} figure plusieurs fois pour le même moteur. Gardez une ligne.',
    ],
  }),
  makeRule({
    code: 'CHK-FUEL-007',
    title: [
      'Positive ignition does not burn diesel alone',
      'Fremdzündung verbrennt nicht Diesel allein',
      'L’allumage commandé ne brûle pas le seul gazole',
    ],
    severity: 'warning',
    clause: 'CoC items 22 and 26',
    each: converters,
    only: { matches: [principle, /^(?:INT|EXT)PI$/] },
    let: { fuels: { count: inConverter }, diesel: { count: inConverter, in: ['20', '21'] } },
    check: { any: [{ compare: ['fuels', '=', 0] }, { compare: ['diesel', '<', 'fuels'] }] },
    at: principle,
    message: [
      'The engine has positive ignition, but diesel or biodiesel (20, 21) only. See that principle and fuel are right.',
      'Der Motor hat Fremdzündung, aber nur Diesel oder Biodiesel (20, 21). Prüfen Sie Arbeitsverfahren und Kraftstoff.',
      'Le moteur est à allumage commandé, mais n’a que gazole ou biogazole (20, 21). Vérifiez principe et carburant.',
    ],
  }),
  makeRule({
    code: 'CHK-FUEL-008',
    title: [
      'Compression ignition does not burn petrol alone',
      'Selbstzündung verbrennt nicht Benzin allein',
      'L’allumage par compression ne brûle pas la seule essence',
    ],
    severity: 'warning',
    clause: 'CoC items 22 and 26',
    each: converters,
    only: { matches: [principle, /^(?:INT|EXT)CI$/] },
    let: { fuels: { count: inConverter }, petrol: { count: inConverter, in: ['10', '11', '12', '15', '16', '30'] } },
    check: { any: [{ compare: ['fuels', '=', 0] }, { compare: ['petrol', '<', 'fuels'] }] },
    at: principle,
    message: [
      'The engine has compression ignition, but petrol, ethanol or LPG only. See that principle and fuel are right.',
      'Der Motor hat Selbstzündung, aber nur Benzin, Ethanol oder Flüssiggas. Prüfen Sie Arbeitsverfahren und Kraftstoff.',
      'Le moteur est à allumage par compression, mais n’a qu’essence, éthanol ou GPL. Vérifiez principe et carburant.',
    ],
  }),
  makeRule({
    code: 'CHK-FUEL-009',
    title: [
      'An additional energy source is another one',
      'Eine weitere Energiequelle ist eine andere',
      'Une source supplémentaire est une autre',
    ],
    severity: 'warning',
    clause: 'IVI set-up manual, energy sources',
    each: `${converters}/${inFurther.slice(0, inFurther.lastIndexOf('/'))}`,
    let: { source: 'AdditionalEnergySource' },
    check: { unique: ['source', '../AdditionalEnergySourceGroup/AdditionalEnergySource'] },
    at: 'AdditionalEnergySource',
    message: [
      'Additional energy source {source} stands more than once. Keep one row for it.',
      'Die weitere Energiequelle {source} steht mehrmals. Behalten Sie eine Zeile dafür.',
      'La source supplémentaire {source} figure plusieurs fois. Gardez une ligne.',
    ],
  }),
]
