import {
  compare,
  type Decimal,
  divideRounded,
  formatDecimal,
  multiply,
  parseDecimal,
  type Rounding,
  roundTo,
  trimFraction,
} from '../decimal.ts'
import { makeConversion, sameQuantity, unitNames } from '../units.ts'
import { ExpressionFault } from './fault.ts'

/** A number in an expression: decimal text with a point, or a whole number written as such. Never a binary fraction. */
export type Numeric = string | bigint

const maxScale = 30n
const modes: readonly string[] = ['half-up', 'half-even', 'up', 'down']

const shown = (value: Numeric): string => `"${String(value).slice(0, 40)}"`

const read = (value: Numeric): Decimal => {
  if (typeof value === 'bigint') return { digits: value, scale: 0 }
  const number = parseDecimal(value.trim(), '.')
  if (number) return number
  throw new ExpressionFault('MAP-102', value === '' ? 'a number is missing' : `${shown(value)} is no number`)
}
/** Too long a number is a fault: results go into further arithmetic, which must stay bounded. */
const write = (value: Decimal): string => {
  const text = formatDecimal(trimFraction(value))
  if (text.length > 64) throw new ExpressionFault('MAP-116', 'a number grew longer than 60 digits')
  return text
}
const scaleOf = (digits: bigint): number => {
  if (digits < 0n || digits > maxScale) throw new ExpressionFault('MAP-116', `${digits} is not 0 to 30 decimals`)
  return Number(digits)
}
const modeOf = (mode: string): Rounding => {
  if (!modes.includes(mode)) throw new ExpressionFault('MAP-116', `"${mode}" is none of ${modes.join(', ')}`)
  return mode as Rounding
}
const aligned = (a: Decimal, b: Decimal): [bigint, bigint, number] => {
  const scale = Math.max(a.scale, b.scale)
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale), scale]
}

export const add = (a: Numeric, b: Numeric): string => {
  const [x, y, scale] = aligned(read(a), read(b))
  return write({ digits: x + y, scale })
}
export const sub = (a: Numeric, b: Numeric): string => {
  const [x, y, scale] = aligned(read(a), read(b))
  return write({ digits: x - y, scale })
}
export const mul = (a: Numeric, b: Numeric): string => write(multiply(read(a), read(b)))

/** Quotient rounded to `digits` decimals; how many is always said, since most quotients have no end. */
export const div = (a: Numeric, b: Numeric, digits: bigint, mode = 'half-up'): string => {
  const [left, right] = [read(a), read(b)]
  if (right.digits === 0n) throw new ExpressionFault('MAP-116', 'it divides by zero')
  const below = right.digits < 0n
  const [x, y] = below
    ? [
        { ...left, digits: -left.digits },
        { ...right, digits: -right.digits },
      ]
    : [left, right]
  return write(divideRounded(x, y, scaleOf(digits), modeOf(mode)))
}
export const round = (a: Numeric, digits: bigint, mode = 'half-up'): string =>
  write(roundTo(read(a), scaleOf(digits), modeOf(mode)))

/** -1, 0 or 1: text order would put 9 above 10. */
export const compareNumbers = (a: Numeric, b: Numeric): bigint => {
  const order = compare(read(a), read(b))
  return order < 0 ? -1n : order > 0 ? 1n : 0n
}
export const sum = (list: readonly unknown[]): string =>
  list.reduce<string>((total, each) => {
    if (typeof each !== 'string' && typeof each !== 'bigint')
      throw new ExpressionFault('MAP-102', 'it sums what is no number')
    return add(total, each)
  }, '0')

/** A decimal as it stands in the source, with the source's decimal mark, as decimal text with a point. */
export const readWithMark = (text: string, mark: ',' | '.'): string => {
  const number = parseDecimal(text.trim(), mark)
  if (!number)
    throw new ExpressionFault(
      'MAP-102',
      `${shown(text)} is no number with a decimal ${mark === ',' ? 'comma' : 'point'}`,
    )
  return formatDecimal(number)
}

const conversions = new Map<string, (value: Decimal) => Decimal>()
/** Exact conversion between units of one quantity (`convert(x, "t", "kg")`). */
export const convert = (a: Numeric, from: string, to: string): string => {
  const key = `${from}>${to}`
  let known = conversions.get(key)
  if (!known) {
    if (!unitNames.includes(from) || !unitNames.includes(to) || !sameQuantity(from, to))
      throw new ExpressionFault('MAP-116', `${from} cannot be converted to ${to}`)
    conversions.set(key, (known = makeConversion(from, to)))
  }
  return write(known(read(a)))
}
