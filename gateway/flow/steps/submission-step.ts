import type { AttemptRow, EcocRow } from '../../store/tables.ts'
import { update } from '../../store/writes.ts'
import { resolveUnknown } from '../../submission/resolve-unknown.ts'
import { instant } from '../../support/clock.ts'
import { ask } from '../delivery/ask.ts'
import { conclude } from '../delivery/conclude.ts'
import { send } from '../delivery/send.ts'
import { nextStepFor } from '../next-steps.ts'
import type { EffectStep, StepResult, Work } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'

/** An attempt that was dispatched and never ended: a crash came between. It may have arrived. */
const endLost = async (attempts: AttemptRow[], tools: Tools): Promise<void> => {
  for (const attempt of attempts.filter((a) => a.state === 'dispatched' || a.state === 'prepared')) {
    const left = attempt.state === 'dispatched'
    const ended = {
      state: left ? ('unknown' as const) : ('not_sent' as const),
      reason: 'The gateway stopped in between.',
      ended_at: instant(tools.clock()),
    }
    await tools.store.commit([update('attempt', { id: attempt.id }, ended, 1)])
    Object.assign(attempt, ended)
  }
}

/** What to do when nobody knows whether the document arrived (architecture, rule 4). */
const resolve = async (
  work: Work,
  attempts: AttemptRow[],
  point: ReadyAccessPoint,
  tools: Tools,
): Promise<StepResult> => {
  const now = tools.clock().getTime()
  const submits = attempts.filter((a) => a.operation === 'submit')
  const last = submits.at(-1)
  const notFound = attempts.filter((a) => a.operation === 'query' && a.outcome === 'not_found')
  const decision = resolveUnknown({
    delivery: point.connector.delivery(point.config),
    canQuery: point.connector.query !== undefined,
    lastDispatchedAt: Date.parse(last?.ended_at ?? last?.prepared_at ?? ''),
    notFoundAt: notFound.map((a) => Date.parse(a.ended_at ?? '')),
    now,
  })
  if (decision.next === 'resend') return send(work, attempts, point, tools)
  if (decision.next === 'person') {
    const rest = {
      state: 'outcome_unknown',
      code: 'SUB-001',
      reason: decision.reason,
      nextStep: nextStepFor('SUB-001'),
    } as const
    return { rest }
  }
  const waitMs = decision.notBefore - now
  return waitMs > 0 ? { againMs: waitMs } : ask(work, attempts, point, tools)
}

/** The configuration may have changed since routing: a test document never goes to a live access point, nor a live one to a test. */
const mayGoTo = ({ mode, environment }: EcocRow, point: ReadyAccessPoint): boolean =>
  mode !== 'parallel' && (mode === 'test') === (point.testOf !== undefined) && environment === point.environment

/** Sends, follows up and resolves, until the access point has decided. */
export const submissionStep: EffectStep = {
  name: 'submission',
  kind: 'effect',
  parallel: (tools) => tools.config.delivery.parallel,
  async run(work, tools) {
    const { ecoc } = work
    const point = tools.accessPoints.get(ecoc.access_point ?? '')
    if (!point) {
      const reason = `There is no access point ${ecoc.access_point ?? ''}.`
      // What may have arrived there is never called anything else.
      const sent = ecoc.state !== 'signed'
      return {
        rest: { state: sent ? 'outcome_unknown' : 'held', code: 'FLO-008', reason, nextStep: nextStepFor('FLO-008') },
      }
    }
    if (!mayGoTo(ecoc, point)) {
      const reason = `This eCoC is ${ecoc.mode}, of environment ${ecoc.environment ?? ''}; access point ${point.name} is not for it any more.`
      const sent = ecoc.state !== 'signed'
      return {
        rest: { state: sent ? 'outcome_unknown' : 'held', code: 'FLO-014', reason, nextStep: nextStepFor('FLO-014') },
      }
    }
    const attempts = await tools.store.attempts.of(ecoc.id)
    await endLost(attempts, tools)
    const open = await tools.store.receipts.uninterpreted(ecoc.id)
    const answered = open && attempts.find((a) => a.id === open.attempt_id)
    if (open && answered) return conclude(ecoc, answered, open, attempts.length, point, tools)
    const last = attempts.filter((a) => a.operation === 'submit').at(-1)
    if (!last || last.state === 'not_sent') return send(work, attempts, point, tools)
    if (ecoc.state === 'awaiting_receipt' && point.connector.query) return ask(work, attempts, point, tools)
    if (last.state === 'answered' && ecoc.state === 'dispatching' && last.outcome === 'technical')
      return send(work, attempts, point, tools)
    return resolve(work, attempts, point, tools)
  },
}
