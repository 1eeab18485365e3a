import type { RawReply, Reply } from '../../../gateway/contract/access-point.ts'
import type { AuthorityMessage } from '../../../gateway/contract/flow.ts'
import { isObject, readJson, textAt } from '../support/read-json.ts'
import { plainReply, unreadable } from '../support/rest-replies.ts'
import type { ReplyFormat } from './config.ts'
import { openReply, type ReplyReader } from './reply-readers.ts'

/** What we note of the drop itself, as against a file of the authority's. */
export const DROP_NOTE = 'application/vnd.ecoc.file-drop+json'

/**
 * `put`: it lies there now; `already`: the same content lay there; `other`: another content lies under its name; `waiting`: it still
 * lies there; `taken`: the other side has it; `absent`: neither document nor reply is there.
 */
export type DropState = 'put' | 'already' | 'other' | 'waiting' | 'taken' | 'absent'

export const dropNote = (state: DropState, file: string, sha256?: string): RawReply => ({
  status: 200,
  contentType: DROP_NOTE,
  bytes: Buffer.from(JSON.stringify({ state, file, ...(sha256 === undefined ? {} : { sha256 }) })),
})

const outcomes: Readonly<Record<string, Reply['outcome']>> = {
  put: 'pending',
  already: 'pending',
  other: 'duplicate',
  waiting: 'pending',
  taken: 'pending',
  absent: 'not_found',
}

const readNote = (bytes: Buffer): Reply => {
  const json = readJson(bytes)
  const state = textAt(json, ['state']) ?? ''
  const outcome = isObject(json) && Object.hasOwn(outcomes, state) ? outcomes[state] : undefined
  if (outcome === undefined) return unreadable('FDR-101', 'The note of the drop cannot be read.')
  return { ...plainReply(outcome, []), sha256: textAt(json, ['sha256']) }
}

const severityOf = (text: string | undefined, outcome: string): AuthorityMessage['severity'] => {
  const word = text?.toLowerCase()
  if (word === 'error' || word === 'warning' || word === 'info') return word
  return outcome === 'rejected' ? 'error' : 'warning'
}

const messagesOf = (reader: ReplyReader, format: ReplyFormat, outcome: string): AuthorityMessage[] => {
  if (!format.messages) return []
  const { each, ...parts } = format.messages
  const named = format.format === 'text'
  return reader.each(each).map((m) => {
    const part = (name: keyof typeof parts): string | undefined => {
      const expression = named ? name : parts[name]
      return expression === undefined ? undefined : m.text(expression)
    }
    const path = part('path')
    return {
      code: part('code') ?? '',
      text: part('text') ?? '',
      severity: severityOf(part('severity'), outcome),
      ...(path === undefined ? {} : { path }),
    }
  })
}

const classify = (reader: ReplyReader, format: ReplyFormat): Reply => {
  const fits = new Set(format.outcomes.filter((o) => reader.holds(o.when)).map((o) => o.outcome))
  const [outcome, ...others] = fits
  if (outcome === undefined) return unreadable('FDR-102', 'No outcome of the configuration fits the reply file.')
  if (others.length > 0) return unreadable('FDR-103', `The reply file fits several outcomes: ${[...fits].join(', ')}.`)
  const value = (expression: string | undefined): string | undefined =>
    expression === undefined ? undefined : reader.text(expression)
  return {
    outcome,
    reference: value(format.reference),
    iviReferenceId: value(format.iviReferenceId)?.toLowerCase(),
    sha256: value(format.sha256)?.toLowerCase(),
    messages: messagesOf(reader, format, outcome),
  }
}

/** Understands a note of the drop, or a reply file by the configured expressions. Never throws. */
export const readReply = (format: ReplyFormat, reply: RawReply): Reply => {
  if (reply.contentType === DROP_NOTE) return readNote(reply.bytes)
  try {
    const opened = openReply(format, reply.bytes, (reader) => classify(reader, format))
    return 'value' in opened ? opened.value : unreadable('FDR-101', `The reply file is ${opened.problem}.`)
  } catch (error) {
    return unreadable('FDR-101', `The reply file cannot be read: ${error instanceof Error ? error.message : 'unknown'}`)
  }
}
