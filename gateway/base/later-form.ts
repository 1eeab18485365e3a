import type { IviTree } from '../contract/ivi-tree.ts'
import { type Catalogue, type IviElement, findElement } from '../ivi/catalogue.ts'
import { valueAt } from '../ivi/get-value.ts'

const range = /(?:Adjustable|Variable)?M(?:in|ax)$/

/** The elements that state the same in another form: a single value, a range, what can be adjusted. */
const otherNames = (name: string): string[] => {
  const stem = name.replace(range, '')
  const ends = ['Min', 'Max'].flatMap((end) => ['', 'Adjustable', 'Variable'].map((kind) => `${stem}${kind}${end}`))
  // A range is one form: its two ends do not exclude each other.
  return (stem === name ? ends : [stem]).filter((other) => other !== name)
}

/**
 * The element by which a later stage states a value in another form (a range instead of a single value, or the reverse);
 * undefined where none does.
 * @param isLater whether the value at a path stands in a later document
 */
export const laterForm = (
  element: IviElement,
  tree: IviTree,
  isLater: (path: string) => boolean,
  catalogue: Catalogue,
): string | undefined =>
  element.leaf &&
  otherNames(element.name).find((name) => {
    const other = findElement(name, catalogue)
    return (
      other?.parent === element.parent && isLater(other?.path ?? '') && valueAt(tree, name, catalogue) !== undefined
    )
  })
