import type { Catalogue, IviElement } from './catalogue.ts'

/** One difference. What is not there on a side is null there. */
export interface CatalogueChange {
  /** The element's path, in the newer catalogue if it is there; `/` for the catalogue as a whole. */
  readonly path: string
  /** `element`, `code`, `occurrence`, `type`, `place`, `order`, a facet such as `maxLength`, or `release`, `namespace`. */
  readonly what: string
  readonly from: string | null
  readonly to: string | null
}

export interface CatalogueDiff {
  /** Elements, and codes of elements that both have. */
  readonly added: readonly CatalogueChange[]
  readonly removed: readonly CatalogueChange[]
  readonly changed: readonly CatalogueChange[]
}

const occurrenceOf = ({ min, max }: IviElement): string =>
  max === Infinity ? `${min} or more` : min === max ? `exactly ${min}` : `${min} to ${max}`

const facetNames = [
  ...['minLength', 'maxLength', 'totalDigits', 'fractionDigits'],
  ...['minInclusive', 'maxInclusive', 'pattern'],
] as const

const facetsOf = (element: IviElement): ReadonlyMap<string, string> => {
  const given: Readonly<Record<string, string | number | undefined>> = { ...element.facets }
  return new Map(
    facetNames.flatMap((name) => (given[name] === undefined ? [] : [[name, String(given[name])] as const])),
  )
}

const kindOf = (element: IviElement): string => element.leaf?.base.replace('xs:', '') ?? 'group'

/** An element in words: `1 to 1, decimal, maxInclusive 999.99, 3 codes`. */
const describe = (element: IviElement): string =>
  [
    occurrenceOf(element),
    kindOf(element),
    ...[...facetsOf(element)].map(([name, value]) => `${name} ${value}`),
    ...(element.codes ? [`${element.codes.length} codes`] : []),
  ].join(', ')

const elementChange = (element: IviElement, side: 'from' | 'to'): CatalogueChange => ({
  path: element.path,
  what: 'element',
  from: side === 'from' ? describe(element) : null,
  to: side === 'to' ? describe(element) : null,
})

const codesMissing = (element: IviElement, other: IviElement): string[] => {
  const there = new Set(other.codes)
  return (element.codes ?? []).filter((code) => !there.has(code))
}

const inOrder = (group: IviElement, other: IviElement, catalogue: Catalogue): string => {
  const common = new Set(other.children.map((child) => child.name))
  return catalogue.sequences.has(group.type)
    ? group.children.flatMap(({ name }) => (common.has(name) ? [name] : [])).join(', ')
    : 'any order'
}

/** What is different about an element that both have; codes apart. */
const changesOf = (before: IviElement, after: IviElement, a: Catalogue, b: Catalogue): CatalogueChange[] => {
  const found: CatalogueChange[] = []
  const compare = (what: string, from: string | undefined, to: string | undefined): void => {
    if (from !== to) found.push({ path: after.path, what, from: from ?? null, to: to ?? null })
  }
  compare('place', before.path, after.path)
  compare('occurrence', occurrenceOf(before), occurrenceOf(after))
  compare('type', kindOf(before), kindOf(after))
  const [was, is] = [facetsOf(before), facetsOf(after)]
  for (const name of facetNames) compare(name, was.get(name), is.get(name))
  const listed = (element: IviElement): string => (element.codes ? 'a code list' : 'free')
  if (before.leaf && after.leaf) compare('codes', listed(before), listed(after))
  if (!before.leaf && !after.leaf) compare('order', inOrder(before, after, a), inOrder(after, before, b))
  return found
}

/**
 * What a newer release of IVI has other than an older one, per element, code, facet and occurrence, in
 * document order; elements that are gone come before codes that are gone.
 * Elements are matched by name, since a name has one place in a catalogue: one that moved is `changed`, with `what: 'place'`.
 * Names of types are nobody's business and not compared.
 */
export const diffCatalogues = (a: Catalogue, b: Catalogue): CatalogueDiff => {
  const [added, removed, changed]: [CatalogueChange[], CatalogueChange[], CatalogueChange[]] = [[], [], []]
  const whole = (what: string, from: string, to: string): void => {
    if (from !== to) changed.push({ path: '/', what, from, to })
  }
  whole('release', a.version, b.version)
  whole('namespace', a.namespace, b.namespace)
  whole('root', a.root.name, b.root.name)
  for (const before of a.elements.values())
    if (!b.elements.has(before.name)) removed.push(elementChange(before, 'from'))
  for (const after of b.elements.values()) {
    const before = a.elements.get(after.name)
    if (!before) {
      added.push(elementChange(after, 'to'))
      continue
    }
    changed.push(...changesOf(before, after, a, b))
    if (!before.codes || !after.codes) continue
    for (const code of codesMissing(after, before)) added.push({ path: after.path, what: 'code', from: null, to: code })
    for (const code of codesMissing(before, after))
      removed.push({ path: after.path, what: 'code', from: code, to: null })
  }
  return { added, removed, changed }
}

/** True when both describe the same documents. */
export const isSame = (diff: CatalogueDiff): boolean =>
  diff.added.length + diff.removed.length + diff.changed.length === 0
