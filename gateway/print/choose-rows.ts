import type { IviElement } from '../ivi/catalogue.ts'
import { elementOf } from '../ivi/catalogue.ts'
import type { CocItem } from '../ivi/coc/coc.ts'
import { readTable } from '../ivi/coc/read-table.ts'
import { valuesAt } from '../ivi/get-value.ts'
import type { PlacedLeaf, RowStep } from './walk-leaves.ts'

/** Which rows an item is about, where several items share elements: 18.1 has the drawbar trailers, 18.4 the unbraked ones. */
interface RowChoice {
  readonly regulation: string
  /** An item's key; with `*` at its end all that begin so. */
  readonly item: string
  readonly element: IviElement
  readonly negated: boolean
  /** A code or number; `last` is the greatest number of the document. */
  readonly value: string
  /** The choice holds only on a form that has this item too, which takes the other rows. */
  readonly partner: string
}

const choices: readonly RowChoice[] = readTable(new URL('row-choices.tsv', import.meta.url).href).map((row) => {
  const is = row['is'] ?? ''
  return {
    regulation: row['regulation'] ?? '',
    item: row['item'] ?? '',
    element: elementOf(row['element'] ?? ''),
    negated: is.startsWith('!'),
    value: is.replace('!', ''),
    partner: row['with'] ?? '',
  }
})

const isFor = ({ regulation, item }: RowChoice, of: CocItem): boolean =>
  regulation === of.regulation && (item.endsWith('*') ? of.key.startsWith(item.slice(0, -1)) : of.key === item)

/** The repeated groups that an element lies in. */
const rowGroups = (element: IviElement): Set<IviElement> => {
  const groups = new Set<IviElement>()
  for (let at = element.parent; at; at = at.parent) if (at.repeats) groups.add(at)
  return groups
}

const holds = (choice: RowChoice, leaf: PlacedLeaf, last: string): boolean => {
  const groups = rowGroups(choice.element)
  const shared: RowStep | undefined = leaf.rows.filter((step) => groups.has(step.group)).at(-1)
  // The leaf stands in no row of that table, so the choice says nothing of it.
  if (!shared) return true
  const value = choice.value === 'last' ? last : choice.value
  const values = valuesAt(shared.node, choice.element.name)
  return choice.negated ? values.length === 0 || values.some((v) => v !== value) : values.includes(value)
}

const greatest = (leaves: readonly PlacedLeaf[], element: IviElement): string => {
  const numbers = leaves.filter((leaf) => leaf.element === element).map((leaf) => leaf.value)
  return numbers.reduce((most, number) => (Number(number) > Number(most) ? number : most), numbers[0] ?? '')
}

export interface ChosenLeaves {
  readonly item: CocItem
  readonly leaves: readonly PlacedLeaf[]
  /** Groups of which the item itself names the row: nobody needs to be told again which one it is. */
  readonly named: ReadonlySet<IviElement>
}

/** What of a document's leaves belongs to each item of a form. A leaf may belong to several items, or to none. */
export const chooseLeaves = (form: readonly CocItem[], leaves: readonly PlacedLeaf[]): ChosenLeaves[] => {
  const keys = new Set(form.map((item) => item.key))
  return form.map((item) => {
    const names = new Set(item.elements.map((element) => element.name))
    const own = choices.filter((c) => isFor(c, item) && (c.partner === '' || keys.has(c.partner)))
    const tests = own.map((choice) => ({ choice, last: greatest(leaves, choice.element) }))
    return {
      item,
      leaves: leaves.filter(
        (leaf) => names.has(leaf.element.name) && tests.every(({ choice, last }) => holds(choice, leaf, last)),
      ),
      named: new Set(own.flatMap(({ element }) => (element.parent ? [element.parent] : []))),
    }
  })
}
