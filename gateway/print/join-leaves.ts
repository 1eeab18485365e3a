import type { CocItem, Language } from '../ivi/coc/coc.ts'
import { labelOf } from '../ivi/coc/coc.ts'
import type { IviElement } from '../ivi/catalogue.ts'
import { formatValue, isEngineSpeed, unitIn } from './format-value.ts'
import type { PrintText } from './print-form.ts'
import { textsIn } from './texts.ts'
import type { PlacedLeaf } from './walk-leaves.ts'

/** What one or several leaves of the same row say together. */
export interface Part extends PrintText {
  /** Names the column in which the parts of several rows stand. */
  readonly key: string
  /** Empty where the value speaks for itself, as an address does. */
  readonly label: string
}

type Item = Pick<CocItem, 'unit' | 'elements'>

/** Names, addresses and places say what they are. */
const speaksForItself = (name: string): boolean =>
  /^(Manufacturer|EURepresentative)(Name|Address|Place|Country)|^LocationMarkings|^Remark$/.test(name)

const stemOf = (name: string): string => name.replace(/(Adjustable|Variable)?(Min|Max)$|Exponent$/, '')

const byElement = (leaves: readonly PlacedLeaf[]): Map<IviElement, PlacedLeaf[]> => {
  const map = new Map<IviElement, PlacedLeaf[]>()
  for (const leaf of leaves) map.set(leaf.element, [...(map.get(leaf.element) ?? []), leaf])
  return map
}

/**
 * Puts the leaves of one row into parts, in their order in the item: a minimum and its maximum become a range, an exponent
 * joins its number, an engine speed its power or sound level. Every leaf stands in exactly one part.
 */
export const joinLeaves = (leaves: readonly PlacedLeaf[], item: Item, language: Language): Part[] => {
  const text = textsIn(language)
  const order = item.elements.map((element) => element.name)
  const found = [...byElement(leaves)].sort(([a], [b]) => order.indexOf(a.name) - order.indexOf(b.name))
  const parts: Part[] = []
  const taken = new Set<IviElement>()
  for (const [element, own] of found) {
    if (taken.has(element)) continue
    const { name } = element
    const unit = unitIn(item, element)
    const withUnit = (value: string): string => (unit === '' ? value : `${value} ${unit}`)
    let shown = withUnit(own.map((leaf) => formatValue(element, leaf.value, language)).join(', '))
    let paths = own.map((leaf) => leaf.path)
    let key = name
    const end = /(Min|Max)$/.exec(name)?.[0]
    const twin = end && found.find(([other]) => other.name === name.slice(0, -3) + (end === 'Min' ? 'Max' : 'Min'))
    if (twin) {
      taken.add(twin[0])
      const [min, max] = end === 'Min' ? [own, twin[1]] : [twin[1], own]
      shown = withUnit(`${min.map((l) => l.value).join(', ')} – ${max.map((l) => l.value).join(', ')}`)
      const kind = /(Adjustable|Variable)M/.exec(name)?.[1]
      if (kind) shown = `${text(kind.toLowerCase())} ${shown}`
      paths = [...min, ...max].map((leaf) => leaf.path)
      key = stemOf(name)
    }
    const before = parts.at(-1)
    const exponent = name.endsWith('Exponent') && before?.key === stemOf(name)
    if (before && (exponent || isEngineSpeed(name))) {
      const joined = exponent
        ? before.text.replace(/^\S+/, (number) => `${number} × 10^${shown}`)
        : `${before.text} (${shown})`
      parts[parts.length - 1] = { ...before, text: joined, paths: [...before.paths, ...paths] }
    } else parts.push({ key, label: speaksForItself(name) ? '' : labelOf(name, language), text: shown, paths })
  }
  return parts
}

/** Whether what stands in an item is one thing, whose title says all: `Wheelbase`, also with its range. */
export const isOneThing = (parts: readonly Part[]): boolean => new Set(parts.map((part) => stemOf(part.key))).size <= 1
