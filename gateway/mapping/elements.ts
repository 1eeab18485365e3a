import { type Catalogue, ivi20, type IviElement } from '../ivi/catalogue.ts'
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
  // What an imported schema may use besides.
  'xs:integer': 'number',
  'xs:long': 'number',
  'xs:byte': 'number',
  'xs:nonNegativeInteger': 'number',
  'xs:positiveInteger': 'number',
  'xs:date': 'date',
}

const shown = (value: string): string => (value.length > 40 ? `${value.slice(0, 40)}…` : value)

/** Up to 15 digits a binary fraction tells any two decimals apart, so that they may be compared as such. */
const short = /^-?\d{1,9}(?:\.\d{1,6})?$/

const makeNumberCheck = ({ facets = {} }: IviElement): Element['problemOf'] => {
  const bound = (text: string | undefined): Decimal | undefined =>
    text === undefined ? undefined : parseDecimal(text, '.')
  const [least, most] = [bound(facets.minInclusive), bound(facets.maxInclusive)]
  const [lowest, highest] = [Number(facets.minInclusive ?? -Infinity), Number(facets.maxInclusive ?? Infinity)]
  return (value) => {
    if (short.test(value)) {
      const size = Number(value)
      if (size >= lowest && size <= highest) return undefined
    }
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

/** The elements of a release of IVI as mapping sees them, each compiled when it is first asked for. */
export interface Elements {
  /** As in IviVersionNumberXsd: `2.0`. */
  readonly release: string
  /** The element of a name, below the root; undefined when the release has none. */
  readonly find: (name: string) => Element | undefined
  readonly names: () => Iterable<string>
}

const made = new WeakMap<Catalogue, Elements>()

export const elementsOf = (catalogue: Catalogue): Elements => {
  const known = made.get(catalogue)
  if (known) return known
  const compiled = new Map<string, Element>()
  const find = (name: string): Element | undefined => {
    const there = compiled.get(name)
    if (there) return there
    const element = catalogue.elements.get(name)
    if (!element?.parent) return undefined
    const fresh = compileElement(element)
    compiled.set(name, fresh)
    return fresh
  }
  const elements = { release: catalogue.version, find, names: () => catalogue.elements.keys() }
  made.set(catalogue, elements)
  return elements
}

/** Those of IVI 2.0, for what does not depend on a release. */
export const ivi20Elements = elementsOf(ivi20)
export const findTargetElement = ivi20Elements.find
export const elementNames = ivi20Elements.names

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
