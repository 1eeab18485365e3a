import type { IviTree } from '../contract/ivi-tree.ts'
import { elementOf } from '../ivi/catalogue.ts'
import { rowsOf, valueAt } from '../ivi/get-value.ts'
import { toMicro } from '../support/decimal.ts'

/** A value of an axle row that is a number. */
export interface AxleValue {
  readonly axle: string
  readonly text: string
  /** Millionths of the element's unit. */
  readonly micro: number
  readonly path: string
}

/** The values of one element over the axles, by axle number as text; rows without number or value are left out. */
export const axleValues = (tree: IviTree, element: string): ReadonlyMap<string, AxleValue> => {
  const values = new Map<string, AxleValue>()
  for (const [i, row] of rowsOf(tree, 'AxleGroup').entries()) {
    const axle = valueAt(row, 'AxleNumber')
    const text = valueAt(row, element)
    const micro = toMicro(text ?? '')
    if (axle === undefined || text === undefined || micro === undefined) continue
    values.set(axle, { axle, text, micro, path: `${elementOf('AxleGroup').path}[${i + 1}]/${element}` })
  }
  return values
}

/** The number at a single element, in millionths; undefined when it is absent or no number. */
export const microAt = (tree: IviTree, element: string): number | undefined => toMicro(valueAt(tree, element) ?? '')
