import { GatewayError } from '../contract/errors.ts'
import type { Catalogue, CatalogueSource, Facets, IviElement, IviType } from './catalogue.ts'

/** The same as an `IviElement`, while its children are still being added. */
type Growing = { -readonly [K in keyof IviElement]: IviElement[K] } & { children: IviElement[] }

interface Group {
  readonly order: string
  readonly children: readonly string[]
}

const broken = (line: string): GatewayError =>
  new GatewayError({
    kind: 'bug',
    code: 'IVI-012',
    message: `The catalogue cannot be read at "${line.slice(0, 80)}".`,
    hint: 'The catalogue is part of the product: install it again.',
  })

/** What parts the words and lines of the notation stands as `%` and two digits; `%` itself only before such digits. */
const encodeText = (text: string, special: RegExp): string =>
  text
    .replace(/%(?=09|0A|0D|20|25|7C)/g, '%25')
    .replace(special, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
const decodeText = (text: string): string =>
  text.replace(/%(09|0A|0D|20|25|7C)/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))

/** A pattern as it stands in the line of a type. */
export const encodePattern = (pattern: string): string => encodeText(pattern, /[\t\n\r |]/g)

/** A code as it stands in the line of a type. */
export const encodeCode = (code: string): string => encodeText(code, /[\n\r|]/g)

const numberFacets = ['minLength', 'maxLength', 'totalDigits', 'fractionDigits'] as const
const textFacets = ['minInclusive', 'maxInclusive', 'pattern'] as const

const parseFacets = (text: string): Facets => {
  const facets: { -readonly [K in keyof Facets]: Facets[K] } = {}
  for (const name of numberFacets) {
    const value = new RegExp(`(?:^| )${name}=(\\d+)`).exec(text)?.[1]
    if (value !== undefined) facets[name] = Number(value)
  }
  for (const name of textFacets) {
    const value = new RegExp(`(?:^| )${name}=(\\S+)`).exec(text)?.[1]
    if (value !== undefined) facets[name] = name === 'pattern' ? decodeText(value) : value
  }
  return facets
}

const parseType = (line: string): IviType => {
  const parts = /^(\w+) (xs:\w+)((?: [^| ]+)*)(?: \| (.*))?$/.exec(line)
  const [, name, base, facets = '', codes] = parts ?? []
  if (name === undefined || base === undefined) throw broken(line)
  const type = { name, base, facets: parseFacets(facets) }
  return codes === undefined ? type : { ...type, codes: codes.split('|').map(decodeText) }
}

const parseGroup = (line: string): [string, Group] => {
  const [name, order, ...children] = line.split(' ')
  if (name === undefined || (order !== 'all' && order !== 'sequence')) throw broken(line)
  return [name, { order, children }]
}

const occurrences: Readonly<Record<string, readonly [number, number]>> = {
  '': [1, 1],
  '?': [0, 1],
  '*': [1, Infinity],
  '?*': [0, Infinity],
}

const parseChild = (child: string): Pick<IviElement, 'name' | 'min' | 'max' | 'type'> => {
  const [, name, mark = '', low, high, type] =
    /^(\w+)([?*]*)(?:\{(\d+),(\d*)\})?(?::(\w+))?$/.exec(child) ?? ([] as string[])
  const range = low === undefined ? occurrences[mark] : ([Number(low), high ? Number(high) : Infinity] as const)
  if (name === undefined || range === undefined) throw broken(child)
  return { name, min: range[0], max: range[1], type: type ?? name }
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/**
 * Compiles a catalogue for look-ups. Done once at start: a few milliseconds.
 * @throws GatewayError IVI-012 when a line cannot be read, a type is missing, or a name stands twice.
 */
export const parseCatalogue = (source: CatalogueSource): Catalogue => {
  const groups = new Map(lines(source.groups).map(parseGroup))
  const types = new Map(
    lines(source.types)
      .map(parseType)
      .map((type) => [type.name, type]),
  )
  const elements = new Map<string, IviElement>()

  const grow = (child: string, parent: IviElement | undefined, position: number): IviElement => {
    const { name, min, max, type } = parseChild(child)
    const path = `${parent?.path ?? ''}/${name}`
    const element: Growing = { name, path, type, min, max, repeats: max > 1, parent, children: [], position }
    // Every look-up by name rests on this; a catalogue that repeats a name would also never end here.
    if (elements.has(name)) throw broken(child)
    elements.set(name, element)
    const group = groups.get(type)
    if (group) {
      element.children = group.children.map((inner, index) => grow(inner, element, index))
      return element
    }
    const leaf = types.get(type)
    if (!leaf) throw broken(child)
    element.leaf = leaf
    element.facets = leaf.facets
    if (leaf.codes) element.codes = leaf.codes
    return element
  }

  const root = grow(source.root, undefined, 0)
  const sequences = new Set([...groups].filter(([, group]) => group.order === 'sequence').map(([name]) => name))
  return { version: source.version, namespace: source.namespace, root, elements, types, sequences }
}
