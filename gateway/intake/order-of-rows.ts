import { GatewayError, type Watermark } from '../contract/index.ts'

const isNumber = (text: string): boolean => /^\d{1,40}$/.test(text)
/** `2026-11-22T10:00:00.123Z`, `2026-11-22 10:00:00.123456+01`, `2026-11-22`. */
const isTime = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d(:?\d\d)?)?)?$/.test(text)
const timeOf = (text: string): number => Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))

/** Which of two stamps comes first: negative, 0 or positive; undefined where only the source can tell. */
export const compareStamps = (a: string, b: string): number | undefined => {
  if (a === b) return 0
  if (isNumber(a) && isNumber(b)) return BigInt(a) < BigInt(b) ? -1 : 1
  if (!isTime(a) || !isTime(b)) return undefined
  const [first, second] = [timeOf(a), timeOf(b)]
  // Finer than a millisecond, the digits tell where both are written alike.
  if (first === second) return a.length === b.length ? (a < b ? -1 : 1) : 0
  return first - second
}

/** A stamp may be a little ahead where clocks differ; a day ahead it is wrong, and would hide all rows after it. */
const aheadMs = 24 * 3_600_000
export const isFuture = (stamp: string, now: Date): boolean => isTime(stamp) && timeOf(stamp) > now.getTime() + aheadMs

const disordered = (message: string): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'SRC-021',
    message,
    hint: 'Let the source give rows after the stamp and key it is asked for, ordered by stamp, then key.',
  })

/**
 * What the source promised is looked at again: reading on after a page that is in no order would pass rows by.
 * @throws GatewayError SRC-021
 */
export const checkOrder = (page: readonly Watermark[], after: Watermark | undefined, limit: number): void => {
  for (let i = 1; i < page.length; i++) {
    const [before, row] = [page[i - 1], page[i]]
    if (before && row && (compareStamps(before.stamp, row.stamp) ?? 0) > 0)
      throw disordered(`The row ${row.key} (${row.stamp}) comes after ${before.key} (${before.stamp}).`)
  }
  const last = page.at(-1)
  if (page.length < limit || !last || !after) return
  const moved = compareStamps(after.stamp, last.stamp)
  if (
    moved === undefined
      ? last.stamp === after.stamp && last.key === after.key
      : moved > 0 || (moved === 0 && last.key === after.key)
  )
    throw disordered(
      `A whole page does not come further than ${after.stamp}, ${after.key}: the source gives the same rows again.`,
    )
}
