import type { RawReply } from '../../contract/index.ts'
import type { AttemptRow, ReceiptRow } from '../../store/tables.ts'
import { httpDateOf } from '../../clock-skew/clock-held.ts'
import { type TwoClocks, twoClocks } from '../../clock-skew/clock-watch.ts'
import { event, insert, update, type Write } from '../../store/writes.ts'
import { afterAttempt } from '../../submission/circuit-breaker.ts'
import type { AttemptResult } from '../../submission/send-attempt.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import { stillHeld } from '../lease.ts'
import type { Work } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'

export const circuitSettings = (tools: Tools): { failuresToOpen: number; probeEveryMs: number } => ({
  failuresToOpen: tools.config.delivery.failuresToOpen,
  probeEveryMs: tools.config.delivery.probeEvery,
})

/** Keeps the raw answer before anybody interprets it. */
const keepAnswer = async (attempt: AttemptRow, reply: RawReply, tools: Tools): Promise<ReceiptRow> => {
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
  await tools.store.commit([update('attempt', { id: attempt.id }, ended, 1), insert('receipt', row)])
  Object.assign(attempt, ended)
  return row
}

/** Their clock against ours: a document signed at a wrong time is refused, and nobody sees why. */
const noteTheirTime = (peer: string, result: AttemptResult, sent: TwoClocks, tools: Tools): void => {
  const time = result.kind === 'answered' ? httpDateOf(result.reply.date) : undefined
  if (time !== undefined) tools.clockWatch?.note({ peer, kind: 'http-date', time, sent, received: twoClocks() })
}

/**
 * One call to an access point: intent, act, record. `prepared` is committed with everything that is to be sent,
 * `dispatched` just before the first byte, the raw answer before it is understood.
 */
export const call = async (
  work: Pick<Work, 'ecoc' | 'lease'>,
  point: ReadyAccessPoint,
  intent: Pick<AttemptRow, 'operation' | 'message_id' | 'envelope_sha256'> & { readonly writes: readonly Write[] },
  act: () => Promise<AttemptResult>,
  tools: Tools,
): Promise<{ attempt: AttemptRow; answer: ReceiptRow | undefined; reason: string }> => {
  const { ecoc } = work
  const { writes, ...named } = intent
  const attempt: AttemptRow = {
    ...named,
    id: newId(),
    ecoc_id: ecoc.id,
    access_point: point.name,
    state: 'prepared',
    reason: null,
    outcome: null,
    reply_status: null,
    prepared_at: instant(tools.clock()),
    ended_at: null,
  }
  await tools.store.commit([insert('attempt', attempt), ...writes])
  const submitting = attempt.operation === 'submit'
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
  await tools.store.commit([stillHeld(work), dispatch, ...(submitting ? [going, told] : [])])
  // What follows compares with the row as it stands now.
  if (submitting) ecoc.state = 'dispatching'
  const sent = twoClocks()
  const result = await act()
  noteTheirTime(point.name, result, sent, tools)
  point.circuit = afterAttempt(point.circuit, result.kind, tools.clock().getTime(), circuitSettings(tools))
  if (result.kind === 'answered') {
    const answer = await keepAnswer(attempt, result.reply, tools)
    return { attempt, answer, reason: '' }
  }
  const ended = {
    state: result.kind === 'unknown' ? ('unknown' as const) : ('not_sent' as const),
    reason: result.reason,
    ended_at: instant(tools.clock()),
  }
  await tools.store.commit([update('attempt', { id: attempt.id }, ended, 1)])
  return { attempt: { ...attempt, ...ended }, answer: undefined, reason: result.reason }
}
