import type { DeliveryProfile, Reply } from '../../../gateway/contract/access-point.ts'
import type { IviReferenceId, Sha256 } from '../../../gateway/contract/ids.ts'
import { interpretReply } from '../../../gateway/receipts/interpret-reply.ts'
import { backOffDelay } from '../../../gateway/submission/back-off.ts'
import { afterAttempt, askToSend, closedCircuit, type Circuit } from '../../../gateway/submission/circuit-breaker.ts'
import { resolveUnknown, type UnknownOutcome } from '../../../gateway/submission/resolve-unknown.ts'

export const submitFaults = [
  'none',
  'unreachable',
  'lost-on-the-way',
  'cut-after',
  'processed-late',
  'technical-before',
  'technical-after',
  'malformed-after',
  'wrong-receipt-after',
  'duplicate-without-hash',
  'pending',
] as const
export const queryFaults = ['none', 'unreachable', 'lost', 'malformed', 'technical', 'wrong-receipt'] as const
export interface Fault {
  readonly submit: (typeof submitFaults)[number]
  readonly query: (typeof queryFaults)[number]
  /** 0 to 1: how much of the longest processing time a late one takes, and the jitter. */
  readonly share: number
}
const noFault: Fault = { submit: 'none', query: 'none', share: 0.5 }

const reference = '6a2957d3-4a32-41a6-a2d0-50681e0bf5e1' as IviReferenceId
const hash = 'ab'.repeat(32) as Sha256
const TIMEOUT = 60_000

type Call = { kind: 'answered'; reply: Reply } | { kind: 'not_dispatched' } | { kind: 'unknown' }

const reply = (outcome: Reply['outcome'], more: Partial<Reply> = {}): Call => ({
  kind: 'answered',
  reply: { outcome, reference: undefined, iviReferenceId: reference, sha256: hash, messages: [], ...more },
})
const wrong = reply('accepted', { iviReferenceId: 'another', sha256: undefined })

/** An access point as bad as they come. One that is not idempotent processes what it gets as often as it gets it. */
const makeAccessPoint = (delivery: Pick<DeliveryProfile, 'idempotentByReference' | 'maxProcessingMs'>) => {
  const due: number[] = []
  let count = 0
  const settle = (now: number): void => {
    for (const at of due.splice(0)) {
      if (at > now) due.push(at)
      else if (count === 0 || !delivery.idempotentByReference) count++
    }
  }
  return {
    count: () => count,
    submit(now: number, fault: Fault): Call {
      settle(now)
      if (fault.submit === 'unreachable') return { kind: 'not_dispatched' }
      if (fault.submit === 'lost-on-the-way') return { kind: 'unknown' }
      if (fault.submit === 'technical-before') return reply('technical', { iviReferenceId: undefined })
      const known = count > 0 && delivery.idempotentByReference
      const late = fault.submit === 'processed-late' || fault.submit === 'pending'
      due.push(now + (late ? fault.share * delivery.maxProcessingMs : 0))
      settle(now)
      if (fault.submit === 'processed-late' || fault.submit === 'cut-after') return { kind: 'unknown' }
      if (fault.submit === 'technical-after') return reply('technical', { iviReferenceId: undefined })
      if (fault.submit === 'malformed-after') return reply('unreadable', { iviReferenceId: undefined })
      if (fault.submit === 'wrong-receipt-after') return wrong
      if (fault.submit === 'duplicate-without-hash') return reply('duplicate', { sha256: undefined })
      if (fault.submit === 'pending') return reply(known ? 'duplicate' : 'pending')
      return reply(known ? 'duplicate' : 'accepted')
    },
    query(now: number, fault: Fault): Call {
      settle(now)
      if (fault.query === 'unreachable') return { kind: 'not_dispatched' }
      if (fault.query === 'lost') return { kind: 'unknown' }
      if (fault.query === 'malformed') return reply('unreadable', { iviReferenceId: undefined })
      if (fault.query === 'technical') return reply('technical', { iviReferenceId: undefined })
      if (fault.query === 'wrong-receipt') return wrong
      // What is still in process is not always visible: the nastiest case for whoever asks.
      return count > 0 ? reply('accepted') : reply('not_found', { sha256: undefined })
    },
  }
}

export interface Settings {
  readonly delivery: UnknownOutcome['delivery']
  readonly canQuery: boolean
  /** What decides after an unknown outcome; replaced to show that the model can fail. */
  readonly decide?: typeof resolveUnknown
}

/** A delivery loop made of nothing but the pure functions, on a clock of its own. */
export const deliver = (
  settings: Settings,
  faults: readonly Fault[],
): { end: string; count: number; steps: number } => {
  const accessPoint = makeAccessPoint(settings.delivery)
  const decide = settings.decide ?? resolveUnknown
  const pending = [...faults]
  let [now, attempt, lastDispatchedAt] = [1_000_000, 0, 0]
  const notFoundAt: number[] = []
  let circuit: Circuit = closedCircuit
  let mode: 'send' | 'unknown' | 'await' = 'send'
  for (let steps = 1; steps <= 400; steps++) {
    const fault = pending.shift() ?? noFault
    const expected = {
      iviReferenceId: reference,
      sha256: hash,
      idempotentByReference: settings.delivery.idempotentByReference,
    }
    let operation: 'submit' | 'query' = 'query'
    if (mode === 'await' && !settings.canQuery) mode = 'unknown'
    if (mode === 'unknown') {
      const decision = decide({ ...settings, lastDispatchedAt, notFoundAt, now })
      if (decision.next === 'person') return { end: 'person', count: accessPoint.count(), steps }
      if (decision.next === 'query') now = Math.max(now, decision.notBefore)
      else mode = 'send'
    }
    if (mode === 'send') operation = 'submit'
    const leave = askToSend(circuit, now)
    circuit = leave.circuit
    if (!leave.allowed) now = leave.notBefore
    const call = operation === 'submit' ? accessPoint.submit(now, fault) : accessPoint.query(now, fault)
    now += call.kind === 'unknown' ? TIMEOUT : 50
    circuit = afterAttempt(circuit, call.kind, now)
    if (call.kind === 'answered') {
      const { next } = interpretReply(call.reply, { ...expected, operation })
      if (next === 'accepted' || next === 'hold' || next === 'rejected')
        return { end: next, count: accessPoint.count(), steps }
      if (operation === 'query' && call.reply.outcome === 'not_found') notFoundAt.push(now)
      else if (operation === 'submit') lastDispatchedAt = now
      if (next === 'awaiting_receipt') mode = 'await'
      else if (next === 'retry') mode = 'send'
      else mode = 'unknown'
    } else if (operation === 'submit' && call.kind === 'unknown') {
      ;[mode, lastDispatchedAt] = ['unknown', now]
    }
    now += backOffDelay(++attempt, fault.share)
  }
  return { end: 'never', count: accessPoint.count(), steps: 400 }
}
