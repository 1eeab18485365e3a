import type { IviTree } from '../contract/ivi-tree.ts'
import type { Catalogue, IviElement } from './catalogue.ts'
import { elementOf, ivi20 } from './catalogue.ts'
import { childPath } from './paths.ts'

/** The elements from the outermost one that `tree` holds down to `name`; empty when the tree holds none of them. */
const chainFrom = (tree: IviTree, name: string, catalogue: Catalogue): IviElement[] => {
  const chain: IviElement[] = []
  for (let element: IviElement | undefined = elementOf(name, catalogue); element; element = element.parent)
    chain.unshift(element)
  const start = chain.findIndex((element) => Object.hasOwn(tree, element.name))
  return start < 0 ? [] : chain.slice(start)
}

const childNodes = (node: IviTree | string, name: string): (IviTree | string)[] => {
  const child = typeof node !== 'string' && Object.hasOwn(node, name) ? node[name] : undefined
  if (child === undefined) return []
  return Array.isArray(child) ? child : [child]
}

/** All nodes of that name below `tree`, in document order. */
const nodesAt = (tree: IviTree, name: string, catalogue: Catalogue): (IviTree | string)[] => {
  const chain = chainFrom(tree, name, catalogue)
  if (chain.length === 0) return []
  return chain.reduce<(IviTree | string)[]>(
    (nodes, element) => nodes.flatMap((node) => childNodes(node, element.name)),
    [tree],
  )
}

/**
 * All values of a leaf below `tree`, in document order.
 * `tree` is a document or any group or row of one: `valuesAt(axle, 'TyreSize')` are the tyre sizes of that axle.
 * @throws GatewayError IVI-011 when the catalogue has no such element.
 */
export const valuesAt = (tree: IviTree, name: string, catalogue: Catalogue = ivi20): string[] =>
  nodesAt(tree, name, catalogue).filter((node) => typeof node === 'string')

/**
 * The value of a leaf below `tree` (a document, a group or a row), or undefined when it is absent.
 * Where tables lie on the way it is the first one found: `valueAt(document, 'Make')` is the first make.
 * @throws GatewayError IVI-011 when the catalogue has no such element.
 */
export const valueAt = (tree: IviTree, name: string, catalogue: Catalogue = ivi20): string | undefined =>
  valuesAt(tree, name, catalogue)[0]

/**
 * The rows of a table below `tree`, by the name of the table or of its row: `rowsOf(document, 'AxleTable')`.
 * Rows of inner tables are listed across all outer rows, so give the outer row to get its own only.
 * A single group, such as `MassGroup`, is one row.
 * @throws GatewayError IVI-011 when the catalogue has no such element.
 */
export const rowsOf = (tree: IviTree, name: string, catalogue: Catalogue = ivi20): IviTree[] => {
  const element = elementOf(name, catalogue)
  const row = element.children.length === 1 && element.children[0]?.repeats ? element.children[0] : element
  return nodesAt(tree, row.name, catalogue).filter((node) => typeof node !== 'string')
}

/** A leaf of a document with its place. */
export interface Leaf {
  /** With 1-based indexes on rows, as in a `Finding`. */
  readonly path: string
  readonly element: IviElement
  readonly value: string
}

/** Every leaf of a document in the catalogue's order; what the catalogue does not know is passed over. */
export function* leavesOf(tree: IviTree, catalogue: Catalogue = ivi20): Generator<Leaf> {
  yield* leavesBelow(tree, catalogue.root, catalogue.root.path)
}

function* leavesBelow(tree: IviTree, group: IviElement, path: string): Generator<Leaf> {
  for (const element of group.children) {
    const node = Object.hasOwn(tree, element.name) ? tree[element.name] : undefined
    if (node === undefined) continue
    if (typeof node === 'string') yield { path: childPath(path, element, 1), element, value: node }
    else
      for (const [index, row] of (Array.isArray(node) ? node : [node]).entries())
        yield* leavesBelow(row, element, childPath(path, element, index + 1))
  }
}
