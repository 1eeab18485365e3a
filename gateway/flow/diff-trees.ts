import type { Finding, IviNode, IviTree } from '../contract/index.ts'

/** Header elements that differ with every version and say nothing about the vehicle. */
const stamps = new Set(['IviReferenceId', 'IviVersionDateTime', 'IviVersionNumber', 'SignatureDate'])

const leaves = (node: IviNode, path: string, into: Map<string, string>): void => {
  if (typeof node === 'string') into.set(path, node)
  else if (Array.isArray(node)) node.forEach((row, i) => leaves(row, `${path}[${i + 1}]`, into))
  else for (const [name, child] of Object.entries(node)) if (!stamps.has(name)) leaves(child, `${path}/${name}`, into)
}

/** What differs between two documents, element by element. */
export const diffTrees = (before: IviTree, after: IviTree): Finding[] => {
  const [old, fresh] = [before, after].map((tree) => {
    const map = new Map<string, string>()
    leaves(tree, '/InitialVehicleInformation', map)
    return map
  }) as [Map<string, string>, Map<string, string>]
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((path) => old.get(path) !== fresh.get(path))
    .map((path) => {
      const [was, is] = [old.get(path) ?? '', fresh.get(path) ?? '']
      const message = `${path.slice(path.lastIndexOf('/') + 1)} was "${was}", is "${is}".`
      return { code: 'FLO-010', layer: 'mapping', severity: 'info', path, message, params: { was, is } }
    })
}
