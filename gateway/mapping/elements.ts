import { findElement, ivi20, type IviElement } from '../ivi/catalogue.ts'
import { compare, type Decimal, parseDecimal } from './decimal.ts'
import { didYouMean } from './did-you-mean.ts'

export interface ValueProblem {
  readonly code: string
  readonly message: string
}

/** An IVI element as mapping sees it, compiled once from the catalogue. */
export interface Element {
  readonly name: string
  /** Every element from below the root down to this one. */
  readonly steps: readonly { readonly name: string; readonly repeats: boolean }[]
  readonly group: boolean
  readonly repeats: boolean
  readonly kind: 'number' | 'date' | 'text' | 'free'
  /** Fraction digits a number element holds; undefined for all others. */
  readonly fractionDigits: number | undefined
  /** What is wrong with a value, by the element's type in the catalogue. Says less than the schema check, but to the field. */
  readonly problemOf: (value: string) => ValueProblem | undefined
}

const kinds: Readonly<Record<string, Element['kind']>> = {
  'xs:short': 'number',
  'xs:int': 'number',
  'xs:decimal': 'number',
  'xs:date': 'date',
}

const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 40)}…` : value)

const makeNumberCheck = ({ facets = {} }: IviElement): Element['problemOf'] => {
  const bound = (text: string | undefined): Decimal | undefined =>
    text === undefined ? undefined : parseDecimal(text, '.')
  const [least, most] = [bound(facets.minInclusive), bound(facets.maxInclusive)]
  return (value) => {
    const number = parseDecimal(value, '.')
    if (!number) return { code: 'MAP-102', message: `"${shown(value)}" is no number.` }
    if ((least && compare(number, least) < 0) || (most && compare(number, most) > 0))
      return {
        code: 'MAP-106',
        message: `${shown(value)} is not between ${facets.minInclusive} and ${facets.maxInclusive}.`,
      }
    return undefined
  }
}

const makeTextCheck = ({ facets = {}, codes }: IviElement): Element['problemOf'] => {
  if (codes) {
    const list = new Set(codes)
    const some = codes.length > 20 ? `${codes.slice(0, 20).join(', ')} …` : codes.join(', ')
    return (value) =>
      list.has(value)
        ? undefined
        : {
            code: 'MAP-107',
            message: `"${shown(value)}" is not in its code list (${some}).${didYouMean(value, codes)}`,
          }
  }
  const pattern = facets.pattern === undefined ? undefined : new RegExp(`^(?:${facets.pattern})$`)
  const { minLength = 0, maxLength = Infinity } = facets
  return (value) => {
    if (value.length < minLength || value.length > maxLength)
      return {
        code: 'MAP-108',
        message: `"${shown(value)}" has ${value.length} characters; ${minLength} to ${maxLength} are allowed.`,
      }
    return pattern && !pattern.test(value)
      ? { code: 'MAP-108', message: `"${shown(value)}" has characters that are not allowed.` }
      : undefined
  }
}

const compileElement = (element: IviElement): Element => {
  const steps = []
  // The root is in every path and so in none.
  for (let at = element; at.parent; at = at.parent) steps.unshift({ name: at.name, repeats: at.repeats })
  const kind = kinds[element.leaf?.base ?? ''] ?? 'text'
  const problemOf = kind === 'number' ? makeNumberCheck(element) : makeTextCheck(element)
  return {
    name: element.name,
    steps,
    group: element.leaf === undefined,
    repeats: element.repeats,
    kind,
    fractionDigits: kind === 'number' ? (element.facets?.fractionDigits ?? 0) : undefined,
    problemOf,
  }
}

const compiled = new Map<string, Element>()

/** The element of a name, below the root; undefined when IVI 2.0 has none. */
export const findTargetElement = (name: string): Element | undefined => {
  const known = compiled.get(name)
  if (known) return known
  const element = findElement(name)
  if (!element?.parent) return undefined
  const made = compileElement(element)
  compiled.set(name, made)
  return made
}

export const elementNames = (): Iterable<string> => ivi20.elements.keys()

/** Stands for a value that is no IVI element: its field's declared type says what it is, and nothing limits it. */
export const freeElement = (name: string): Element => ({
  name,
  steps: [],
  group: false,
  repeats: false,
  kind: 'free',
  fractionDigits: undefined,
  problemOf: () => undefined,
})
