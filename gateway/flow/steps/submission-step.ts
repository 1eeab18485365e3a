import { isAccepted } from '../../contract/index.ts'
import type { AttemptRow, EcocRow } from '../../store/tables.ts'
import { update } from '../../store/writes.ts'
import { resolveUnknown } from '../../submission/resolve-unknown.ts'
import { instant } from '../../support/clock.ts'
import { ask } from '../delivery/ask.ts'
import { layReady } from '../delivery/by-hand.ts'
import { conclude } from '../delivery/conclude.ts'
import { doubtFor } from '../delivery/doubt.ts'
import { deliveryLanes } from '../delivery/lanes.ts'
import { delayAfter } from '../delivery/limits.ts'
import { send } from '../delivery/send.ts'
import { mustEndFirst } from '../delivery/turn-of-vehicle.ts'
import { withdraw } from '../delivery/withdraw.ts'
import { nextStepFor } from '../next-steps.ts'
import type { EffectStep, StepResult, Work } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'

/** An attempt that was dispatched and never ended: a crash came between. It may have arrived. */
const endLost = async (attempts: AttemptRow[], tools: Tools): Promise<void> => {
  for (const attempt of attempts.filter((a) => a.state === 'dispatched' || a.state === 'prepared')) {
    // A withdrawal that a person asked for: it is still to be made.
    if (attempt.operation === 'cancel' && attempt.state === 'prepared') continue
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
  if (decision.next === 'person') return { rest: doubtFor(work.ecoc, attempts, point.name, decision.reason) }
  const waitMs = decision.notBefore - now
  return waitMs > 0 ? { againMs: waitMs } : ask(work, attempts, point, tools)
}

/** The configuration may have changed since routing: a test document never goes to a live access point, nor a live one to a test. */
const mayGoTo = ({ mode, environment }: EcocRow, point: ReadyAccessPoint): boolean =>
  mode !== 'parallel' && (mode === 'test') === (point.testOf !== undefined) && environment === point.environment

/** Where the access point is gone from the configuration, or is not for this eCoC any more. */
const misplaced = (ecoc: EcocRow, point: ReadyAccessPoint | undefined): StepResult | undefined => {
  if (point && mayGoTo(ecoc, point)) return undefined
  const code = point ? 'FLO-014' : 'FLO-008'
  const reason = point
    ? `This eCoC is ${ecoc.mode}, of environment ${ecoc.environment ?? ''}; access point ${point.name} is not for it any more.`
    : `There is no access point ${ecoc.access_point ?? ''}.`
  // What was decided stays so; what may have arrived there is never called anything else.
  const state = isAccepted(ecoc.state) ? ecoc.state : ecoc.state === 'signed' ? 'held' : 'outcome_unknown'
  return { rest: { state, code, reason, nextStep: nextStepFor(code) } }
}

const longestWaitMs = 60_000

/** Not before an earlier stage or version of the same vehicle has ended. */
const waitForTurn = async (ecoc: EcocRow, point: ReadyAccessPoint, tools: Tools): Promise<StepResult | undefined> => {
  const first = await mustEndFirst(ecoc, tools)
  if (!first) return undefined
  const reason = `Stage ${first.stage ?? 1}, version ${first.version} of this vehicle is ${first.state} and must end first.`
  const patch = { state: 'signed', reason_code: 'SUB-005', reason, next_step: nextStepFor('SUB-005') } as const
  return { patch, againMs: Math.min(longestWaitMs, delayAfter(1, point, tools)) }
}

/** Goes on where the last attempt left it. */
const goOn = async (work: Work, attempts: AttemptRow[], point: ReadyAccessPoint, tools: Tools): Promise<StepResult> => {
  const { ecoc } = work
  const last = attempts.filter((a) => a.operation === 'submit').at(-1)
  const byHand = point.connector.delivery(point.config).channel === 'hand'
  if (!last || last.state === 'not_sent') {
    // What may have arrived is never called unsent again, whatever came of the last try.
    const mayHaveLeft = attempts.some((a) => a.operation === 'submit' && a.state !== 'not_sent')
    const wait = mayHaveLeft ? undefined : await waitForTurn(ecoc, point, tools)
    return wait ?? (byHand ? layReady : send)(work, attempts, point, tools)
  }
  if (byHand) return layReady(work, attempts, point, tools)
  if (ecoc.state === 'awaiting_receipt' && point.connector.query) return ask(work, attempts, point, tools)
  if (last.state === 'answered' && ecoc.state === 'dispatching' && last.outcome === 'technical')
    return send(work, attempts, point, tools)
  return resolve(work, attempts, point, tools)
}

/** Sends, follows up, resolves and withdraws, until the access point has decided. */
export const submissionStep: EffectStep = {
  name: 'submission',
  kind: 'effect',
  parallel: (tools) => tools.config.delivery.parallel,
  lanes: deliveryLanes,
  begin: (tools) => tools.store.jobs.forgetLanes([...tools.accessPoints.keys()]),
  async run(work, tools) {
    const { ecoc, lane } = work
    const point = tools.accessPoints.get(ecoc.access_point ?? '')
    const odd = misplaced(ecoc, point)
    if (odd || !point) return odd ?? {}
    if (lane !== undefined && lane !== point.name) {
      const where = { ecoc_id: ecoc.id, owner: work.lease }
      return { writes: [update('job', where, { lane: point.name }, 1)], againMs: 0 }
    }
    const attempts = await tools.store.attempts.of(ecoc.id)
    await endLost(attempts, tools)
    if (isAccepted(ecoc.state)) return withdraw(work, attempts, point, tools)
    const answer = await tools.store.receipts.uninterpreted(ecoc.id)
    const attempt = answer && attempts.find((a) => a.id === answer.attempt_id)
    if (answer && attempt) return conclude(ecoc, { attempt, answer, tries: attempts.length }, point, tools)
    return goOn(work, attempts, point, tools)
  },
}
