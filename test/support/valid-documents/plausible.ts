import type { IviElement, IviType } from '../../../gateway/ivi/catalogue.ts'
import type { Dice } from './dice.ts'

const words =
  'Achse axle essieu Gelenk joint Straße rue Søndergård Łódź Zürich Ελλάδα "quoted" R&D <0,5 >90 l’axe 4×2 A/B 12-B 𝄞 x\ty 1\r2 a\nb 50% #7'.split(
    ' ',
  )
const shortText = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789äé&<ß'

/** Text of plain and awkward words (mark-up characters, other scripts, line ends), within `most` characters. */
export const plausibleText = (dice: Dice, most: number): string => {
  if (most < 12) return Array.from({ length: dice.whole(1, most) }, () => dice.pick(Array.from(shortText))).join('')
  const chosen = Array.from({ length: dice.whole(1, Math.min(40, most / 12)) }, () => dice.pick(words)).join(' ')
  return Array.from(`${dice.pick(['Text', 'Beispiel', 'Exemple'])} ${chosen}`)
    .slice(0, most)
    .join('')
}

/** A decimal number up to `most` as people write it: with a full, a short or no fraction. */
export const plausibleDecimal = (dice: Dice, most: number, fractionDigits: number): string => {
  const digits = dice.whole(0, fractionDigits)
  const scale = 10 ** digits
  return (dice.whole(0, Math.floor(most * scale)) / scale).toFixed(digits)
}

const decimal = (dice: Dice, { facets }: IviType): string => {
  const { minInclusive = '0', maxInclusive = '9', fractionDigits = 0, totalDigits = 9 } = facets
  const most = Number(maxInclusive) / dice.pick([1, 10, 100])
  const value = plausibleDecimal(dice, most, Math.min(fractionDigits, totalDigits - 1))
  return Number(minInclusive) < 0 && Number(value) > 0 && dice.chance(0.4) ? `-${value}` : value
}

const whole = (dice: Dice, { facets }: IviType): string => {
  const most = Number(facets.maxInclusive ?? '99')
  return String(dice.whole(0, dice.pick([most, Math.floor(most / 10), Math.floor(most / 50)])))
}

/** A value that the leaf's type allows, for leaves that stand in no relation to others. */
export const plausibleValue = (dice: Dice, leaf: IviElement): string => {
  const type = leaf.leaf
  if (type === undefined) throw new Error(`${leaf.name} is no leaf`)
  if (type.codes) return dice.pick(type.codes)
  if (type.base === 'xs:string') return plausibleText(dice, type.facets.maxLength ?? 10)
  if (type.base === 'xs:decimal') return decimal(dice, type)
  if (type.base === 'xs:short' || type.base === 'xs:int') return whole(dice, type)
  throw new Error(`${leaf.name} (${type.base}) must be planned`)
}
