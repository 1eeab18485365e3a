import type { IviTree } from '../contract/ivi-tree.ts'
import type { Catalogue, IviElement } from '../ivi/catalogue.ts'
import { ivi20 } from '../ivi/catalogue.ts'
import { childPath } from '../ivi/paths.ts'

/** A row of a table that a leaf lies in. */
export interface RowStep {
  readonly group: IviElement
  readonly path: string
  readonly node: IviTree
  /** From 1 within its table. */
  readonly index: number
}

/** A leaf with the rows around it, outermost first. */
export interface PlacedLeaf {
  readonly element: IviElement
  readonly path: string
  readonly value: string
  /** Without the rows of plain lists: a list (`ColourTable`) is one element with several values. */
  readonly rows: readonly RowStep[]
}

/** A row that holds one leaf and nothing else. */
const isListRow = ({ children }: IviElement): boolean => children.length === 1 && children[0]?.leaf !== undefined

function* below(
  tree: IviTree,
  group: IviElement,
  path: string,
  rows: readonly RowStep[],
): Generator<PlacedLeaf, undefined, undefined> {
  for (const element of group.children) {
    const node = Object.hasOwn(tree, element.name) ? tree[element.name] : undefined
    if (node === undefined) continue
    if (typeof node === 'string') {
      yield { element, path: childPath(path, element, 1), value: node, rows }
      continue
    }
    for (const [i, row] of (Array.isArray(node) ? node : [node]).entries()) {
      const at = childPath(path, element, i + 1)
      const step = { group: element, path: at, node: row, index: i + 1 }
      yield* below(row, element, at, element.repeats && !isListRow(element) ? [...rows, step] : rows)
    }
  }
}

/** Every leaf of a document in the catalogue's order. */
export const walkLeaves = (tree: IviTree, { root }: Catalogue = ivi20): PlacedLeaf[] => [
  ...below(tree, root, root.path, []),
]
