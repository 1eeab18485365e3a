import type { AttemptRow, EcocRow, ReceiptRow } from '../../store/tables.ts'
import { event, insert, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { newId } from '../../support/new-id.ts'
import { ecocMovedAnswers } from '../answers.ts'
import { newAttempt } from '../delivery/call.ts'
import { awaitsReply } from '../delivery/conclude.ts'
import { envelopeFor } from '../delivery/envelope-for.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { refuse, wrongState } from './refuse.ts'

/** What a portal answered, in the words of the person who read it. */
export interface ReplyInput {
  readonly outcome: 'accepted' | 'accepted_with_warnings' | 'rejected' | 'pending'
  /** The authority's own reference. */
  readonly reference?: string | undefined
  readonly note?: string | undefined
  readonly messages?: readonly { readonly code?: string | undefined; readonly text: string }[] | undefined
  /** The reply as it came: a page, a mail, a PDF. */
  readonly file?: { readonly name: string; readonly contentType: string; readonly bytes: Buffer } | undefined
}

const statementType = 'application/vnd.ecoc.recorded-reply+json'

/** @throws GatewayError ACT-443 its access point is called by the gateway itself */
const handPoint = (ecoc: EcocRow, tools: Tools): ReadyAccessPoint => {
  const point = tools.accessPoints.get(ecoc.access_point ?? '')
  if (point && point.connector.delivery(point.config).channel === 'hand') return point
  const message = `Access point ${ecoc.access_point ?? ''} is called by the gateway itself.`
  throw refuse(409, 'ACT-443', message, 'Only what goes to a portal is handed in by a person.')
}

const openHandIn = (attempts: readonly AttemptRow[]): AttemptRow | undefined =>
  attempts.findLast((a) => a.operation === 'submit' && a.state !== 'not_sent')

interface HandedIn {
  readonly attempt: AttemptRow
  readonly writes: Write[]
}

/** The attempt that a person made: from now on it may have arrived, and is never handed in anew by itself. */
const handIn = async (ecoc: EcocRow, note: string, actor: string, tools: Tools): Promise<HandedIn> => {
  const point = handPoint(ecoc, tools)
  const attempts = await tools.store.attempts.of(ecoc.id)
  const { messageId, stored, writes } = await envelopeFor(ecoc, attempts, point, tools)
  const at = instant(tools.clock())
  const named = {
    operation: 'submit' as const,
    message_id: messageId,
    envelope_sha256: sha256(stored),
  }
  const reason = `Handed in at the portal by ${actor}${note === '' ? '' : `: ${note}`}`
  const attempt: AttemptRow = { ...newAttempt(ecoc, point.name, named, tools), state: 'unknown', reason, ended_at: at }
  const detail = { note, attempt: attempt.id, accessPoint: point.name, messageId, envelopeSha256: sha256(stored) }
  return {
    attempt,
    writes: [
      ...writes,
      insert('attempt', attempt),
      event({ at, actor, type: 'ecoc.handed_in', subject: ecoc.id, detail }),
    ],
  }
}

const isLaidReady = (ecoc: EcocRow): boolean => ecoc.state === 'held' && ecoc.reason_code === 'SUB-006'

/**
 * A person handed the document in at the portal.
 * @throws GatewayError ACT-409 it does not wait for that, ACT-443
 */
export const submittedByHand = async (ecoc: EcocRow, note: string, actor: string, tools: Tools): Promise<Write[]> => {
  if (!isLaidReady(ecoc)) throw wrongState('submitted', ecoc.state)
  const { attempt, writes } = await handIn(ecoc, note, actor, tools)
  const { state, code = null, reason = null, nextStep = null } = awaitsReply(attempt.reason ?? '')
  const set = { state, reason_code: code, reason, next_step: nextStep, updated_at: instant(tools.clock()) }
  return [
    update('ecoc', { id: ecoc.id, state: ecoc.state, reason_code: ecoc.reason_code }, set, 1),
    ...writes,
    ...(await ecocMovedAnswers(ecoc, state, tools)),
  ]
}

/**
 * A person brings the portal's reply. It is stored raw, with what the person read in it; the submission stage understands it.
 * @throws GatewayError ACT-409 it does not wait for that, ACT-443
 */
export const recordReply = async (ecoc: EcocRow, input: ReplyInput, actor: string, tools: Tools): Promise<Write[]> => {
  const isHandedIn = ecoc.state === 'awaiting_receipt'
  if (!isLaidReady(ecoc) && !isHandedIn) throw wrongState('reply', ecoc.state)
  handPoint(ecoc, tools)
  if (isHandedIn && ecoc.reason_code === null)
    throw refuse(409, 'ACT-409', 'A reply was brought already and is being read.', 'Look again in a moment.')
  const open = isHandedIn ? openHandIn(await tools.store.attempts.of(ecoc.id)) : undefined
  const handed = open ? { attempt: open, writes: [] } : await handIn(ecoc, input.note ?? '', actor, tools)
  const at = instant(tools.clock())
  const { outcome, reference, note, messages, file } = input
  const attachment = file && { name: file.name, sha256: sha256(file.bytes) }
  const said = { outcome, reference, note, messages, attachment, recordedBy: actor }
  const receipt = (interpreted: 0 | 1, content_type: string, raw: Buffer): ReceiptRow => ({
    ...{ id: newId(), ecoc_id: ecoc.id, attempt_id: handed.attempt.id, interpreted, meaning: null },
    ...{ content_type, raw, received_at: at },
  })
  const job = { ecoc_id: ecoc.id, stage: 'submission', next_run_at: at, owner: null, lease_until: null, tries: 0 }
  const waiting = {
    state: 'awaiting_receipt',
    reason: null,
    reason_code: null,
    next_step: null,
    updated_at: at,
  } as const
  return [
    // Of two replies at once one fails: what is brought is read before the next.
    update('ecoc', { id: ecoc.id, state: ecoc.state, reason_code: ecoc.reason_code }, waiting, 1),
    ...handed.writes,
    update('attempt', { id: handed.attempt.id }, { state: 'answered', reply_status: 200 }, 1),
    ...(file ? [insert('receipt', receipt(1, file.contentType, file.bytes))] : []),
    insert('receipt', receipt(0, statementType, Buffer.from(JSON.stringify(said)))),
    upsert('job', { ...job, lane: ecoc.access_point }),
    event({
      at,
      actor,
      type: 'ecoc.reply_recorded',
      subject: ecoc.id,
      detail: { outcome, reference, note, attachment },
    }),
  ]
}
