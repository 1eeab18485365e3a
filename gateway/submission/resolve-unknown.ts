import type { DeliveryProfile } from '../contract/access-point.ts'

/** What is known of a submission whose outcome is unknown. Times are milliseconds since the epoch. */
export interface UnknownOutcome {
  readonly delivery: Pick<DeliveryProfile, 'idempotentByReference' | 'maxProcessingMs'>
  /** Whether this access point can be asked by reference. */
  readonly canQuery: boolean
  /** When the last submission of it ended without an answer (or was last seen under way before a crash). */
  readonly lastDispatchedAt: number
  /** When the access point answered a query with "not found"; any order, all of them. */
  readonly notFoundAt: readonly number[]
  readonly now: number
}

export type UnknownDecision =
  /** Send the identical bytes with the identical ids again. */
  | { readonly next: 'resend'; readonly reason: string }
  | { readonly next: 'query'; readonly notBefore: number; readonly reason: string }
  | { readonly next: 'person'; readonly reason: string }

/**
 * Decides after an unknown outcome (architecture, rule 4): resend only where that cannot make a second one. That is so
 * where the access point eliminates duplicates by reference, or after two "not found" answers at least its longest
 * processing time apart, both after the last submission. Otherwise a person decides.
 */
export const resolveUnknown = (outcome: UnknownOutcome): UnknownDecision => {
  const { delivery, canQuery, lastDispatchedAt, notFoundAt, now } = outcome
  if (delivery.idempotentByReference) {
    return { next: 'resend', reason: 'the access point does not process the same reference twice' }
  }
  if (!canQuery) return { next: 'person', reason: 'the access point cannot be asked and may process a reference twice' }
  const since = notFoundAt.filter((at) => at >= lastDispatchedAt)
  if (since.length === 0) return { next: 'query', notBefore: now, reason: 'the access point is asked for it' }
  const first = Math.min(...since)
  const last = Math.max(...since)
  // One answer counted twice is still one answer.
  if (since.length >= 2 && last - first >= delivery.maxProcessingMs) {
    return { next: 'resend', reason: 'not found twice, further apart than the longest processing time' }
  }
  return {
    next: 'query',
    notBefore: Math.max(now, first + delivery.maxProcessingMs),
    reason: 'not found once; it may still be in process',
  }
}
