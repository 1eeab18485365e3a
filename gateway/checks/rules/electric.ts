import { cocPath } from '../coc-path.ts'
import { makeRule } from '../make-rule.ts'
import { offVehicle } from '../off-vehicle-charging.ts'
import type { Rule } from '../rule.ts'

const converters = cocPath('EnergyConvertorGroup')
const sources = cocPath('EnergySourceGroup')
const configuration = cocPath('ElectricVehicleConfiguration')
const manual = 'IVI set-up manual, energy sources'
const inConverter = 'EnergySourceTable/EnergySourceGroup/EnergySource'
const principle = 'WorkingPrinciple'
const fuels = { count: cocPath('EnergySource'), notIn: ['95'] }

export const rules: readonly Rule[] = [
  makeRule({
    code: 'CHK-NRG-007',
    title: [
      'A converter of electricity is a motor',
      'Ein Wandler von Strom ist ein Elektromotor',
      'Un convertisseur d’électricité est un moteur électrique',
    ],
    clause: manual,
    severity: 'error',
    each: converters,
    only: {
      all: [
        { compare: [{ count: inConverter, in: ['95'] }, '>', 0] },
        { compare: [{ count: inConverter, notIn: ['95'] }, '=', 0] },
      ],
    },
    let: { principle },
    check: { matches: ['principle', /^ELECT$/] },
    at: principle,
    message: [
      'The energy converter has electricity (95) only, but its working principle is {principle}. It is ELECT.',
      'Der Energiewandler hat nur Strom (95), aber sein Arbeitsverfahren ist {principle}. Es ist ELECT.',
      'Le convertisseur n’a que l’électricité (95), mais son principe est {principle}. C’est ELECT.',
    ],
  }),
  makeRule({
    code: 'CHK-NRG-008',
    title: [
      'A motor runs on electricity only',
      'Ein Elektromotor läuft nur mit Strom',
      'Un moteur électrique n’utilise que l’électricité',
    ],
    clause: manual,
    severity: 'error',
    each: converters,
    only: { matches: [principle, /^ELECT$/] },
    // A fuel cell feeds its motor with hydrogen (50, 55).
    let: { others: { count: inConverter, notIn: ['95', '50', '55'] } },
    check: { compare: ['others', '=', 0] },
    at: principle,
    message: [
      'The working principle is ELECT, but {others} energy sources of this converter are no electricity. A hybrid has its motor as a row of its own.',
      'Das Arbeitsverfahren ist ELECT, aber {others} Energiequellen dieses Wandlers sind kein Strom. Ein Hybrid hat seinen Motor als eigene Zeile.',
      'Le principe est ELECT, mais {others} sources de ce convertisseur ne sont pas l’électricité. Un hybride a son moteur dans une ligne propre.',
    ],
  }),
  makeRule({
    code: 'CHK-NRG-011',
    title: [
      'A motor has no cylinders',
      'Ein Elektromotor hat keine Zylinder',
      'Un moteur électrique n’a pas de cylindres',
    ],
    clause: manual,
    severity: 'warning',
    each: converters,
    only: { matches: [principle, /^ELECT$/] },
    let: { cylinders: 'NumberOfCylinders', capacity: 'EngineCapacity' },
    check: { absent: ['NumberOfCylinders', 'ArrangementCylinders', 'EngineCapacity', 'CombustionCycle'] },
    at: 'NumberOfCylinders',
    message: [
      'An electric motor gives cylinders, engine capacity or a combustion cycle. Leave them out, or correct the working principle.',
      'Ein Elektromotor nennt Zylinder, Hubraum oder Takt. Lassen Sie sie weg oder berichtigen Sie das Arbeitsverfahren.',
      'Un moteur électrique donne cylindres, cylindrée ou cycle. Supprimez-les ou corrigez le principe.',
    ],
  }),
  makeRule({
    code: 'CHK-NRG-016',
    title: [
      'Values of outside charging stand at electricity',
      'Werte der externen Ladung stehen beim Strom',
      'Les valeurs de recharge externe sont à l’électricité',
    ],
    clause: manual,
    severity: 'error',
    each: sources,
    let: { source: 'EnergySource' },
    check: { any: [{ in: ['source', ['95']] }, { absent: offVehicle }] },
    at: 'TestWltpElectricRangeGroup',
    message: [
      'Electric range or consumption of outside charging stands at energy source {source}. Move it to electricity (95).',
      'Reichweite oder Verbrauch bei externer Ladung steht bei Energiequelle {source}. Verschieben Sie sie zum Strom (95).',
      'L’autonomie ou la consommation en recharge externe est à la source {source}. Déplacez-la à l’électricité (95).',
    ],
  }),
  makeRule({
    code: 'CHK-NRG-018',
    title: [
      'The 30 minutes power is not above the net power',
      'Die 30-Minuten-Leistung liegt nicht über der Nutzleistung',
      'La puissance sur 30 minutes ne dépasse pas la puissance nette',
    ],
    severity: 'warning',
    clause: 'UN Regulation 85; CoC items 27.3 and 27.4',
    each: sources,
    let: { long: 'PowerGroup/Maximum30MinutesPower', net: 'PowerGroup/MaximumNetPowerElectric' },
    check: { compare: ['long', '<=', 'net'] },
    at: 'PowerGroup/Maximum30MinutesPower',
    message: [
      'The 30 minutes power is {long} kW, above the maximum net power of {net} kW. See that they are not exchanged.',
      'Die 30-Minuten-Leistung ist {long} kW, mehr als die höchste Nutzleistung von {net} kW. Prüfen Sie, ob sie vertauscht sind.',
      'La puissance sur 30 minutes est de {long} kW, plus que la puissance nette de {net} kW. Vérifiez qu’elles ne sont pas inversées.',
    ],
  }),
  makeRule({
    code: 'CHK-NRG-019',
    title: [
      'A pure electric L vehicle has electricity only',
      'Ein rein elektrisches L-Fahrzeug hat nur Strom',
      'Un véhicule L purement électrique n’a que l’électricité',
    ],
    severity: 'error',
    clause: '901/2014 Annex IV, item 3.3.1',
    categories: ['L'],
    only: { matches: [configuration, /^PUREE$/] },
    let: { others: fuels },
    check: { compare: ['others', '=', 0] },
    at: configuration,
    message: [
      'The configuration is pure electric (PUREE), but {others} energy sources are no electricity (95). Correct the one that is wrong.',
      'Die Konfiguration ist rein elektrisch (PUREE), aber {others} Energiequellen sind kein Strom (95). Berichtigen Sie das Falsche.',
      'La configuration est purement électrique (PUREE), mais {others} sources ne sont pas l’électricité (95). Corrigez ce qui est faux.',
    ],
  }),
]
