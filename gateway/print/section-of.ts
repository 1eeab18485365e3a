import type { CocItem, Language } from '../ivi/coc/coc.ts'
import { cocItems } from '../ivi/coc/coc.ts'
import { readTable, type TableRow } from '../ivi/coc/read-table.ts'

/** A heading of a form stands before the item that it names, whether this form has the item or not. */
export const sectionHeads: readonly TableRow[] = readTable(new URL('sections.tsv', import.meta.url).href)

/** The heading under which an item stands; undefined for what comes before the first one: the vehicle itself. */
export const headingOf = (item: CocItem, language: Language): string | undefined => {
  const items = cocItems[item.regulation]
  const at = items.indexOf(item)
  const heads = sectionHeads
    .filter((head) => head['regulation'] === item.regulation)
    .map((head) => ({ head, from: items.findIndex((other) => other.key === head['item']) }))
    .filter(({ from }) => from >= 0 && from <= at)
  const nearest = heads.reduce((best, one) => (one.from > best.from ? one : best), heads[0] ?? { head: {}, from: -1 })
  return nearest.head[language]
}
