/** A decimal number held exactly: `digits` / 10^`scale`. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

export type Rounding = 'half-up' | 'half-even' | 'up' | 'down'

/** More digits than any measured quantity has; keeps the arithmetic bounded. */
const maxDigits = 30
const short = /^\d{1,15}$/
const forms = {
  ',': /^([+-]?)(\d{1,30})(?:,(\d{1,30}))?$/,
  '.': /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/,
} as const

/**
 * Reads a decimal as it stands in a record: optional sign, digits, at most one decimal mark, no grouping, no exponent.
 * The mark is the one the source declares; the other one is refused, because `2.945` and `2,945` may differ by a thousand.
 * @returns undefined when the text is no such number
 */
export const parseDecimal = (text: string, mark: ',' | '.'): Decimal | undefined => {
  // Most values are whole and short; they need no groups.
  if (short.test(text)) return { digits: BigInt(text), scale: 0 }
  const found = forms[mark].exec(text)
  if (!found) return undefined
  const fraction = found[3] ?? ''
  const whole = found[2] ?? ''
  if (whole.length + fraction.length > maxDigits) return undefined
  const digits = BigInt(whole + fraction)
  return { digits: found[1] === '-' ? -digits : digits, scale: fraction.length }
}

export const multiply = (a: Decimal, b: Decimal): Decimal => ({ digits: a.digits * b.digits, scale: a.scale + b.scale })

/** Takes trailing zeros off the fraction. */
export const trimFraction = ({ digits, scale }: Decimal): Decimal => {
  if (scale === 0) return { digits, scale }
  let d = digits
  let s = scale
  while (s > 0 && d % 10n === 0n) {
    d /= 10n
    s--
  }
  return { digits: d, scale: s }
}

const divide = (numerator: bigint, divisor: bigint, rounding: Rounding): bigint => {
  const negative = numerator < 0n
  const n = negative ? -numerator : numerator
  const quotient = n / divisor
  const rest = n % divisor
  const half = rest * 2n
  const away =
    rest > 0n &&
    (rounding === 'up' ||
      (rounding === 'half-up' && half >= divisor) ||
      (rounding === 'half-even' && (half > divisor || (half === divisor && quotient % 2n === 1n))))
  const result = away ? quotient + 1n : quotient
  return negative ? -result : result
}

/** Exact quotient rounded to `scale` fraction digits; `b` is above zero. Up and half-up go away from zero. */
export const divideRounded = (a: Decimal, b: Decimal, scale: number, rounding: Rounding): Decimal => ({
  digits: divide(a.digits * 10n ** BigInt(b.scale + scale), b.digits * 10n ** BigInt(a.scale), rounding),
  scale,
})

/** Rounds to at most `scale` fraction digits. */
export const roundTo = (value: Decimal, scale: number, rounding: Rounding): Decimal =>
  value.scale <= scale ? value : { digits: divide(value.digits, 10n ** BigInt(value.scale - scale), rounding), scale }

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export const compare = (a: Decimal, b: Decimal): number => {
  if (a.scale === b.scale) return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0
  const left = a.digits * 10n ** BigInt(b.scale)
  const right = b.digits * 10n ** BigInt(a.scale)
  return left < right ? -1 : left > right ? 1 : 0
}

/** Writes it with a decimal point, without leading zeros, without `-0` (xs:decimal). */
export const formatDecimal = ({ digits, scale }: Decimal): string => {
  if (scale === 0) return digits.toString()
  const negative = digits < 0n
  const text = (negative ? -digits : digits).toString().padStart(scale + 1, '0')
  const number = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`
  return negative ? `-${number}` : number
}
