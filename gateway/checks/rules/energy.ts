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

export const rules: readonly Rule[] = [
  {
    code: 'CHK-NRG-001',
    title: 'A pure electric vehicle has electricity only',
    severity: 'error',
    clause: `${manual}; CoC item 23`,
    when: { if: { in: [`${coc}/PureElectricVehicleIndicator`, ['Y']] } },
    let: other,
    check: { compare: ['other', '=', 0] },
    at: `${coc}/PureElectricVehicleIndicator`,
    message: 'PureElectricVehicleIndicator is Y, but {other} energy sources are not electricity (95).',
  },
  {
    code: 'CHK-NRG-002',
    title: 'A vehicle with electricity only is pure electric',
    severity: 'error',
    clause: `${manual}; CoC item 23`,
    when: { if: { all: [anySource, { in: [`${coc}/PureElectricVehicleIndicator`, ['N']] }] } },
    let: other,
    check: { compare: ['other', '>', 0] },
    at: `${coc}/PureElectricVehicleIndicator`,
    message: 'PureElectricVehicleIndicator is N, but all energy sources are electricity (95). Then it is Y.',
  },
  {
    code: 'CHK-NRG-003',
    title: 'Electric power stands at electricity',
    // A warning: the manual writes it for hybrids and is silent on fuel cells.
    severity: 'warning',
    clause: manual,
    each: sources,
    let: { source: 'EnergySource', power: 'PowerGroup/MaximumNetPowerElectric' },
    check: { any: [{ absent: ['PowerGroup/MaximumNetPowerElectric'] }, { in: ['source', [electricity]] }] },
    at: 'PowerGroup/MaximumNetPowerElectric',
    message: 'Electric power ({power} kW) stands at energy source {source}; it belongs to electricity (95).',
  },
  {
    code: 'CHK-NRG-004',
    title: 'Combustion power stands at a fuel',
    severity: 'error',
    clause: manual,
    each: sources,
    let: { source: 'EnergySource', power: 'PowerGroup/MaximumNetPowerCombustion' },
    check: { any: [{ absent: ['PowerGroup/MaximumNetPowerCombustion'] }, { not: { in: ['source', [electricity]] } }] },
    at: 'PowerGroup/MaximumNetPowerCombustion',
    message: 'Combustion power ({power} kW) stands at electricity ({source}); it belongs to the fuel.',
  },
  {
    code: 'CHK-NRG-005',
    title: 'Several electric motors give a power for all of them',
    severity: 'error',
    clause: 'Official content check [48], [49]',
    when: { if: { compare: [electric, '>', 1] } },
    let: { motors: electric },
    check: {
      any: [
        { present: [`${coc}/ConsolidatedMaximum30MinutesPower`] },
        { present: [`${coc}/ConsolidatedMaximumNetPowerElectric`] },
      ],
    },
    at: `${coc}/ConsolidatedMaximumNetPowerElectric`,
    message: 'With {motors} electric motors a consolidated power is needed (30 minutes or maximum net power).',
  },
  {
    code: 'CHK-NRG-006',
    title: 'One electric motor has no consolidated power',
    severity: 'error',
    clause: 'Official content check [48], [49]',
    when: { if: { all: [anySource, { compare: [electric, '<', 2] }] } },
    let: { motors: electric },
    check: { absent: [`${coc}/ConsolidatedMaximum30MinutesPower`, `${coc}/ConsolidatedMaximumNetPowerElectric`] },
    at: `${coc}/ConsolidatedMaximumNetPowerElectric`,
    message: 'A consolidated power is given, but the vehicle has {motors} electric motors. Leave it out below two.',
  },
]
