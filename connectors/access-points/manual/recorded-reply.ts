import type { RawReply, Reply } from '../../../gateway/contract/access-point.ts'
import { isObject, messagesAt, readJson, textAt, valuesAt } from '../support/read-json.ts'
import { unreadable } from '../support/rest-replies.ts'

/**
 * What a person recorded of the portal's answer, as JSON: `outcome` (accepted, accepted_with_warnings, rejected, pending),
 * and where there is any `reference`, `note`, `messages` (each `code`, `text`, `severity`, `path`) and `attachment` (`name`, `sha256`)
 * of the portal's own paper, which is kept beside it.
 */
export const RECORDED_REPLY = 'application/vnd.ecoc.recorded-reply+json'

const outcomes = ['accepted', 'accepted_with_warnings', 'rejected', 'pending'] as const
const parts = { code: ['code'], text: ['text'], severity: ['severity'], path: ['path'] }

/** Understands a recorded answer. The portal's own paper is evidence, but only the person says what it means. Never throws. */
export const readRecordedReply = ({ contentType, bytes }: RawReply): Reply => {
  if (contentType.split(';')[0]?.trim() !== RECORDED_REPLY)
    return unreadable('MAN-101', 'This is the paper itself: record what it means (accepted, rejected, …).')
  const json = readJson(bytes)
  const said = textAt(json, ['outcome'])
  const outcome = outcomes.find((o) => o === said)
  if (!isObject(json) || outcome === undefined)
    return unreadable('MAN-102', `A recorded answer needs an outcome: ${outcomes.join(', ')}.`)
  const severity = outcome === 'rejected' ? 'error' : outcome === 'accepted_with_warnings' ? 'warning' : 'info'
  const messages = valuesAt(json, 'messages').flatMap(() => messagesAt(json, ['messages.*'], parts, severity))
  const note = textAt(json, ['note'])
  return {
    outcome,
    reference: textAt(json, ['reference']),
    iviReferenceId: textAt(json, ['iviReferenceId'])?.toLowerCase(),
    sha256: undefined,
    messages: [...messages, ...(note === undefined ? [] : [{ code: '', text: note, severity } as const])],
  }
}
