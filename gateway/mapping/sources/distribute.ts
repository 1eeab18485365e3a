import { z } from 'zod'
import { type Decimal, formatDecimal, parseDecimal } from '../decimal.ts'
import { didYouMean } from '../did-you-mean.ts'
import { Cell } from '../draft.ts'
import { fieldPath, textAt } from '../record-field.ts'
import { nodeAt } from '../target.ts'
import { defineValueSource, unmappable } from './source.ts'

/**
 * Splits a whole number by shares so that the parts sum to it exactly: each gets its floor, what is left goes one by one
 * to the largest remainders, the earlier one first among equals (largest-remainder method).
 * @param shares not negative, their sum above zero
 */
export const splitByShares = (total: bigint, shares: readonly Decimal[]): bigint[] => {
  const scale = Math.max(...shares.map((s) => s.scale))
  const weights = shares.map((s) => s.digits * 10n ** BigInt(scale - s.scale))
  const sum = weights.reduce((a, b) => a + b, 0n)
  const parts = weights.map((w) => (total * w) / sum)
  const left = Number(total - parts.reduce((a, b) => a + b, 0n))
  const byRemainder = weights
    .map((w, i) => ({ i, rest: (total * w) % sum }))
    .sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest < b.rest ? 1 : -1))
  for (const { i } of byRemainder.slice(0, left)) parts[i] = (parts[i] ?? 0n) + 1n
  return parts
}

/**
 * `{ distribute: { total: MassInRunningOrder, shares: [MASS_AX1, MASS_AX2] } }`: a target's value over the rows in the
 * proportion of fields of the record. CoC item 13.1 sums to item 13 (2020/683 Annex VIII), while what is weighed are the
 * axle shares of the actual mass.
 */
export const distribute = defineValueSource({
  key: 'distribute',
  late: true,
  schema: z.strictObject({
    distribute: z.strictObject({ total: z.string().min(1), shares: z.array(z.string().min(1)).min(1).max(99) }),
  }),
  compile: (spec, element, compiling) => {
    const { total, shares } = spec.distribute
    const from = compiling.target(total, undefined, [...compiling.path, 'distribute', 'total'])
    if (from.element.group || element.fractionDigits !== 0 || from.element.fractionDigits !== 0)
      compiling.fail('MAP-009', `${total} cannot be distributed over ${element.name}: both must hold whole numbers.`)
    for (const [i, share] of shares.entries())
      if (compiling.fields && !compiling.fields.has(share))
        compiling.fail(
          'MAP-005',
          `The input has no field "${share}".`,
          didYouMean(share, compiling.fields.keys()).trim(),
          [...compiling.path, 'distribute', 'shares', i],
        )
    compiling.reads(from.element.name)
    const paths = shares.map(fieldPath)
    return {
      rows: (run, rows) => {
        const whole = nodeAt(run.draft, from)
        // The total that could not be mapped has its own finding.
        if (!(whole instanceof Cell)) return undefined
        const texts = paths.map((path) => textAt(run.fields, path))
        const numbers = texts.map((text) => parseDecimal(text, compiling.decimalMark))
        const bad = numbers.findIndex((n) => n === undefined || n.digits < 0n)
        if (bad >= 0) {
          unmappable(
            run,
            'MAP-102',
            shares[bad] ?? '',
            texts[bad] ?? '',
            `${shares[bad]} is no number from 0; it is needed for ${element.name}.`,
            element.name,
          )
          return undefined
        }
        const weights = numbers.filter((n) => n !== undefined)
        if (rows !== weights.length || weights.every((w) => w.digits === 0n)) {
          unmappable(
            run,
            'MAP-113',
            shares.join(', '),
            texts.join(', '),
            `${total} cannot be distributed: the vehicle has ${rows} rows, the record gives ${weights.length} shares (${texts.join(', ')}).`,
            element.name,
          )
          return undefined
        }
        return splitByShares(BigInt(whole.value), weights).map(
          (part) => new Cell(formatDecimal({ digits: part, scale: 0 }), 'rule:distribute'),
        )
      },
    }
  },
})
