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

/** The elements that either side has, sorted: what a comparison of the two speaks of. */
export const fieldsCompared = (ours: IviTree, theirs: IviTree): string[] =>
  [...new Set([...fieldsOf(ours), ...fieldsOf(theirs)])].sort()

/** Counts compared vehicles field by field. */
export class MatchRate {
  readonly #fields = new Map<string, { vehicles: number; differing: number }>()
  #vehicles = 0
  #equal = 0

  add(ours: IviTree, theirs: IviTree, differences: readonly Difference[]): void {
    this.count(fieldsCompared(ours, theirs), 1)
    this.differ(differences)
  }

  /** Counts vehicles that have the same elements, as if nothing differed; `differ` then takes off. */
  count(fields: readonly string[], vehicles: number): void {
    this.#vehicles += vehicles
    this.#equal += vehicles
    for (const name of fields) {
      const rate = this.#fields.get(name) ?? { vehicles: 0, differing: 0 }
      rate.vehicles += vehicles
      this.#fields.set(name, rate)
    }
  }

  /** What differs on one of the vehicles that were counted. */
  differ(differences: readonly Difference[]): void {
    if (differences.length > 0) this.#equal--
    for (const name of new Set(differences.map((d) => d.element))) {
      const rate = this.#fields.get(name)
      if (rate) rate.differing++
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
