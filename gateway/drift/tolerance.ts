import { GatewayError } from '../contract/errors.ts'
import { toMicro } from '../support/decimal.ts'

/**
 * Tolerances in percent as decimal strings, such as `2.5`. They can only be stricter than the law: 2021/535 Annex XIII
 * Part 2 Section G allows 3 % (points 1.2 and 2.2) and 5 % on the mass of special-purpose vehicles (point 2.2).
 */
export interface DriftTolerances {
  readonly massPercent?: string
  readonly specialPurposeMassPercent?: string
  readonly dimensionPercent?: string
}

/** A tolerance in millionths of a percent, with its text. */
export interface Tolerance {
  readonly micro: number
  readonly text: string
}

const lawful = { massPercent: '3', specialPurposeMassPercent: '5', dimensionPercent: '3' } as const

/**
 * The tolerance in force. Throws GatewayError DRIFT-001 (config) when the site's value is no percentage or laxer than the
 * law: silently taking the lawful one would hide that somebody meant something else.
 */
export const toleranceOf = (name: keyof DriftTolerances, tolerances: DriftTolerances): Tolerance => {
  const text = tolerances[name] ?? lawful[name]
  const micro = toMicro(text)
  if (micro === undefined || micro < 0 || micro > (toMicro(lawful[name]) ?? 0)) {
    throw new GatewayError({
      kind: 'config',
      code: 'DRIFT-001',
      message: `The drift tolerance ${name} is "${text}", which is no percentage from 0 to ${lawful[name]}.`,
      hint: `Give a decimal such as 2.5; more than ${lawful[name]} % is not lawful (2021/535 Annex XIII Part 2 Section G).`,
    })
  }
  return { micro, text }
}

const hundredPercent = 100_000_000n

/** True when `measured` is further from `expected` than the tolerance; exactly on it is within. All in millionths. */
export const exceeds = (measured: number, expected: number, tolerance: Tolerance): boolean =>
  BigInt(Math.abs(measured - expected)) * hundredPercent > BigInt(tolerance.micro) * BigInt(Math.abs(expected))

/** Deviation in percent with a sign and three decimals, rounded away from zero so that it never looks smaller than it is. */
export const deviation = (measured: number, expected: number): string | undefined => {
  if (expected <= 0) return undefined
  const size = BigInt(Math.abs(measured - expected)) * 100_000n
  const whole = BigInt(expected)
  const thousandths = String((size + whole - 1n) / whole).padStart(4, '0')
  return `${measured < expected ? '-' : '+'}${thousandths.slice(0, -3)}.${thousandths.slice(-3)}`
}
