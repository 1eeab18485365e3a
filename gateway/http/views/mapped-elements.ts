import type { IviNode, VehicleModel } from '../../contract/index.ts'

/** One element of the vehicle as mapped: where it stands, what it holds, where that came from. */
export interface MappedElement {
  readonly path: string
  readonly value: string
  readonly source: string | null
}

/** Flattens a model to its elements, in the order of its tree. Paths are those of `VehicleModel.provenance`. */
export const mappedElements = (model: Pick<VehicleModel, 'tree' | 'provenance'>): MappedElement[] => {
  const elements: MappedElement[] = []
  const walk = (node: IviNode, path: string): void => {
    if (typeof node === 'string') {
      elements.push({ path, value: node, source: model.provenance[path] ?? null })
    } else if (Array.isArray(node)) {
      node.forEach((row, i) => walk(row, `${path}[${i + 1}]`))
    } else {
      for (const [name, child] of Object.entries(node)) walk(child, `${path}/${name}`)
    }
  }
  walk(model.tree, '/InitialVehicleInformation')
  return elements
}
