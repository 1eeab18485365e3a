import type { Rule } from '../rule.ts'

const axles = '/CocDataGroup/AxleTable/AxleGroup'
const construction = '/CocDataGroup/GeneralConstructionGroup'
const check = 'IVI set-up manual; official content check'

/** A declared number of axles of a kind against the axles marked so; only when every axle is marked yes or no. */
const markedAxles = (number: string, element: string, indicator: string, kind: string): Rule => ({
  code: `CHK-AXLE-${number}`,
  title: `Number of ${kind} axles equals the axles marked so`,
  severity: 'error',
  clause: `${check} [103]-[106]; CoC items 1 to 3`,
  when: { if: { compare: [{ count: `${axles}/${indicator}`, in: ['Y', 'N'] }, '=', { count: axles }] } },
  let: { declared: `${construction}/${element}`, marked: { count: `${axles}/${indicator}`, in: ['Y'] } },
  check: { compare: ['declared', '=', 'marked'] },
  at: `${construction}/${element}`,
  message: `${element} says {declared}, but {marked} axles carry ${indicator} Y. Correct the number or the axle rows.`,
})

const knownAxle = (number: string, each: string, element: string): Rule => ({
  code: `CHK-AXLE-${number}`,
  title: `${element} names an axle of the axle table`,
  severity: 'error',
  clause: `${check} [242]`,
  each,
  let: { axle: element },
  check: { anyOf: ['axle', `${axles}/AxleNumber`] },
  at: element,
  message: `${element} names axle {axle}, which the axle table does not have.`,
})

export const rules: readonly Rule[] = [
  {
    code: 'CHK-AXLE-001',
    title: 'Number of axles equals the axle rows',
    severity: 'error',
    clause: `${check} [103]; CoC item 1`,
    when: { if: { present: ['/CocDataGroup/AxleTable'] } },
    let: { declared: `${construction}/NumberOfAxles`, rows: { count: axles } },
    check: { compare: ['declared', '=', 'rows'] },
    at: `${construction}/NumberOfAxles`,
    message: 'NumberOfAxles says {declared}, but there are {rows} axle rows. A table that is given is given in full.',
  },
  {
    code: 'CHK-AXLE-002',
    title: 'Axles are numbered 1 to n',
    severity: 'error',
    clause: `${check}: IS NUMBERED`,
    each: axles,
    let: { number: 'AxleNumber', expected: { position: true } },
    check: { compare: ['number', '=', 'expected'] },
    at: 'AxleNumber',
    message: 'Axle row {expected} carries the number {number}. Number the axles 1, 2, 3 … from the front.',
  },
  {
    code: 'CHK-AXLE-003',
    title: 'No axle spacing on the last axle',
    severity: 'error',
    clause: `${check}: IS ABSENT IF LAST; CoC item 4.1`,
    each: axles,
    rows: 'last',
    let: { spacing: { max: ['AxleSpacing', 'AxleSpacingAdjustableMin', 'AxleSpacingAdjustableMax'] } },
    check: { absent: ['AxleSpacing', 'AxleSpacingAdjustableMin', 'AxleSpacingAdjustableMax'] },
    at: 'AxleSpacing',
    message: 'The last axle gives a spacing ({spacing} mm), but no axle follows it. Leave it out there.',
  },
  markedAxles('004', 'NumberOfPoweredAxles', 'PoweredAxleIndicator', 'powered'),
  markedAxles('005', 'NumberOfSteeredAxles', 'SteeredAxleIndicator', 'steered'),
  markedAxles('006', 'NumberOfAxlesWithTwinWheels', 'TwinWheelsAxleIndicator', 'twin-wheel'),
  markedAxles('007', 'NumberOfBrakedAxles', 'BrakedAxleIndicator', 'braked'),
  {
    code: 'CHK-AXLE-008',
    title: 'Axle spacings add up to the wheelbase',
    // Never an error: the wheelbase of vehicles with axle groups is measured in more than one way (2020/683, note 157).
    severity: 'warning',
    clause: '2020/683 Annex VIII, CoC items 4 and 4.1',
    when: {
      categories: ['M', 'N'],
      if: { compare: [{ count: `${axles}/AxleSpacing`, plus: 1 }, '=', { count: axles }] },
    },
    let: { wheelbase: '/CocDataGroup/DimensionGroup/Wheelbase', spacings: { sum: [`${axles}/AxleSpacing`] } },
    check: { compare: ['spacings', '=', 'wheelbase'] },
    at: '/CocDataGroup/DimensionGroup/Wheelbase',
    message: 'The axle spacings add up to {spacings} mm, the wheelbase says {wheelbase} mm. See that both are meant.',
  },
  knownAxle(
    '009',
    '/CocDataGroup/AxleGroupTable/AxleGroupGroup/AxleGroupMemberTable/AxleGroupMemberGroup',
    'MemberAxleNumber',
  ),
  knownAxle(
    '010',
    `${axles}/InterconnectionWithPoweredAxleTable/InterconnectionWithPoweredAxleGroup`,
    'InterconnectionWithPoweredAxleNumber',
  ),
  knownAxle(
    '011',
    '/CocDataGroup/TyreAxleMassCombinationTable/TyreAxleMassCombinationGroup/TyreAxleCombinationTable/TyreAxleCombinationGroup',
    'AxleNumberCombination',
  ),
  {
    code: 'CHK-AXLE-012',
    title: 'Axle groups are numbered 1 to n',
    severity: 'error',
    clause: `${check}: IS NUMBERED`,
    each: '/CocDataGroup/AxleGroupTable/AxleGroupGroup',
    let: { number: 'AxleGroupNumber', expected: { position: true } },
    check: { compare: ['number', '=', 'expected'] },
    at: 'AxleGroupNumber',
    message: 'Axle group row {expected} carries the number {number}. Number the groups 1, 2, 3 … from the front.',
  },
]
