import type { CocItem, Regulation, Stage } from './coc-item.ts'
import { cocItems } from './coc-items.ts'
import { formFor, regulationOf } from './form.ts'
import type { Requirement } from './form-requirements.ts'

export {
  type CocItem,
  type ItemElement,
  type Language,
  languages,
  type Regulation,
  type Stage,
  type Texts,
} from './coc-item.ts'
export { cocItems } from './coc-items.ts'
export { codesWithoutMeaning, type ListedCode, meaningOf } from './code-meanings.ts'
export { regulationOf } from './form.ts'
export type { Requirement } from './form-requirements.ts'
export { labelOf } from './labels.ts'
export { sourceOf } from './source-of.ts'

/** The items on the form of a category and stage of completion, in the order of the form; none for what is no category. */
export const formOf = (category: string, stage: Stage): readonly CocItem[] => formFor(category, stage).items

/** The items that an element carries on that form; empty when no item of the form is made of it. */
export const itemsOf = (element: string, category: string, stage: Stage): readonly CocItem[] =>
  formFor(category, stage).itemsByElement.get(element) ?? []

/**
 * Whether an element or group belongs to the certificates of a category and stage; see `Requirement`. A look-up.
 * `open` for a category that has no form, and for what is no element of IVI 2.0.
 */
export const requirementOf = (element: string, category: string, stage: Stage): Requirement =>
  formFor(category, stage).requirements.get(element) ?? 'open'

/** The number printed on the form for an element (`13.2`); undefined where the form has none. */
export const itemNumberOf = (element: string, category: string, stage: Stage): string | undefined =>
  itemsOf(element, category, stage).find((item) => item.number !== '')?.number

const unitsIn = (items: readonly CocItem[]): ReadonlyMap<string, string> => {
  const elements = items.flatMap((item) => item.elements)
  // The first item that names a unit wins, so the later ones are set first.
  return new Map(elements.reverse().flatMap(({ name, unit }) => (unit === undefined ? [] : [[name, unit] as const])))
}
const units: Readonly<Record<Regulation, ReadonlyMap<string, string>>> = {
  '2018/858': unitsIn(cocItems['2018/858']),
  '168/2013': unitsIn(cocItems['168/2013']),
  '167/2013': unitsIn(cocItems['167/2013']),
}

/** The unit an element is given in under the act of that category, such as `kg`; undefined for what has none. */
export const unitOf = (element: string, category = 'M1'): string | undefined =>
  units[regulationOf(category) ?? '2018/858'].get(element)
