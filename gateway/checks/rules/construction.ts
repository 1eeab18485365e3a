import type { Rule } from '../rule.ts'

const doors = '/CocDataGroup/ConfigurationDoorsGroup'
const number = '/CocDataGroup/GeneralConstructionGroup/NumberOfDoors'

export const rules: readonly Rule[] = [
  {
    code: 'CHK-DOOR-001',
    title: {
      en: 'Number of doors is the sum of the four sides',
      de: 'Zahl der Türen ist die Summe der vier Seiten',
      fr: 'Le nombre de portes est la somme des quatre côtés',
    },
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
    message: {
      en: 'NumberOfDoors says {declared}, but the doors at the front, left, right and back add up to {sides}. Correct the one or the other.',
      de: 'NumberOfDoors nennt {declared}, aber die Türen vorn, links, rechts und hinten ergeben {sides}. Berichtigen Sie die Zahl oder die Seiten.',
      fr: 'NumberOfDoors indique {declared}, mais les portes avant, gauche, droite et arrière font {sides}. Corrigez le nombre ou les côtés.',
    },
  },
  {
    code: 'CHK-COLOUR-001',
    title: {
      en: 'Each colour is named once',
      de: 'Jede Farbe steht einmal da',
      fr: 'Chaque couleur figure une fois',
    },
    severity: 'error',
    clause: 'Official content check [252]; CoC item 40',
    each: '/CocDataGroup/ColourTable/ColourGroup',
    let: { colour: 'Colour' },
    check: { unique: ['colour', '/CocDataGroup/ColourTable/ColourGroup/Colour'] },
    at: 'Colour',
    message: {
      en: 'Colour {colour} stands more than once in the colour table. Name each colour once.',
      de: 'Farbe {colour} steht mehrmals in der Farbtabelle. Nennen Sie jede Farbe einmal.',
      fr: 'La couleur {colour} figure plusieurs fois dans le tableau des couleurs. Indiquez chaque couleur une seule fois.',
    },
  },
]
