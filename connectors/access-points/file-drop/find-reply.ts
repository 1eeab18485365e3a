import { setTimeout as pause } from 'node:timers/promises'
import type { RawReply } from '../../../gateway/contract/access-point.ts'
import { MAX_REPLY_BYTES } from '../support/call-rest.ts'
import type { FileDropConfig } from './config.ts'
import { nameMatcher } from './file-names.ts'
import type { Entry, Place } from './place.ts'
import { dropNote } from './read-reply.ts'

const same = (a: Entry | undefined, b: Entry): boolean => a?.size === b.size && a.version === b.version

/** The latest reply that is whole: its marker lies beside it, or it stood still between two looks. */
const wholeReply = async (
  { replies, reply }: FileDropConfig,
  isReply: (name: string) => boolean,
  place: Place,
  signal: AbortSignal,
): Promise<Entry | 'unfinished' | undefined> => {
  const entries = await place.list(replies)
  const names = new Set(entries.map((e) => e.name))
  const marker = (name: string): string | undefined => reply.readyMarker?.replace('{name}', name)
  const markers = new Set([...names].map(marker))
  const found = entries
    .filter((e) => isReply(e.name) && !markers.has(e.name))
    .sort((a, b) => Number.parseFloat(b.version) - Number.parseFloat(a.version))
  const [latest] = found
  if (!latest) return undefined
  const ready = marker(latest.name)
  if (ready !== undefined) return names.has(ready) ? latest : 'unfinished'
  await pause(reply.settle, undefined, { signal })
  const again = (await place.list(replies)).find((e) => e.name === latest.name)
  return same(again, latest) ? latest : 'unfinished'
}

/** What is known of a document by its reference: the reply, or where the document lies. */
export const findReply = async (
  config: FileDropConfig,
  iviReferenceId: string,
  place: Place,
  signal: AbortSignal,
): Promise<RawReply> => {
  const isReply = nameMatcher(config.reply.name, iviReferenceId)
  const isDocument = nameMatcher(config.name, iviReferenceId)
  const reply = await wholeReply(config, isReply, place, signal)
  if (reply === 'unfinished') return dropNote('taken', '')
  if (reply) {
    const bytes = await place.read(config.replies, reply.name, MAX_REPLY_BYTES)
    if (bytes) return { status: 200, contentType: 'application/octet-stream', bytes }
  }
  const lies = async (folder: string): Promise<Entry | undefined> =>
    (await place.list(folder)).find((e) => isDocument(e.name))
  const waiting = await lies(config.outbox)
  if (waiting) return dropNote('waiting', waiting.name)
  const taken = config.taken === undefined ? undefined : await lies(config.taken)
  return taken ? dropNote('taken', taken.name) : dropNote('absent', '')
}
