import type { IviElement } from '../ivi/catalogue.ts'
import { unitOf } from '../ivi/coc/coc.ts'
import { sameQuantity } from '../mapping/units.ts'
import { elementVocabulary, placeOf } from './element-words.ts'
import { type FieldWords, fieldWords } from './words-of.ts'

/** A field that may be what an element needs, with the line that a mapper would have. */
export interface Suggestion {
  readonly field: string
  readonly element: string
  /** How alike the names are, from 0 to 100. */
  readonly score: number
  readonly line: string
}

/** Below this two names only share a word that many have. */
const least = 0.34
const perQuestion = 3
/** Beyond so many fields nobody is helped by guesses, and a record from outside must not keep the gateway busy. */
export const guessedFields = 300

/** How alike two words are; German puts words together, and people cut words off. */
const alike = (field: string, word: string): number => {
  if (field === word) return 1
  const [short, long] = field.length < word.length ? [field, word] : [word, field]
  if (short.length >= 3 && long.startsWith(short)) return 0.85
  if (short.length >= 4 && long.includes(short)) return 0.75
  return short.length >= 3 && field.length < word.length && isSkeleton(field, word) ? 0.6 : 0
}

/** `whlbs` for `wheelbase`: the letters of a shortened word in their order, beginning alike. */
const isSkeleton = (short: string, word: string): boolean => {
  if (short[0] !== word[0] || short.length * 2 < word.length) return false
  let at = 0
  for (const letter of word) if (letter === short[at]) at++
  return at === short.length
}

const likeness = (field: readonly string[], bag: readonly string[], weight: (word: string) => number): number => {
  let [matched, asked] = [0, 0]
  const open = new Set(bag)
  for (const word of field) {
    let [best, twin] = [0, '']
    for (const candidate of open) {
      const score = alike(word, candidate)
      if (score > best) [best, twin] = [score, candidate]
    }
    asked += best > 0 ? weight(twin) : weight(word)
    matched += best * weight(twin)
    open.delete(twin)
  }
  const all = bag.reduce((sum, word) => sum + weight(word), 0)
  return asked + all === 0 ? 0 : (2 * matched) / (asked + all)
}

const isNumber = (value: string): boolean => /^-?\d+(?:[.,]\d+)?$/.test(value)
const isDay = (value: string): boolean => /^(?:\d{4}-?\d{2}-?\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})$/.test(value)

/** Units that measure something else, or a value of another kind, speak against it; the element's own unit or code for it. */
const fit = (element: IviElement, { unit }: FieldWords, value: string, own: string | undefined): number => {
  const base = element.leaf?.base ?? ''
  const number = base !== 'xs:string' && !base.startsWith('xs:date')
  if (unit !== undefined && (own === undefined || !sameQuantity(unit, own))) return 0.4
  if (value !== '') {
    if (number && !isNumber(value)) return 0.2
    if (base === 'xs:date' && !isDay(value)) return 0.2
    if (!number && base !== 'xs:date' && isDay(value)) return 0.3
    if (element.codes?.includes(value)) return 1.15
  }
  return unit === undefined ? 1 : 1.15
}

const quoted = (name: string): string => (/^[A-Za-z_][\w.]*$/.test(name) ? name : JSON.stringify(name))

const lineFor = (element: IviElement, field: string, unit: string | undefined, own: string | undefined): string => {
  const converted = unit !== undefined && own !== undefined && unit !== own
  const round = converted && (element.facets?.fractionDigits ?? 0) === 0 ? ', round: half-up' : ''
  const conversion = converted ? `, unit: { from: ${unit}, to: ${own} }${round}` : ''
  return `${placeOf(element.name)}: { field: ${quoted(field)}${conversion} }`
}

/** How well a field fits an element, or undefined when it does not. */
export const suggestion = (
  field: string,
  value: string,
  elementName: string,
  category: string | undefined,
): Suggestion | undefined => {
  const { byName, weight } = elementVocabulary()
  const named = byName.get(elementName)
  if (!named) return undefined
  const words = fieldWords(field)
  const own = unitOf(elementName, category)
  const best = Math.max(...named.bags.map((bag) => likeness(words.words, bag, weight)))
  const score = Math.min(1, best * fit(named.element, words, value, own))
  if (score < least) return undefined
  return {
    field,
    element: elementName,
    score: Math.round(score * 100),
    line: lineFor(named.element, field, words.unit, own),
  }
}

/** The best of many pairs of field and element, at most three. */
export const bestSuggestions = (
  fields: Iterable<readonly [field: string, value: string]>,
  elements: Iterable<string>,
  category: string | undefined,
): readonly Suggestion[] => {
  const names = [...elements]
  return [...fields]
    .slice(0, guessedFields)
    .flatMap(([field, value]) => names.map((name) => suggestion(field, value, name, category)))
    .filter((one) => one !== undefined)
    .sort((a, b) => b.score - a.score)
    .slice(0, perQuestion)
}
