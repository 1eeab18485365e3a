import { findElement, ivi20, type IviElement } from '../ivi/catalogue.ts'
import { labelOf, languages } from '../ivi/coc/coc.ts'
import { wordsOf } from './words-of.ts'

/** A leaf with the ways to say it: its name, and its labels. */
export interface NamedElement {
  readonly element: IviElement
  readonly bags: readonly (readonly string[])[]
}
interface Vocabulary {
  readonly byName: ReadonlyMap<string, NamedElement>
  /** How much a word tells: `vehicle` little, `wheelbase` much. */
  readonly weight: (word: string) => number
}

let vocabulary: Vocabulary | undefined

const load = (): Vocabulary => {
  const named = [...ivi20.elements.values()]
    .filter((element) => element.leaf)
    .map((element): NamedElement => ({
      element,
      bags: [element.name, ...languages.map((language) => labelOf(element.name, language))].map((text) => [
        ...new Set(wordsOf(text)),
      ]),
    }))
  const counts = new Map<string, number>()
  for (const { bags } of named) for (const word of new Set(bags.flat())) counts.set(word, (counts.get(word) ?? 0) + 1)
  const unknown = Math.log(named.length)
  return {
    byName: new Map(named.map((one) => [one.element.name, one])),
    weight: (word) => (counts.has(word) ? Math.log(1 + named.length / (counts.get(word) ?? 1)) : unknown),
  }
}

/** What every leaf of IVI 2.0 is called, made on first use: a few milliseconds. */
export const elementVocabulary = (): Vocabulary => (vocabulary ??= load())

/** How a mapper names an element: with the first row of each table on the way. */
export const placeOf = (name: string): string => {
  const steps: string[] = []
  for (let at = findElement(name); at?.parent; at = at.parent) {
    if (at.name === name) steps.unshift(name)
    else if (at.repeats) steps.unshift(`${at.name}[1]`)
  }
  return steps.join('/')
}
