import type { CocItem, Language } from '../ivi/coc/coc.ts'
import { meaningOf } from '../ivi/coc/coc.ts'
import type { IviElement } from '../ivi/catalogue.ts'
import { textsIn } from './texts.ts'

/** Numbers that count or name something and carry no unit, although their item has one. */
const unitless = /Number(Of(?!Particles)\w+|Combination|VerticalMass|TowingMasses)?$|Exponent$/

/** The speed at which another value holds; not what was measured at idle speed. */
export const isEngineSpeed = (name: string): boolean => /^EngineSpeed|(Stationary|PowerTakeOff)EngineSpeed$/.test(name)

const powers: readonly (readonly [RegExp, string])[] = [
  [/min-1/g, 'min⁻¹'],
  [/m-1\b/g, 'm⁻¹'],
  [/\bcm2\b/g, 'cm²'],
  [/\bcm3\b/g, 'cm³'],
  [/\bm2\b/g, 'm²'],
  [/\bm3\b/g, 'm³'],
  [/\(km\/h\)2/g, '(km/h)²'],
  [/gCO2\//g, 'g CO₂/'],
]

/**
 * The unit of an element within an item, as it is set. An item's unit may be one (`kg`), one per element (`kW; min-1`), or
 * for some of its elements only (`kPa (pressure)`); engine speeds are min⁻¹ under whichever item they stand.
 */
export const unitIn = (item: Pick<CocItem, 'unit' | 'elements'>, { name, leaf }: IviElement): string => {
  if (!leaf || leaf.codes || !/short|int|decimal/.test(leaf.base) || unitless.test(name)) return ''
  if (isEngineSpeed(name)) return 'min⁻¹'
  const [, unit = '', only] = /^(.*?)(?: \((\w+)\))?$/.exec(item.unit ?? '') ?? []
  if (only !== undefined && !name.toLowerCase().includes(only)) return ''
  const units = (only === undefined ? (item.unit ?? '') : unit).split('; ')
  const own = units.length === 1 ? 0 : item.elements.findIndex((element) => element.name === name)
  return powers.reduce((text, [from, to]) => text.replace(from, to), units[own] ?? '')
}

/**
 * A value as it is read: exactly as it stands in the document, a code with its meaning (`20 – diesel`), an indicator as
 * yes or no. Numbers and dates are not rewritten, so that print and signed document can be compared sign by sign.
 */
export const formatValue = ({ leaf }: IviElement, value: string, language: Language): string => {
  const text = textsIn(language)
  if (leaf?.name === 'Indicator') return value === 'Y' ? text('yes') : value === 'N' ? text('no') : value
  if (!leaf?.codes) return value
  const meaning = meaningOf(leaf.name, value, language)
  if (meaning === undefined) return value
  // Some meanings begin with their code: `C1: tyres for passenger cars`.
  return meaning === value || meaning.startsWith(`${value}:`) ? meaning : `${value} – ${meaning}`
}
