import type { IviNode, IviTree } from '../contract/ivi-tree.ts'
import type { IviElement } from '../ivi/catalogue.ts'
import { rowKeysOf } from './row-keys.ts'
import { comparable } from './same-value.ts'

/** Two rows that are compared with each other; `at` is the 1-based row of ours, or of theirs where ours is missing. */
export interface RowPair {
  readonly ours: IviTree | undefined
  readonly theirs: IviTree | undefined
  readonly at: number
}

type Sign = (row: IviTree) => string

const signOf = (node: IviNode | undefined, element: IviElement): string => {
  if (node === undefined) return ''
  if (typeof node === 'string') return comparable(element, node)
  const all = (Array.isArray(node) ? node : [node]).map((row) => wholeOf(row, element))
  return all.sort().join('|')
}

/** All that a row says, whatever its order. */
const wholeOf = (row: IviTree, element: IviElement): string =>
  JSON.stringify(element.children.map((child) => signOf(row[child.name], child)))

const keyOf =
  (element: IviElement, keys: readonly string[]): Sign =>
  (row) =>
    JSON.stringify(keys.map((key) => signOf(row[key], element.children.find((c) => c.name === key) ?? element)))

/**
 * Matches the rows of a table: first those with the same number or codes, then those that say the same, then what is
 * left in its order. A number that stands twice (which a rule refuses) is matched in its order too.
 */
export const pairRows = (element: IviElement, ours: readonly IviTree[], theirs: readonly IviTree[]): RowPair[] => {
  const [first] = theirs
  if (ours.length === 1 && theirs.length === 1) return [{ ours: ours[0], theirs: first, at: 1 }]
  const partners = new Map<number, number>()
  const free = new Set(theirs.keys())
  const match = (sign: Sign): void => {
    const waiting = new Map<string, number[]>()
    for (const i of free) {
      const key = sign(theirs[i] ?? {})
      waiting.set(key, [...(waiting.get(key) ?? []), i])
    }
    for (const [i, row] of ours.entries()) {
      const partner = partners.has(i) ? undefined : waiting.get(sign(row))?.shift()
      if (partner === undefined) continue
      partners.set(i, partner)
      free.delete(partner)
    }
  }
  const keys = rowKeysOf(element)
  if (keys.length > 0) match(keyOf(element, keys))
  match((row) => wholeOf(row, element))
  // Rows of numbered tables that found no partner are new or gone; others were changed where they stood.
  if (keys.length === 0) match(() => '')
  return [
    ...ours.map((row, i) => ({ ours: row, theirs: theirs[partners.get(i) ?? -1], at: i + 1 })),
    ...[...free].map((i) => ({ ours: undefined, theirs: theirs[i], at: i + 1 })),
  ]
}
