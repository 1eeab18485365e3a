import {
  SendError,
  type AccessPoint,
  type AccessPointContext,
  type Envelope,
  type RawReply,
} from '../contract/access-point.ts'
import type { IviReferenceId, MessageId } from '../contract/ids.ts'

/**
 * What came of one call to an access point. `not_dispatched`: surely nothing left, send again at will.
 * `unknown`: it may have been processed; see `resolveUnknown`.
 */
export type AttemptResult =
  | { readonly kind: 'answered'; readonly reply: RawReply }
  | { readonly kind: 'not_dispatched'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string }

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The connector gets a little longer than its own time-out, so that its own reason is heard where it has one. */
const GRACE_MS = 500
/** And this long after it was told to stop: only it knows whether anything had left. */
const LAST_WORD_MS = 100

/**
 * One call under a deadline. A connector that ignores its signal cannot hold us: the deadline answers for it.
 * Whatever is thrown that does not say `dispatched: false` counts as dispatched (architecture, rule 4).
 */
const underDeadline = async (
  timeoutMs: number,
  context: AccessPointContext,
  call: (context: AccessPointContext) => Promise<RawReply>,
): Promise<AttemptResult> => {
  if (context.signal.aborted) return { kind: 'not_dispatched', reason: 'stopped before anything was sent' }
  const deadline = new AbortController()
  const timer = setTimeout(() => {
    deadline.abort(new SendError(`no answer within ${timeoutMs} ms`, true))
  }, timeoutMs + GRACE_MS)
  const signal = AbortSignal.any([context.signal, deadline.signal])
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      const reason = new SendError(reasonOf(signal.reason), true)
      setTimeout(() => {
        reject(reason)
      }, LAST_WORD_MS)
    })
  })
  try {
    return { kind: 'answered', reply: await Promise.race([call({ ...context, signal }), aborted]) }
  } catch (error) {
    const dispatched = !(error instanceof SendError) || error.dispatched
    return { kind: dispatched ? 'unknown' : 'not_dispatched', reason: reasonOf(error) }
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Sends a stored envelope once. Never throws; the caller stores the result before it is interpreted.
 * @param envelope the stored bytes; a retry hands in the same ones (architecture, rule 5).
 */
export const sendAttempt = <C>(
  accessPoint: AccessPoint<C>,
  config: C,
  envelope: Envelope,
  context: AccessPointContext,
): Promise<AttemptResult> =>
  underDeadline(accessPoint.delivery(config).timeoutMs, context, (c) => accessPoint.send(config, envelope, c))

/** Asks once what the access point knows of a reference. `not_dispatched` where it cannot be asked at all. */
export const queryAttempt = async <C>(
  accessPoint: AccessPoint<C>,
  config: C,
  reference: IviReferenceId,
  messageId: MessageId,
  context: AccessPointContext,
): Promise<AttemptResult> => {
  const query = accessPoint.query?.bind(accessPoint)
  if (!query) return { kind: 'not_dispatched', reason: `${accessPoint.title} cannot be asked for a status` }
  return underDeadline(accessPoint.delivery(config).timeoutMs, context, (c) => query(config, reference, messageId, c))
}

/** Withdraws once what was accepted. `not_dispatched` where the access point offers no such thing. */
export const cancelAttempt = async <C>(
  accessPoint: AccessPoint<C>,
  config: C,
  reference: IviReferenceId,
  messageId: MessageId,
  context: AccessPointContext,
): Promise<AttemptResult> => {
  const cancel = accessPoint.cancel?.bind(accessPoint)
  if (!cancel) return { kind: 'not_dispatched', reason: `${accessPoint.title} takes nothing back` }
  return underDeadline(accessPoint.delivery(config).timeoutMs, context, (c) => cancel(config, reference, messageId, c))
}
