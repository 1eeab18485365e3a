import { compare, type Decimal, divideRounded, multiply, parseDecimal, trimFraction } from './decimal.ts'

/** Unit → its quantity and the exact number of base units (kg, mm, kW, km/h, cm3, kPa) in one of it. */
const units: Readonly<Record<string, readonly [quantity: string, factor: string]>> = {
  kg: ['mass', '1'],
  g: ['mass', '0.001'],
  t: ['mass', '1000'],
  lb: ['mass', '0.45359237'],
  mm: ['length', '1'],
  cm: ['length', '10'],
  dm: ['length', '100'],
  m: ['length', '1000'],
  in: ['length', '25.4'],
  W: ['power', '0.001'],
  kW: ['power', '1'],
  PS: ['power', '0.73549875'],
  'km/h': ['speed', '1'],
  'm/s': ['speed', '3.6'],
  mph: ['speed', '1.609344'],
  cm3: ['volume', '1'],
  l: ['volume', '1000'],
  kPa: ['pressure', '1'],
  bar: ['pressure', '100'],
}

export const unitNames: readonly string[] = Object.keys(units)

/** Whether the second unit measures what the first does. */
export const sameQuantity = (from: string, to: string): boolean => units[from]?.[0] === units[to]?.[0]

/** Enough for any exact quotient a record can hold. */
const workingScale = 40
const one: Decimal = { digits: 1n, scale: 0 }

/**
 * Makes the conversion between two units of one quantity. Exact where a decimal can be exact (t → kg, m → mm).
 * A quotient without end (kg → lb) is cut after 40 digits, far below any element's resolution; the caller rounds.
 */
export const makeConversion = (from: string, to: string): ((value: Decimal) => Decimal) => {
  const factor = (unit: string) => parseDecimal(units[unit]?.[1] ?? '1', '.') ?? one
  const up = factor(from)
  const down = factor(to)
  const ratio = trimFraction(divideRounded(up, down, workingScale, 'down'))
  // Most conversions are one exact factor; only those without one pay for a division.
  if (compare(multiply(ratio, down), up) === 0) return (value) => trimFraction(multiply(value, ratio))
  return (value) => trimFraction(divideRounded(multiply(value, up), down, workingScale, 'down'))
}
