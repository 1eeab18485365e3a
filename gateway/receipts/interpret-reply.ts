import type { Reply } from '../contract/access-point.ts'
import type { Receipt, ReceiptOutcome } from '../contract/flow.ts'
import type { IviReferenceId, Sha256 } from '../contract/ids.ts'

/** What we sent or asked for, against which an answer is held. */
export interface Expected {
  readonly iviReferenceId: IviReferenceId
  /** Hash of the signed document we sent. */
  readonly sha256: Sha256
  readonly operation: 'submit' | 'query'
  /** From the access point's profile: the same reference may be sent again. */
  readonly idempotentByReference: boolean
  /** What "known already" means where no content is named; `ask` where nothing is said. */
  readonly duplicate?: 'ours' | 'ask'
  /** It was taken without a word (a file that was dropped): "not found" means that there is no answer yet. */
  readonly isAwaited?: boolean
  /** It was turned away before anybody looked at it (HTTP 429: RFC 6585, 4). */
  readonly isTurnedAway?: boolean
}

export interface Interpretation {
  /**
   * `retry`: send the identical message again after the back-off. `ask`: outcome unknown, go on with `resolveUnknown`
   * (a `not_found` is told to it). `hold`: a contradiction that a person must look at.
   */
  readonly next: 'accepted' | 'accepted_with_warnings' | 'rejected' | 'awaiting_receipt' | 'retry' | 'ask' | 'hold'
  readonly receipt?: Omit<Receipt, 'receivedAt'>
  readonly reason: string
}

const receiptOf = (reply: Reply, outcome: ReceiptOutcome): Omit<Receipt, 'receivedAt'> => ({
  outcome,
  reference: reply.reference,
  messages: reply.messages,
})

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** A duplicate answer is evidence, not an error: it is ours when it holds what we sent. */
const ofDuplicate = (reply: Reply, expected: Expected): Interpretation => {
  if (reply.sha256 === undefined && expected.operation === 'submit' && expected.duplicate !== 'ours') {
    return { next: 'ask', reason: 'the access point knows the reference but does not say what it holds' }
  }
  const reason = 'the access point has had this document already'
  return { next: 'accepted', receipt: receiptOf(reply, 'accepted'), reason }
}

const ofTechnical = (expected: Expected): Interpretation =>
  expected.operation === 'submit' && (expected.idempotentByReference || expected.isTurnedAway === true)
    ? { next: 'retry', reason: 'the access point failed or was busy; to send again makes no second one' }
    : { next: 'ask', reason: 'the access point failed, perhaps after it had taken the document' }

/**
 * What an answer means for the document that was sent. Pure. An answer that speaks of another reference is never ours,
 * whatever it says; one that holds another content under our reference stops the eCoC.
 */
export const interpretReply = (reply: Reply, expected: Expected): Interpretation => {
  if (reply.outcome === 'unreadable') return { next: 'ask', reason: 'the answer cannot be understood' }
  if (reply.iviReferenceId !== undefined && !same(reply.iviReferenceId, expected.iviReferenceId)) {
    return { next: 'ask', reason: `the answer speaks of another reference: ${reply.iviReferenceId}` }
  }
  if (reply.outcome === 'technical') return ofTechnical(expected)
  if (reply.outcome === 'not_found' && expected.isAwaited)
    return { next: 'awaiting_receipt', reason: 'there is no answer yet' }
  if (reply.outcome === 'not_found') return { next: 'ask', reason: 'the access point does not know the reference' }
  if (reply.sha256 !== undefined && !same(reply.sha256, expected.sha256)) {
    return { next: 'hold', reason: `the access point holds other content under this reference: ${reply.sha256}` }
  }
  switch (reply.outcome) {
    case 'accepted':
    case 'accepted_with_warnings':
    case 'rejected':
      return { next: reply.outcome, receipt: receiptOf(reply, reply.outcome), reason: 'the access point decided' }
    case 'pending':
      return { next: 'awaiting_receipt', receipt: receiptOf(reply, 'pending'), reason: 'it is being processed' }
    case 'duplicate':
      return ofDuplicate(reply, expected)
  }
}
