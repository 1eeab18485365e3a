import type { Rule } from '../rule.ts'

const doors = '/CocDataGroup/ConfigurationDoorsGroup'
const number = '/CocDataGroup/GeneralConstructionGroup/NumberOfDoors'

export const rules: readonly Rule[] = [
  {
    code: 'CHK-DOOR-001',
    title: 'Number of doors is the sum of the four sides',
    severity: 'error',
    clause: 'IVI set-up manual, NumberOfDoors; CoC item 41',
    when: { if: { present: [doors] } },
    let: {
      declared: number,
      sides: {
        sum: ['Front', 'Left', 'Right', 'Back'].map((side) => `${doors}/NumberOfDoors${side}`),
        missing: 'zero',
      },
    },
    check: { compare: ['declared', '=', 'sides'] },
    at: number,
    message: 'NumberOfDoors says {declared}, but the doors at the front, left, right and back add up to {sides}.',
  },
  {
    code: 'CHK-COLOUR-001',
    title: 'Each colour is named once',
    severity: 'error',
    clause: 'Official content check [252]; CoC item 40',
    each: '/CocDataGroup/ColourTable/ColourGroup',
    let: { colour: 'Colour' },
    check: { unique: ['colour', '/CocDataGroup/ColourTable/ColourGroup/Colour'] },
    at: 'Colour',
    message: 'Colour {colour} stands more than once in the colour table. Name each colour once.',
  },
]
