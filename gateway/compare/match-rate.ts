import type { IviTree } from '../contract/ivi-tree.ts'
import { leavesOf } from '../ivi/get-value.ts'
import { type Difference, stampElements } from './compare-documents.ts'

/** How often an element is the same on both sides. */
export interface FieldRate {
  readonly element: string
  /** Vehicles of which either side has the element. */
  readonly vehicles: number
  readonly differing: number
}

/** The elements that a document has, each once, without its stamps. */
export const fieldsOf = (tree: IviTree): Set<string> => {
  const names = new Set<string>()
  for (const { element } of leavesOf(tree)) if (!stampElements.has(element.name)) names.add(element.name)
  return names
}

/** Counts compared vehicles field by field. */
export class MatchRate {
  readonly #fields = new Map<string, { vehicles: number; differing: number }>()
  #vehicles = 0
  #equal = 0

  add(ours: IviTree, theirs: IviTree, differences: readonly Difference[]): void {
    this.#vehicles++
    if (differences.length === 0) this.#equal++
    const differing = new Set(differences.map((d) => d.element))
    for (const name of new Set([...fieldsOf(ours), ...fieldsOf(theirs)])) {
      const rate = this.#fields.get(name) ?? { vehicles: 0, differing: 0 }
      rate.vehicles++
      if (differing.has(name)) rate.differing++
      this.#fields.set(name, rate)
    }
  }

  /** Vehicles compared. */
  get vehicles(): number {
    return this.#vehicles
  }

  /** Vehicles without a difference. */
  get equal(): number {
    return this.#equal
  }

  /** The worst first, then by name. */
  fields(): FieldRate[] {
    return [...this.#fields]
      .map(([element, rate]) => ({ element, ...rate }))
      .sort((a, b) => b.differing / b.vehicles - a.differing / a.vehicles || (a.element < b.element ? -1 : 1))
  }
}
