import { isAccepted } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import { event, update, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { ecocMovedAnswers } from '../answers.ts'
import { nextStepFor } from '../next-steps.ts'
import type { Tools } from '../tools.ts'
import { wrongState } from './refuse.ts'
import { notWhileWithdrawn } from './withdraw-ecoc.ts'

/**
 * An authority objects to what was accepted, often weeks later and by letter. The eCoC is corrected then, or the
 * objection turns out to be void (`resolve`).
 * @throws GatewayError ACT-409 an eCoC that was not accepted, ACT-442 it is being withdrawn
 */
export const reopenEcoc = async (ecoc: EcocRow, comment: string, actor: string, tools: Tools): Promise<Write[]> => {
  if (!isAccepted(ecoc.state)) throw wrongState('reopen', ecoc.state)
  await notWhileWithdrawn(ecoc, tools)
  const at = instant(tools.clock())
  const why = { reason_code: 'FLO-011', reason: `Objection: ${comment}`, next_step: nextStepFor('FLO-011') }
  return [
    update('ecoc', { id: ecoc.id, state: ecoc.state }, { ...why, state: 'reopened', updated_at: at }, 1),
    event({ at, actor, type: 'ecoc.reopened', subject: ecoc.id, detail: { comment } }),
    ...(await ecocMovedAnswers(ecoc, 'reopened', tools)),
  ]
}
