import type { Rule } from '../rule.ts'

const coc = '/CocDataGroup'
const converters = `${coc}/EnergyConvertorTable/EnergyConvertorGroup`
const sources = `${converters}/EnergySourceTable/EnergySourceGroup`
const further = `${converters}/AdditionalEnergySourceTable/AdditionalEnergySourceGroup/AdditionalEnergySource`
const electricity = '95'
const manual = 'IVI set-up manual, energy sources'

const anySource = { compare: [{ count: `${sources}/EnergySource` }, '>', 0] } as const
const other = {
  otherMain: { count: `${sources}/EnergySource`, notIn: [electricity] },
  otherFurther: { count: further, notIn: [electricity] },
  other: { sum: ['otherMain', 'otherFurther'] },
} as const
const electric = { count: `${sources}/EnergySource`, in: [electricity] } as const

/** Several motors need a power for all of them. Only the forms of M and N have an item for it, so it is no error elsewhere. */
const consolidated = (number: string, categories: readonly string[], severity: Rule['severity']): Rule => ({
  code: `CHK-NRG-${number}`,
  title: {
    en: 'Several electric motors give a power for all of them',
    de: 'Mehrere Elektromotoren nennen eine gemeinsame Leistung',
    fr: 'Plusieurs moteurs électriques donnent une puissance commune',
  },
  severity,
  clause: 'Official content check [48], [49]',
  when: { categories, if: { compare: [electric, '>', 1] } },
  let: { motors: electric },
  check: {
    any: [
      { present: [`${coc}/ConsolidatedMaximum30MinutesPower`] },
      { present: [`${coc}/ConsolidatedMaximumNetPowerElectric`] },
    ],
  },
  at: `${coc}/ConsolidatedMaximumNetPowerElectric`,
  message: {
    en: 'With {motors} electric motors a consolidated power is needed (30 minutes or maximum net power). Add one.',
    de: 'Bei {motors} Elektromotoren wird eine gemeinsame Leistung gebraucht (30-Minuten- oder Nennleistung). Geben Sie eine an.',
    fr: 'Avec {motors} moteurs électriques, une puissance consolidée est nécessaire (30 minutes ou puissance nette maximale). Indiquez-en une.',
  },
})

export const rules: readonly Rule[] = [
  {
    code: 'CHK-NRG-001',
    title: {
      en: 'A pure electric vehicle has electricity only',
      de: 'Ein reines Elektrofahrzeug hat nur Elektrizität',
      fr: 'Un véhicule purement électrique n’a que l’électricité',
    },
    severity: 'error',
    clause: `${manual}; CoC item 23`,
    when: { if: { in: [`${coc}/PureElectricVehicleIndicator`, ['Y']] } },
    let: other,
    check: { compare: ['other', '=', 0] },
    at: `${coc}/PureElectricVehicleIndicator`,
    message: {
      en: 'PureElectricVehicleIndicator is Y, but {other} energy sources are not electricity (95). Correct the one or the other.',
      de: 'PureElectricVehicleIndicator ist Y, aber {other} Energiequellen sind nicht Elektrizität (95). Berichtigen Sie das eine oder das andere.',
      fr: 'PureElectricVehicleIndicator est Y, mais {other} sources d’énergie ne sont pas l’électricité (95). Corrigez l’un ou l’autre.',
    },
  },
  {
    code: 'CHK-NRG-002',
    title: {
      en: 'A vehicle with electricity only is pure electric',
      de: 'Ein Fahrzeug nur mit Elektrizität ist rein elektrisch',
      fr: 'Un véhicule n’ayant que l’électricité est purement électrique',
    },
    severity: 'error',
    clause: `${manual}; CoC item 23`,
    when: { if: { all: [anySource, { in: [`${coc}/PureElectricVehicleIndicator`, ['N']] }] } },
    let: other,
    check: { compare: ['other', '>', 0] },
    at: `${coc}/PureElectricVehicleIndicator`,
    message: {
      en: 'PureElectricVehicleIndicator is N, but all energy sources are electricity (95). Then it is Y.',
      de: 'PureElectricVehicleIndicator ist N, aber alle Energiequellen sind Elektrizität (95). Dann ist es Y.',
      fr: 'PureElectricVehicleIndicator est N, mais toutes les sources d’énergie sont l’électricité (95). La valeur est alors Y.',
    },
  },
  {
    code: 'CHK-NRG-003',
    title: {
      en: 'Electric power stands at electricity',
      de: 'Elektrische Leistung steht bei Elektrizität',
      fr: 'La puissance électrique figure à l’électricité',
    },
    // A warning: the manual writes it for hybrids and is silent on fuel cells.
    severity: 'warning',
    clause: manual,
    each: sources,
    let: { source: 'EnergySource', power: 'PowerGroup/MaximumNetPowerElectric' },
    check: { any: [{ absent: ['PowerGroup/MaximumNetPowerElectric'] }, { in: ['source', [electricity]] }] },
    at: 'PowerGroup/MaximumNetPowerElectric',
    message: {
      en: 'Electric power ({power} kW) stands at energy source {source}; it belongs to electricity (95).',
      de: 'Elektrische Leistung ({power} kW) steht bei Energiequelle {source}; sie gehört zu Elektrizität (95).',
      fr: 'Une puissance électrique ({power} kW) figure à la source d’énergie {source} ; sa place est à l’électricité (95).',
    },
  },
  {
    code: 'CHK-NRG-004',
    title: {
      en: 'Combustion power stands at a fuel',
      de: 'Leistung des Verbrennungsmotors steht bei einem Kraftstoff',
      fr: 'La puissance thermique figure à un carburant',
    },
    severity: 'error',
    clause: manual,
    each: sources,
    let: { source: 'EnergySource', power: 'PowerGroup/MaximumNetPowerCombustion' },
    check: { any: [{ absent: ['PowerGroup/MaximumNetPowerCombustion'] }, { not: { in: ['source', [electricity]] } }] },
    at: 'PowerGroup/MaximumNetPowerCombustion',
    message: {
      en: 'Combustion power ({power} kW) stands at electricity ({source}); it belongs to the fuel.',
      de: 'Leistung des Verbrennungsmotors ({power} kW) steht bei Elektrizität ({source}); sie gehört zum Kraftstoff.',
      fr: 'Une puissance thermique ({power} kW) figure à l’électricité ({source}) ; sa place est au carburant.',
    },
  },
  consolidated('005', ['M', 'N'], 'error'),
  consolidated('020', ['L'], 'warning'),
  {
    code: 'CHK-NRG-006',
    title: {
      en: 'One electric motor has no consolidated power',
      de: 'Ein einziger Elektromotor hat keine gemeinsame Leistung',
      fr: 'Un seul moteur électrique n’a pas de puissance consolidée',
    },
    severity: 'error',
    clause: 'Official content check [48], [49]',
    when: { if: { all: [anySource, { compare: [electric, '<', 2] }] } },
    let: { motors: electric },
    check: { absent: [`${coc}/ConsolidatedMaximum30MinutesPower`, `${coc}/ConsolidatedMaximumNetPowerElectric`] },
    at: `${coc}/ConsolidatedMaximumNetPowerElectric`,
    message: {
      en: 'A consolidated power is given, but the vehicle has {motors} electric motors. Leave it out below two.',
      de: 'Eine gemeinsame Leistung ist angegeben, das Fahrzeug hat aber {motors} Elektromotoren. Unter zwei lassen Sie sie weg.',
      fr: 'Une puissance consolidée est donnée, mais le nombre de moteurs électriques est {motors}. Supprimez-la au-dessous de deux.',
    },
  },
]
