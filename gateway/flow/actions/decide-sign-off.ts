import { type EcocRow } from '../../store/tables.ts'
import { event, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { ecocMovedAnswers } from '../answers.ts'
import { nextStepFor } from '../next-steps.ts'
import type { Tools } from '../tools.ts'
import { refuse, wrongState } from './refuse.ts'

export interface SignOffInput {
  readonly decision: 'approve' | 'refuse'
  readonly comment: string
  /** Hash of the document that was shown: a decision about another one is refused. */
  readonly documentSha256: string
}

/**
 * Quality decides on drift. The decision stands for exactly the document that was shown.
 * @throws GatewayError ACT-409 not waiting for a sign-off, ACT-410 another document
 */
export const decideSignOff = async (
  ecoc: EcocRow,
  input: SignOffInput,
  actor: string,
  tools: Tools,
): Promise<Write[]> => {
  const open = await tools.store.signOffs.open(ecoc.id)
  if (ecoc.state !== 'awaiting_signoff' || !open) throw wrongState('sign-off', ecoc.state)
  if (open.document_sha256 !== input.documentSha256)
    throw refuse(409, 'ACT-410', 'The document changed since it was shown.', 'Look at it again and decide anew.')
  const at = instant(tools.clock())
  const { decision, comment } = input
  const approved = decision === 'approve'
  const decided = { decision, comment, decided_by: actor, decided_at: at }
  const state = approved ? 'checked' : 'held'
  const why = approved
    ? { reason: null, reason_code: null, next_step: null }
    : { reason: `Sign-off refused by ${actor}: ${comment}`, reason_code: 'FLO-007', next_step: nextStepFor('FLO-007') }
  const job = { ecoc_id: ecoc.id, stage: 'signature', next_run_at: at, owner: null, lease_until: null, tries: 0 }
  const detail = { decision, comment, documentSha256: open.document_sha256, signOff: open.id }
  return [
    update('sign_off', { id: open.id, decision: null }, decided, 1),
    update(
      'ecoc',
      { id: ecoc.id, state: 'awaiting_signoff', record_id: ecoc.record_id },
      { state, ...why, updated_at: at },
      1,
    ),
    ...(approved ? [upsert('job', job)] : []),
    event({ at, actor, type: `signoff.${decision === 'approve' ? 'approved' : 'refused'}`, subject: ecoc.id, detail }),
    ...(await ecocMovedAnswers(ecoc, state, tools)),
  ]
}
