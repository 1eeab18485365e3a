import { randomUUID } from 'node:crypto'
import { GatewayError, type MessageId, type RawReply } from '../../contract/index.ts'
import type { AttemptRow, ReceiptRow } from '../../store/tables.ts'
import { update, type Write } from '../../store/writes.ts'
import { cancelAttempt } from '../../submission/send-attempt.ts'
import { nextStepFor } from '../next-steps.ts'
import type { Rest, StepResult, Work } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { call, newAttempt } from './call.ts'
import { contextFor } from './context.ts'
import { askLeave, delayAfter } from './limits.ts'

const refusedWithdrawal = (state: Rest['state'], reason: string): Rest => ({
  state,
  code: 'SUB-010',
  reason,
  nextStep: nextStepFor('SUB-010'),
})

/** Answers by which it stays where it is. */
const refusals: ReadonlySet<string> = new Set(['rejected', 'duplicate', 'not_found'])

/**
 * Understands the answer to a withdrawal. "Not found" means withdrawn where an earlier try may have arrived; without one the
 * access point holds nothing of what it accepted, which a person must hear of.
 */
const concludeWithdrawal = (
  work: Pick<Work, 'ecoc'>,
  attempts: readonly AttemptRow[],
  attempt: AttemptRow,
  answer: ReceiptRow,
  point: ReadyAccessPoint,
  againMs: number,
): StepResult => {
  const { ecoc } = work
  const raw: RawReply = { status: attempt.reply_status ?? 0, contentType: answer.content_type, bytes: answer.raw }
  const reply = point.connector.parse(point.config, raw)
  const writes: Write[] = [
    update('receipt', { id: answer.id }, { interpreted: 1 }),
    update('attempt', { id: attempt.id }, { outcome: reply.outcome }),
  ]
  const earlier = attempts.filter((a) => a.operation === 'cancel' && a.id !== attempt.id)
  // A refusal settled what was asked before it.
  const settled = earlier.findLastIndex((a) => refusals.has(a.outcome ?? ''))
  const mayBeGone = earlier.slice(settled + 1).some((a) => a.state !== 'not_sent')
  const isOther =
    reply.iviReferenceId !== undefined && reply.iviReferenceId.toLowerCase() !== ecoc.ivi_reference_id?.toLowerCase()
  const isWithdrawn =
    !isOther &&
    (reply.outcome === 'accepted' ||
      reply.outcome === 'accepted_with_warnings' ||
      (reply.outcome === 'not_found' && mayBeGone))
  const said = reply.messages.map((m) => `${m.code} ${m.text}`).join('; ')
  if (isWithdrawn) {
    const reason = `Withdrawn at access point ${point.name}.`
    return { rest: { state: 'cancelled', reason }, writes, detail: { withdrawn: true, messages: reply.messages } }
  }
  if (!isOther && refusals.has(reply.outcome)) {
    const why = said === '' ? `The access point did not withdraw it (${reply.outcome}).` : said
    return { rest: refusedWithdrawal(ecoc.state, why), writes, detail: { withdrawn: false } }
  }
  // No decision yet: to withdraw twice withdraws once.
  return { writes, againMs }
}

/** Withdraws what the access point accepted, as a person asked. Repeated until it answers: twice is once. */
export const withdraw = async (
  work: Pick<Work, 'ecoc' | 'lease'>,
  attempts: readonly AttemptRow[],
  point: ReadyAccessPoint,
  tools: Tools,
): Promise<StepResult> => {
  const { ecoc } = work
  const asked = attempts.filter((a) => a.operation === 'cancel')
  const last = asked.at(-1)
  const reference = ecoc.ivi_reference_id
  if (!last || !reference)
    throw new GatewayError({ kind: 'bug', code: 'FLO-903', message: `Nobody asked to withdraw eCoC ${ecoc.id}.` })
  const againMs = delayAfter(asked.length, point, tools)
  const open = await tools.store.receipts.uninterpreted(ecoc.id, 'withdrawal')
  const answered = open && asked.find((a) => a.id === open.attempt_id)
  if (open && answered) return concludeWithdrawal(work, attempts, answered, open, point, againMs)
  const refused = await askLeave(point, tools)
  if (refused) return refused
  const isPrepared = last.state === 'prepared'
  const named = { operation: 'cancel' as const, message_id: randomUUID() as MessageId, envelope_sha256: null }
  const attempt = isPrepared ? last : newAttempt(ecoc, point.name, named, tools)
  const context = await contextFor(ecoc, point, tools)
  const act = (): ReturnType<typeof cancelAttempt> =>
    cancelAttempt(point.connector, point.config, reference, attempt.message_id, context)
  const called = await call(work, point, { attempt, isPrepared }, act, tools)
  if (!called.answer) return { againMs }
  const wait = Math.max(againMs, called.retryAfterMs ?? 0)
  return concludeWithdrawal(work, attempts, called.attempt, called.answer, point, wait)
}
