import type { IviNode, IviTree } from '../contract/ivi-tree.ts'

/** A value on its way into the document, with where it came from. */
export class Cell {
  readonly value: string
  readonly source: string
  constructor(value: string, source: string) {
    this.value = value
    this.source = source
  }
}
export interface DraftGroup {
  [element: string]: DraftNode
}
/** The document in the making: as `IviTree`, but every leaf knows its source. */
export type DraftNode = Cell | DraftGroup | DraftGroup[]

export const isGroup = (node: DraftNode | undefined): node is DraftGroup =>
  node !== undefined && !(node instanceof Cell) && !Array.isArray(node)

/** Copies a tree, marking every leaf with its source. */
export const draftOf = (node: IviNode, source: string): DraftNode => {
  if (typeof node === 'string') return new Cell(node, source)
  if (Array.isArray(node)) return node.map((row) => draftGroupOf(row, source))
  return draftGroupOf(node, source)
}
export const draftGroupOf = (tree: IviTree, source: string): DraftGroup => {
  const group: DraftGroup = {}
  for (const name in tree) {
    const child = tree[name]
    if (child !== undefined) group[name] = draftOf(child, source)
  }
  return group
}

export interface Finished {
  readonly tree: IviTree
  readonly provenance: Readonly<Record<string, string>>
}

/**
 * The paths of the document, made once: joining and hashing a few hundred long strings for each record would cost more than
 * all the rest of the mapping. Bounded by the catalogue, since only its elements get into a draft.
 */
class PathNode {
  readonly path: string
  private readonly below = new Map<string, PathNode>()
  private readonly rows: PathNode[] = []
  constructor(path: string) {
    this.path = path
  }
  child(name: string): PathNode {
    let node = this.below.get(name)
    if (!node) this.below.set(name, (node = new PathNode(`${this.path}/${name}`)))
    return node
  }
  /** @param index from 0 */
  row(index: number): PathNode {
    return (this.rows[index] ??= new PathNode(`${this.path}[${index + 1}]`))
  }
}
const root = new PathNode('/InitialVehicleInformation')

const finishGroup = (from: DraftGroup, at: PathNode, provenance: Record<string, string>): IviTree | undefined => {
  let to: IviTree | undefined
  for (const name in from) {
    const child = from[name]
    if (child === undefined) continue
    const node = finishNode(child, at.child(name), provenance)
    if (node !== undefined) (to ??= {})[name] = node
  }
  return to
}
const finishNode = (node: DraftNode, at: PathNode, provenance: Record<string, string>): IviNode | undefined => {
  if (node instanceof Cell) {
    provenance[at.path] = node.source
    return node.value
  }
  if (!Array.isArray(node)) return finishGroup(node, at, provenance)
  const rows: IviTree[] = []
  for (const row of node) {
    // The index is that of the row as it will stand, so rows that came out empty do not count.
    const tree = finishGroup(row, at.row(rows.length), provenance)
    if (tree) rows.push(tree)
  }
  return rows.length === 0 ? undefined : rows
}

/** Ends the making: the plain tree without empty groups, and the source of every leaf by its element path. */
export const finishDraft = (draft: DraftGroup): Finished => {
  const provenance: Record<string, string> = {}
  return { tree: finishGroup(draft, root, provenance) ?? {}, provenance }
}
