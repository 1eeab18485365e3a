import type { RawReply, Reply } from '../../../gateway/contract/access-point.ts'
import type { AuthorityMessage } from '../../../gateway/contract/flow.ts'
import { isObject, messagesAt, readJson, textAt, valuesAt } from '../support/read-json.ts'
import { isTechnical, plainReply, technical, unreadable } from '../support/rest-replies.ts'
import type { GbVcaConfig } from './config.ts'

const plain = (word: string): string => word.toLowerCase().replace(/[\s_-]/g, '')

const outcomeOf = (config: GbVcaConfig, word: string): Reply['outcome'] | undefined =>
  Object.entries(config.statuses).find(([known]) => plain(known) === plain(word))?.[1]

/** Which submission an answer speaks of. */
const aboutOf = ({ reply }: GbVcaConfig, json: object): Pick<Reply, 'reference' | 'iviReferenceId' | 'sha256'> => ({
  reference: textAt(json, reply.submissionId),
  iviReferenceId: textAt(json, reply.iviReferenceId)?.toLowerCase(),
  sha256: textAt(json, reply.sha256)?.toLowerCase(),
})

const ofError = (config: GbVcaConfig, status: number, json: object, messages: readonly AuthorityMessage[]): Reply => {
  const says = (codes: readonly string[]): boolean => messages.some((m) => codes.includes(m.code))
  if (says(config.codes.technical)) return plainReply('technical', messages)
  if (status === 409 || says(config.codes.duplicate))
    return { outcome: 'duplicate', ...aboutOf(config, json), messages }
  if (status === 404 && says(config.codes.notFound)) return plainReply('not_found', messages)
  // A proxy or gateway on the way has error pages too: only a structured error is the authority's word.
  if ([400, 413, 415, 422].includes(status) && messages.length > 0)
    return { outcome: 'rejected', ...aboutOf(config, json), messages }
  return unreadable('RST-102', `HTTP ${status}: the answer is no error that the configuration knows`)
}

const ofAnswer = (config: GbVcaConfig, reply: RawReply, json: object): Reply => {
  const paths = config.reply
  const word = textAt(json, paths.status)
  const about = aboutOf(config, json)
  const { reference } = about
  const found = paths.found.flatMap((at) => valuesAt(json, at)).find((v) => Array.isArray(v))
  if (found && found.length > 1)
    return unreadable('RST-104', `The answer speaks of ${found.length} submissions; it does not say which one counts.`)
  const nothingFound = found?.length === 0
  if (word === undefined && reference === undefined && nothingFound) return plainReply('not_found', [])
  // 202 says that it is queued, whatever word comes along.
  const told = word === undefined ? undefined : outcomeOf(config, word)
  const outcome =
    told ?? (reply.status === 202 && reference !== undefined && word === undefined ? 'pending' : undefined)
  if (outcome === undefined)
    return unreadable(
      'RST-102',
      `HTTP ${reply.status}: status ${word ?? 'absent'} is none that the configuration knows`,
    )
  const messages = messagesAt(json, paths.messages, paths.message, outcome === 'rejected' ? 'error' : 'warning')
  const warned = outcome === 'accepted' && messages.some((m) => m.severity !== 'info')
  return {
    outcome: warned ? 'accepted_with_warnings' : outcome,
    ...about,
    messages,
  }
}

/** Of an error: those in its lists, then its own code and text. */
const errorsOf = (config: GbVcaConfig, json: unknown): AuthorityMessage[] => {
  const { messages: at, message } = config.reply
  return [...messagesAt(json, at, message, 'error'), ...messagesAt([json], ['*'], message, 'error')]
}

/** Understands an answer of the VCA's API. Never throws: what cannot be understood is `unreadable`. */
export const readReply = (config: GbVcaConfig, reply: RawReply): Reply => {
  const json = readJson(reply.bytes)
  if (isTechnical(reply)) return technical(reply, errorsOf(config, json))
  if (!isObject(json)) return unreadable('RST-101', `HTTP ${reply.status}: the answer is no acceptable JSON object`)
  if (reply.status >= 200 && reply.status < 300) return ofAnswer(config, reply, json)
  return ofError(config, reply.status, json, errorsOf(config, json))
}
