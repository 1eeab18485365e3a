import type { IviNode, IviTree } from '../contract/ivi-tree.ts'
import { type Catalogue, type IviElement, ivi20 } from '../ivi/catalogue.ts'
import { childPath } from '../ivi/paths.ts'
import { pairRows } from './pair-rows.ts'
import { comparable } from './same-value.ts'

/** One element that differs. Undefined where a side does not have it. */
export interface Difference {
  /** Place in our document, or in theirs where ours has no such row. */
  readonly path: string
  readonly element: string
  readonly ours: string | undefined
  readonly theirs: string | undefined
}

/** Drawn anew for every document, so that they say nothing about the vehicle. */
export const stampElements: ReadonlySet<string> = new Set(['IviReferenceId', 'IviVersionDateTime', 'SignatureDate'])

/** What differs with every version of a document and says nothing about the vehicle. */
export const ofTheVersion: ReadonlySet<string> = new Set([...stampElements, 'IviVersionNumber'])

export interface CompareOptions {
  /** Elements that are not compared: the stamps when none are given. */
  readonly ignore?: ReadonlySet<string>
  readonly catalogue?: Catalogue
}

const rows = (node: IviNode | undefined): readonly IviTree[] =>
  node === undefined || typeof node === 'string' ? [] : Array.isArray(node) ? node : [node]

const leaf = (node: IviNode | undefined): string | undefined => (typeof node === 'string' ? node : undefined)

/**
 * What differs between two documents as their readers would understand them: order, white space, number format and
 * equivalent dates do not count, and the rows of a table are matched by what numbers them. In the catalogue's order.
 */
export const compareDocuments = (ours: IviTree, theirs: IviTree, options: CompareOptions = {}): Difference[] => {
  const ignore = options.ignore ?? stampElements
  const found: Difference[] = []
  const compareLeaf = (element: IviElement, path: string, a: string | undefined, b: string | undefined): void => {
    if (a === b || (a !== undefined && b !== undefined && comparable(element, a) === comparable(element, b))) return
    found.push({ path, element: element.name, ours: a, theirs: b })
  }
  const compareGroup = (group: IviElement, path: string, a: IviTree, b: IviTree): void => {
    for (const element of group.children) {
      if (ignore.has(element.name)) continue
      const [one, other] = [a[element.name], b[element.name]]
      if (one === undefined && other === undefined) continue
      if (element.leaf) compareLeaf(element, childPath(path, element, 1), leaf(one), leaf(other))
      else
        for (const { ours: mine, theirs: his, at } of pairRows(element, rows(one), rows(other)))
          compareGroup(element, childPath(path, element, at), mine ?? {}, his ?? {})
    }
  }
  const { root } = options.catalogue ?? ivi20
  compareGroup(root, root.path, ours, theirs)
  return found
}
