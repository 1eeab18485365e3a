import type { IviTree } from '../contract/ivi-tree.ts'
import type { Catalogue, IviElement } from './catalogue.ts'
import { elementOf, ivi20 } from './catalogue.ts'
import { childPath } from './paths.ts'

/** From the root down to each element that was asked for, made once. */
const chains = new WeakMap<IviElement, readonly IviElement[]>()

const chainTo = (last: IviElement): readonly IviElement[] => {
  const known = chains.get(last)
  if (known) return known
  const chain: IviElement[] = []
  for (let element: IviElement | undefined = last; element; element = element.parent) chain.unshift(element)
  chains.set(last, chain)
  return chain
}

const childNodes = (node: IviTree | string, name: string): (IviTree | string)[] => {
  const child = typeof node !== 'string' && Object.hasOwn(node, name) ? node[name] : undefined
  if (child === undefined) return []
  return Array.isArray(child) ? child : [child]
}

/** All nodes of that name below `tree`, in document order. */
const nodesAt = (tree: IviTree, name: string, catalogue: Catalogue): (IviTree | string)[] => {
  const chain = chainTo(elementOf(name, catalogue))
  // `tree` may be any group or row: the way begins at the outermost element that it holds.
  const start = chain.findIndex((element) => Object.hasOwn(tree, element.name))
  if (start < 0) return []
  let nodes: (IviTree | string)[] = [tree]
  for (const { name: step } of chain.slice(start)) {
    const [only] = nodes
    nodes =
      nodes.length === 1 && only !== undefined
        ? childNodes(only, step)
        : nodes.flatMap((node) => childNodes(node, step))
  }
  return nodes
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
