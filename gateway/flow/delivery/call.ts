import type { RawReply } from '../../contract/index.ts'
import type { AttemptRow, EcocRow, ReceiptRow } from '../../store/tables.ts'
import { httpDateOf } from '../../clock-skew/clock-held.ts'
import { type TwoClocks, twoClocks } from '../../clock-skew/clock-watch.ts'
import { event, insert, update, type Write } from '../../store/writes.ts'
import { retryAfterMs } from '../../submission/gate.ts'
import type { AttemptResult } from '../../submission/send-attempt.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import { stillHeld } from '../lease.ts'
import type { Work } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { noteCall } from './circuit-watch.ts'

/** Keeps the raw answer before anybody interprets it. */
const keepAnswer = async (
  attempt: AttemptRow,
  reply: RawReply,
  noted: readonly Write[],
  tools: Tools,
): Promise<ReceiptRow> => {
  const at = instant(tools.clock())
  const row: ReceiptRow = {
    id: newId(),
    ecoc_id: attempt.ecoc_id,
    attempt_id: attempt.id,
    interpreted: 0,
    meaning: null,
    content_type: reply.contentType,
    raw: reply.bytes,
    received_at: at,
  }
  const ended = { state: 'answered', reply_status: reply.status, ended_at: at } as const
  await tools.store.commit([update('attempt', { id: attempt.id }, ended, 1), insert('receipt', row), ...noted])
  Object.assign(attempt, ended)
  return row
}

/** Their clock against ours: a document signed at a wrong time is refused, and nobody sees why. */
const noteTheirTime = (peer: string, result: AttemptResult, sent: TwoClocks, tools: Tools): void => {
  const time = result.kind === 'answered' ? httpDateOf(result.reply.date) : undefined
  if (time !== undefined) tools.clockWatch?.note({ peer, kind: 'http-date', time, sent, received: twoClocks() })
}

/** What came of a call: the attempt as it stands now, and the answer where one came. */
export interface Called {
  readonly attempt: AttemptRow
  readonly answer: ReceiptRow | undefined
  /** Why no answer came. */
  readonly reason: string
  /** How long the access point wants to be left alone with this document, in milliseconds. */
  readonly retryAfterMs?: number | undefined
}

/** A new attempt, not made yet. */
export const newAttempt = (
  ecoc: EcocRow,
  accessPoint: string,
  named: Pick<AttemptRow, 'operation' | 'message_id' | 'envelope_sha256'>,
  tools: Tools,
): AttemptRow => ({
  ...named,
  id: newId(),
  ecoc_id: ecoc.id,
  access_point: accessPoint,
  state: 'prepared',
  reason: null,
  outcome: null,
  reply_status: null,
  prepared_at: instant(tools.clock()),
  ended_at: null,
})

/**
 * One call to an access point: intent, act, record. `prepared` is committed with everything that is to be sent,
 * `dispatched` just before the first byte, the raw answer before it is understood.
 * @param intent what is to be done, or the attempt where a person's word prepared it
 */
export const call = async (
  work: Pick<Work, 'ecoc' | 'lease'>,
  point: ReadyAccessPoint,
  intent: { readonly attempt: AttemptRow; readonly writes?: readonly Write[]; readonly isPrepared?: boolean },
  act: () => Promise<AttemptResult>,
  tools: Tools,
): Promise<Called> => {
  const { ecoc } = work
  const { attempt } = intent
  if (!intent.isPrepared) await tools.store.commit([insert('attempt', attempt), ...(intent.writes ?? [])])
  const dispatch = update('attempt', { id: attempt.id }, { state: 'dispatched' }, 1)
  const going = update('ecoc', { id: ecoc.id }, { state: 'dispatching' }, 1)
  const { id, operation, message_id: messageId, envelope_sha256: envelopeSha256 } = attempt
  const told = event({
    at: instant(tools.clock()),
    actor: 'gateway',
    type: 'attempt.dispatched',
    subject: ecoc.id,
    detail: { attempt: id, operation, accessPoint: point.name, messageId, envelopeSha256 },
  })
  const submitting = operation === 'submit'
  const writes = [...(submitting ? [going] : []), ...(operation === 'query' ? [] : [told])]
  await tools.store.commit([stillHeld(work), dispatch, ...writes])
  // What follows compares with the row as it stands now.
  if (submitting) ecoc.state = 'dispatching'
  const sent = twoClocks()
  const result = await act()
  noteTheirTime(point.name, result, sent, tools)
  const noted = noteCall(point, result, tools)
  if (result.kind === 'answered') {
    const answer = await keepAnswer(attempt, result.reply, noted, tools)
    const wait = retryAfterMs(result.reply.retryAfter, tools.clock().getTime())
    return { attempt, answer, reason: '', retryAfterMs: wait }
  }
  const ended = {
    state: result.kind === 'unknown' ? ('unknown' as const) : ('not_sent' as const),
    reason: result.reason,
    ended_at: instant(tools.clock()),
  }
  await tools.store.commit([update('attempt', { id: attempt.id }, ended, 1), ...noted])
  return { attempt: { ...attempt, ...ended }, answer: undefined, reason: result.reason }
}
