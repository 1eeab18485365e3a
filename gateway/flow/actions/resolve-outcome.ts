import { type EcocRow } from '../../store/tables.ts'
import { event, remove, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { ecocMovedAnswers } from '../answers.ts'
import { supersede } from '../supersede.ts'
import type { Tools } from '../tools.ts'
import { wrongState } from './refuse.ts'

export interface ResolveInput {
  /** What the access point's operator said became of the document. */
  readonly outcome: 'accepted' | 'not_received'
  readonly comment: string
}

/**
 * A person who asked the access point's operator says what became of a document, or that an objection is void.
 * Never undone silently: it is audited.
 * @throws GatewayError ACT-409 a state in which nothing is open, or an outcome that it does not allow
 */
export const resolveOutcome = async (
  ecoc: EcocRow,
  input: ResolveInput,
  actor: string,
  tools: Tools,
): Promise<Write[]> => {
  const isReopened = ecoc.state === 'reopened'
  // Noted by mistake as handed in at a portal.
  const isTakenBack = ecoc.reason_code === 'SUB-007' && input.outcome === 'not_received'
  if (ecoc.state !== 'outcome_unknown' && !isReopened && !isTakenBack) throw wrongState('resolve', ecoc.state)
  // What was accepted once was received: only the objection can fall away.
  if (isReopened && input.outcome !== 'accepted') throw wrongState(`resolve as ${input.outcome}`, ecoc.state)
  const at = instant(tools.clock())
  const told = event({ at, actor, type: 'ecoc.resolved', subject: ecoc.id, detail: { ...input } })
  const clear = { reason: null, reason_code: null, next_step: null, updated_at: at }
  const where = { id: ecoc.id, state: ecoc.state } as const
  if (input.outcome === 'accepted') {
    const answers = await ecocMovedAnswers(ecoc, 'accepted', tools)
    return [
      update('ecoc', where, { ...clear, state: 'accepted' }, 1),
      remove('job', { ecoc_id: ecoc.id }),
      ...(isReopened ? [] : await supersede(ecoc, actor, tools)),
      told,
      ...answers,
    ]
  }
  // Of none of them anything arrived, says the operator.
  const sent = (await tools.store.attempts.of(ecoc.id)).filter((a) => a.operation === 'submit')
  const job = {
    ...{ ecoc_id: ecoc.id, stage: 'submission', lane: ecoc.access_point },
    ...{ next_run_at: at, owner: null, lease_until: null, tries: 0 },
  }
  const reason = `${actor}: ${input.comment}`
  return [
    update('ecoc', where, { ...clear, state: 'signed' }, 1),
    ...sent.map(({ id }) => update('attempt', { id }, { state: 'not_sent', reason }, 1)),
    upsert('job', job),
    told,
    ...(await ecocMovedAnswers(ecoc, 'signed', tools)),
  ]
}
