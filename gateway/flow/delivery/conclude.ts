import type { RawReply, Receipt, ReceiptOutcome } from '../../contract/index.ts'
import { type Interpretation, interpretReply } from '../../receipts/interpret-reply.ts'
import type { AttemptRow, EcocRow, ReceiptRow } from '../../store/tables.ts'
import { update, type Write } from '../../store/writes.ts'
import { nextStepFor } from '../next-steps.ts'
import type { Rest, StepResult } from '../step.ts'
import { supersede } from '../supersede.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { delayAfter } from './limits.ts'
import { nextOfVehicle } from './turn-of-vehicle.ts'

const states: Record<ReceiptOutcome, 'accepted' | 'accepted_with_warnings' | 'rejected' | 'awaiting_receipt'> = {
  accepted: 'accepted',
  accepted_with_warnings: 'accepted_with_warnings',
  rejected: 'rejected',
  pending: 'awaiting_receipt',
}

/** A stored answer, and what is known of the way to it. */
export interface Answered {
  readonly attempt: AttemptRow
  readonly answer: ReceiptRow
  /** How often it was tried, this time included. */
  readonly tries: number
  readonly retryAfterMs?: number | undefined
}

/** It may have arrived, and the gateway itself finds out whether. */
export const inDoubt = (reason: string): Rest => ({
  state: 'outcome_unknown',
  code: 'SUB-004',
  reason,
  nextStep: 'The access point is being asked.',
})

const person = (code: string, reason: string): Rest => ({
  state: 'outcome_unknown',
  code,
  reason,
  nextStep: nextStepFor(code),
})

/** Handed in at a portal: only a person can bring the answer. */
export const awaitsReply = (reason: string): Rest => ({
  state: 'awaiting_receipt',
  code: 'SUB-007',
  reason,
  nextStep: nextStepFor('SUB-007'),
})

/** It is being processed: asked for again, or brought by a person where it cannot be asked. */
const pending = (
  reason: string,
  againMs: number,
  writes: Write[],
  { connector, config }: ReadyAccessPoint,
): StepResult => {
  if (connector.query)
    return { patch: { state: 'awaiting_receipt' }, writes, againMs, detail: { outcome: 'awaiting_receipt' } }
  if (connector.delivery(config).channel === 'hand') return { rest: awaitsReply(reason), writes }
  return { rest: person('SUB-001', `${reason}; it cannot be asked`), writes }
}

const decided = async (
  ecoc: EcocRow,
  { next, reason }: Interpretation,
  receipt: NonNullable<Interpretation['receipt']>,
  writes: Write[],
  tools: Tools,
): Promise<StepResult> => {
  const detail = { outcome: receipt.outcome, reference: receipt.reference, messages: receipt.messages }
  const patch = { receipt_reference: receipt.reference ?? ecoc.receipt_reference }
  const after = [...writes, ...(await nextOfVehicle(ecoc, tools))]
  if (next !== 'rejected') {
    const rest = { state: states[receipt.outcome] }
    return { patch, rest, writes: [...after, ...(await supersede(ecoc, 'gateway', tools))], detail }
  }
  const said = receipt.messages.map((m) => `${m.code} ${m.text}`).join('; ') || reason
  const rest: Rest = { state: 'rejected', code: 'SUB-003', reason: said, nextStep: nextStepFor('SUB-003') }
  return { patch, rest, writes: after, detail }
}

const resultOf = async (
  ecoc: EcocRow,
  meant: Interpretation,
  writes: Write[],
  againMs: number,
  point: ReadyAccessPoint,
  tools: Tools,
): Promise<StepResult> => {
  const { next, receipt, reason } = meant
  if (next === 'hold') return { rest: person('SUB-002', reason), writes }
  if (next === 'retry') return { patch: { state: 'dispatching' }, writes, againMs }
  if (next === 'awaiting_receipt') return pending(reason, againMs, writes, point)
  if (next === 'ask' || !receipt) return { rest: inDoubt(reason), writes, againMs }
  return decided(ecoc, meant, receipt, writes, tools)
}

/** Understands a stored answer. Runs again after a crash with the same result. */
export const conclude = (
  ecoc: EcocRow,
  { attempt, answer, tries, retryAfterMs = 0 }: Answered,
  point: ReadyAccessPoint,
  tools: Tools,
): Promise<StepResult> => {
  const raw: RawReply = { status: attempt.reply_status ?? 0, contentType: answer.content_type, bytes: answer.raw }
  const reply = point.connector.parse(point.config, raw)
  const { idempotentByReference, duplicate, channel } = point.connector.delivery(point.config)
  const meant = interpretReply(reply, {
    iviReferenceId: ecoc.ivi_reference_id ?? ('' as never),
    sha256: ecoc.signed_sha256 ?? ('' as never),
    operation: attempt.operation === 'query' ? 'query' : 'submit',
    idempotentByReference,
    duplicate,
    // Whoever takes a file from where we put it says nothing before the answer is there.
    isTurnedAway: attempt.reply_status === 429,
    isAwaited: channel === 'drop' && ecoc.state === 'awaiting_receipt',
  })
  const receipt: Receipt | undefined = meant.receipt && { ...meant.receipt, receivedAt: answer.received_at }
  const writes = [
    update('receipt', { id: answer.id }, { interpreted: 1, meaning: receipt ? JSON.stringify(receipt) : null }),
    update('attempt', { id: attempt.id }, { outcome: reply.outcome, reason: meant.reason }),
  ]
  return resultOf(ecoc, meant, writes, Math.max(delayAfter(tries, point, tools), retryAfterMs), point, tools)
}
