import type { IviElement } from '../ivi/catalogue.ts'
import { type Language, labelOf, unitOf } from '../ivi/coc/coc.ts'
import type { Entry } from './lay-blocks.ts'
import type { PlacedLeaf } from './walk-leaves.ts'

/**
 * Items for leaves that no item of the form carries: the leaves of a row together under the name of its group, each other
 * leaf under its own.
 * @param tells whether it must be said which row of a group a value is from
 */
export const furtherItems = (
  leaves: readonly PlacedLeaf[],
  language: Language,
  tells: (group: IviElement) => boolean,
): Entry[] => {
  const groups = new Map<IviElement, PlacedLeaf[]>()
  for (const leaf of leaves) {
    const about = leaf.rows.at(-1)?.group ?? leaf.element
    groups.set(about, [...(groups.get(about) ?? []), leaf])
  }
  return [...groups].map(([about, own]) => {
    const elements = [...new Set(own.map((leaf) => leaf.element.name))]
    const units = new Set(elements.map((name) => unitOf(name)))
    const [unit] = units
    return {
      key: '',
      number: '',
      title: labelOf(about.name, language),
      // Elements with different units are told apart by no title, so their unit would be a guess.
      item: { unit: units.size === 1 ? unit : undefined, elements: elements.map((name) => ({ name, always: false })) },
      leaves: own,
      tells,
    }
  })
}
