import { at } from '../case-paths.ts'
import type { Cases } from '../rule-case.ts'

export const cases: Cases = {
  'CHK-DOOR-001': { bad: { 'GeneralConstructionGroup/NumberOfDoors': '4' } },
  'CHK-COLOUR-001': {
    bad: { 'ColourTable/ColourGroup[2]/Colour': '1' },
    path: `${at}ColourTable/ColourGroup[1]/Colour`,
  },
}
