import type { IviTree } from '../contract/ivi-tree.ts'
import { valueAt } from '../ivi/get-value.ts'

/** The mass in running order stands under 14 while the vehicle is incomplete, under 13 after. */
export const massElement = (tree: IviTree): 'MassInRunningOrderIncomplete' | 'MassInRunningOrder' =>
  valueAt(tree, 'StageOfCompletion') === 'I' ? 'MassInRunningOrderIncomplete' : 'MassInRunningOrder'
