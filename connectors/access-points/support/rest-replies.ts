import type { RawReply, Reply } from '../../../gateway/contract/access-point.ts'
import type { AuthorityMessage } from '../../../gateway/contract/flow.ts'

const nothing = { reference: undefined, iviReferenceId: undefined, sha256: undefined }

/** An answer that says nothing but its outcome and why. */
export const plainReply = (outcome: Reply['outcome'], messages: readonly AuthorityMessage[]): Reply => ({
  outcome,
  ...nothing,
  messages,
})

export const unreadable = (code: string, text: string): Reply =>
  plainReply('unreadable', [{ code, text, severity: 'error' }])

/** Failures of the service, not decisions: RFC 9110 15.5.9, 15.6; RFC 6585 4. 401 and 403 come from queries only. */
export const isTechnical = ({ status }: RawReply): boolean =>
  status >= 500 || status === 408 || status === 429 || status === 401 || status === 403

/** What a failing service says of itself, or at least the status. */
export const technical = (reply: RawReply, messages: readonly AuthorityMessage[]): Reply =>
  plainReply(
    'technical',
    messages.length > 0
      ? messages
      : [{ code: 'RST-100', text: `HTTP ${reply.status}: the service failed`, severity: 'error' }],
  )
