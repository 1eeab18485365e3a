import type { Element, Elements } from './elements.ts'

export interface Dependent {
  readonly name: string
  readonly element: Element
  /** Names of the elements it reads from the document in the making. */
  readonly reads: readonly string[]
}

/** Whether what is written at an element may be what is read there: the element itself, something in it, or a group around it. */
const supplies = (writer: Element, read: string, elements: Elements): boolean =>
  writer.steps.some((step) => step.name === read) ||
  (elements.find(read)?.steps.some((step) => step.name === writer.name) ?? false)

/**
 * Puts every entry after those it reads, and leaves the order alone otherwise.
 * @returns the names of a cycle, first and last the same, when there is one
 */
export const orderEntries = <E extends Dependent>(
  entries: readonly E[],
  elements: Elements,
): readonly E[] | { readonly cycle: string[] } => {
  const done = new Set<E>()
  const way: E[] = []
  const visit = (entry: E): string[] | undefined => {
    if (done.has(entry)) return undefined
    const at = way.indexOf(entry)
    if (at >= 0) return [...way.slice(at), entry].map((e) => e.name)
    way.push(entry)
    for (const read of entry.reads)
      for (const other of entries) {
        const cycle = supplies(other.element, read, elements) ? visit(other) : undefined
        if (cycle) return cycle
      }
    way.pop()
    done.add(entry)
    return undefined
  }
  for (const entry of entries) {
    const cycle = visit(entry)
    if (cycle) return { cycle }
  }
  return [...done]
}
