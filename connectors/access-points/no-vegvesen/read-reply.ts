import type { RawReply, Reply } from '../../../gateway/contract/access-point.ts'
import type { AuthorityMessage } from '../../../gateway/contract/flow.ts'
import { isObject, messagesAt, readJson, textAt } from '../support/read-json.ts'
import { isTechnical, plainReply, technical, unreadable } from '../support/rest-replies.ts'
import type { NoVegvesenConfig } from './config.ts'

/** One answer; in array mode a list of one. */
const single = (bytes: Buffer): Record<string, unknown> | undefined => {
  const json = readJson(bytes)
  const one: unknown = Array.isArray(json) && json.length === 1 ? json[0] : json
  return isObject(one) ? one : undefined
}

const isPositive = (status: number): boolean => status === 200

const messagesOf = (config: NoVegvesenConfig, status: number, json: unknown): AuthorityMessage[] => {
  const { messages, warnings, message, warningWhen } = config.reply
  const hint = new RegExp(warningWhen, 'iu')
  const said = messagesAt(json, messages, message, isPositive(status) ? 'info' : 'error').map((m) =>
    isPositive(status) && m.severity === 'info' && hint.test(m.text) ? { ...m, severity: 'warning' as const } : m,
  )
  return [...said, ...messagesAt(json, warnings, message, 'warning')]
}

/**
 * Understands an `EcocStatusResponse`: 200 pre-registered (or deleted), 400 and 422 refused, 500 failed. Both a yes and a no may
 * carry warnings. Never throws: what cannot be understood is `unreadable`.
 */
export const readReply = (config: NoVegvesenConfig, reply: RawReply): Reply => {
  const json = single(reply.bytes)
  const messages = messagesOf(config, reply.status, json)
  if (isTechnical(reply)) return technical(reply, messages)
  if (!json) return unreadable('RST-101', `HTTP ${reply.status}: the answer is no acceptable JSON object`)
  const iviReferenceId = textAt(json, config.reply.iviReferenceId)?.toLowerCase()
  const about = { reference: textAt(json, config.reply.vin), iviReferenceId, sha256: undefined, messages }
  if (isPositive(reply.status)) {
    if (iviReferenceId === undefined && messages.length === 0)
      return unreadable('RST-102', 'The answer says neither what it is about nor what happened.')
    // An error under a positive status contradicts itself.
    if (messages.some((m) => m.severity === 'error'))
      return unreadable('RST-103', 'The answer reports errors under a positive status.')
    const warned = messages.some((m) => m.severity === 'warning')
    return { outcome: warned ? 'accepted_with_warnings' : 'accepted', ...about }
  }
  if ((reply.status !== 400 && reply.status !== 422) || messages.length === 0)
    return unreadable('RST-102', `HTTP ${reply.status}: the answer is no refusal that the configuration knows`)
  const { duplicateWhen } = config.reply
  const known = duplicateWhen !== undefined && messages.some((m) => new RegExp(duplicateWhen, 'iu').test(m.text))
  return known ? { ...plainReply('duplicate', messages), iviReferenceId } : { outcome: 'rejected', ...about }
}
