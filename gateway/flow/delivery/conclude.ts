import type { RawReply, Receipt, ReceiptOutcome } from '../../contract/index.ts'
import { type Interpretation, interpretReply } from '../../receipts/interpret-reply.ts'
import type { AttemptRow, EcocRow, ReceiptRow } from '../../store/tables.ts'
import { update, type Write } from '../../store/writes.ts'
import { backOffDelay } from '../../submission/back-off.ts'
import { supersede } from '../supersede.ts'
import { nextStepFor } from '../next-steps.ts'
import type { StepResult } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'

/** Delay before the next try, by the site's delivery settings. */
export const delayAfter = (tries: number, tools: Tools): number => {
  const { firstRetry, retryFactor, longestRetry } = tools.config.delivery
  const settings = { firstMs: firstRetry, factor: retryFactor, capMs: longestRetry, jitter: 0.2 }
  return Math.round(backOffDelay(tries, Math.random(), settings))
}

const states: Record<ReceiptOutcome, 'accepted' | 'accepted_with_warnings' | 'rejected' | 'awaiting_receipt'> = {
  accepted: 'accepted',
  accepted_with_warnings: 'accepted_with_warnings',
  rejected: 'rejected',
  pending: 'awaiting_receipt',
}

const resultOf = async (
  ecoc: EcocRow,
  meant: Interpretation,
  writes: Write[],
  tries: number,
  tools: Tools,
): Promise<StepResult> => {
  const { next, receipt, reason } = meant
  if (next === 'hold') {
    const rest = { state: 'outcome_unknown', code: 'SUB-002', reason, nextStep: nextStepFor('SUB-002') } as const
    return { rest, writes }
  }
  if (next === 'retry') return { patch: { state: 'dispatching' }, writes, againMs: delayAfter(tries, tools) }
  if (next === 'ask' || !receipt) {
    const rest = {
      state: 'outcome_unknown',
      code: 'SUB-004',
      reason,
      nextStep: 'The access point is being asked.',
    } as const
    return { rest, writes, againMs: delayAfter(tries, tools) }
  }
  if (next === 'awaiting_receipt')
    return {
      patch: { state: 'awaiting_receipt' },
      writes,
      againMs: delayAfter(tries, tools),
      detail: { outcome: next },
    }
  const detail = { outcome: receipt.outcome, reference: receipt.reference, messages: receipt.messages }
  const patch = { receipt_reference: receipt.reference ?? null }
  if (next !== 'rejected')
    return {
      patch,
      rest: { state: states[receipt.outcome] },
      writes: [...writes, ...(await supersede(ecoc, 'gateway', tools))],
      detail,
    }
  const said = receipt.messages.map((m) => `${m.code} ${m.text}`).join('; ') || reason
  return {
    patch,
    rest: { state: 'rejected', code: 'SUB-003', reason: said, nextStep: nextStepFor('SUB-003') },
    writes,
    detail,
  }
}

/** Understands a stored answer. Runs again after a crash with the same result. */
export const conclude = (
  ecoc: EcocRow,
  attempt: AttemptRow,
  row: ReceiptRow,
  tries: number,
  point: ReadyAccessPoint,
  tools: Tools,
): Promise<StepResult> => {
  const raw: RawReply = { status: attempt.reply_status ?? 0, contentType: row.content_type, bytes: row.raw }
  const reply = point.connector.parse(point.config, raw)
  const meant = interpretReply(reply, {
    iviReferenceId: ecoc.ivi_reference_id ?? ('' as never),
    sha256: ecoc.signed_sha256 ?? ('' as never),
    operation: attempt.operation,
    idempotentByReference: point.connector.delivery(point.config).idempotentByReference,
  })
  const receipt: Receipt | undefined = meant.receipt && { ...meant.receipt, receivedAt: row.received_at }
  const writes = [
    update('receipt', { id: row.id }, { interpreted: 1, meaning: receipt ? JSON.stringify(receipt) : null }),
    update('attempt', { id: attempt.id }, { outcome: reply.outcome, reason: meant.reason }),
  ]
  return resultOf(ecoc, meant, writes, tries, tools)
}
