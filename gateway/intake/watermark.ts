import type { Instant, Watermark } from '../contract/index.ts'
import { compareStamps, isFuture } from './order-of-rows.ts'

/** A place that reading had come to, and when. */
export interface EarlierMark extends Watermark {
  readonly at: Instant
}

/** So many places are kept at most: coarser ones only mean that more is looked at again. */
const mostEarlier = 60

/**
 * Where reading begins again: where it stood one overlap ago. A row that got its stamp then and was committed only now is
 * found, whatever the source's clock says, since no clocks are compared.
 * @param earlier oldest first
 */
export const beginAt = (
  mark: Watermark | undefined,
  earlier: readonly EarlierMark[],
  overlapMs: number,
  now: Date,
): Watermark | undefined => {
  if (!mark || overlapMs === 0) return mark
  const limit = now.getTime() - overlapMs
  const at = earlier.findLast((m) => Date.parse(m.at) <= limit) ?? earlier[0]
  return at ? { stamp: at.stamp, key: at.key } : mark
}

/** The places to keep once all was read up to `mark`. */
export const remember = (
  mark: Watermark,
  earlier: readonly EarlierMark[],
  overlapMs: number,
  now: Date,
): readonly EarlierMark[] => {
  const limit = now.getTime() - overlapMs
  const newest = earlier.at(-1)
  const tooSoon = newest !== undefined && now.getTime() - Date.parse(newest.at) < overlapMs / mostEarlier
  const same = newest?.stamp === mark.stamp && newest.key === mark.key
  const all = tooSoon || same ? earlier : [...earlier, { ...mark, at: now.toISOString() as Instant }]
  const first = all.findLastIndex((m) => Date.parse(m.at) <= limit)
  return all.slice(Math.max(0, first))
}

/**
 * How far reading has come with this page: to its last row, unless that row lies before the mark (it was looked at again) or
 * its stamp lies in the future, where it would hide all that comes.
 */
export const advance = (mark: Watermark | undefined, page: readonly Watermark[], now: Date): Watermark | undefined => {
  const last = page.findLast((row) => !isFuture(row.stamp, now))
  if (!last) return mark
  if (mark && (compareStamps(mark.stamp, last.stamp) ?? -1) > 0) return mark
  return { stamp: last.stamp, key: last.key }
}
