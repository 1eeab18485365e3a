import type { IviNode, IviTree } from '../contract/index.ts'

/** One element that differs; undefined where it does not stand. */
export interface ElementDifference {
  readonly path: string
  readonly was: string | undefined
  readonly is: string | undefined
}

/** Elements that differ with every version and say nothing about the vehicle. */
const stamps = new Set(['IviReferenceId', 'IviVersionDateTime', 'IviVersionNumber', 'SignatureDate'])

const leaves = (node: IviNode, path: string, into: Map<string, string>): void => {
  if (typeof node === 'string') into.set(path, node)
  else if (Array.isArray(node)) node.forEach((row, i) => leaves(row, `${path}[${i + 1}]`, into))
  else for (const [name, child] of Object.entries(node)) if (!stamps.has(name)) leaves(child, `${path}/${name}`, into)
}

const leavesOf = (tree: IviTree): Map<string, string> => {
  const found = new Map<string, string>()
  leaves(tree, '/InitialVehicleInformation', found)
  return found
}

/** What differs between two documents, element by element, in the order of the first. */
export const diffTrees = (before: IviTree, after: IviTree): ElementDifference[] => {
  const [old, fresh] = [leavesOf(before), leavesOf(after)]
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((path) => old.get(path) !== fresh.get(path))
    .map((path) => ({ path, was: old.get(path), is: fresh.get(path) }))
}
