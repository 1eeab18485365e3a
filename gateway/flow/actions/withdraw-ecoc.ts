import { randomUUID } from 'node:crypto'
import { isAccepted, type MessageId } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import { event, insert, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { newAttempt } from '../delivery/call.ts'
import { nextStepFor } from '../next-steps.ts'
import type { Tools } from '../tools.ts'
import { refuse, wrongState } from './refuse.ts'

/**
 * What was accepted has work only while it is withdrawn: until the access point answers, nobody knows what it will be.
 * @throws GatewayError ACT-442 it is being withdrawn
 */
export const notWhileWithdrawn = async ({ id, state }: EcocRow, { store }: Pick<Tools, 'store'>): Promise<void> => {
  if (isAccepted(state) && (await store.jobs.get(id)))
    throw refuse(409, 'ACT-442', 'This eCoC is being withdrawn already.', 'Wait for the access point’s answer.')
}

/**
 * Cancels what was accepted: the intent is committed here, the call is made by the submission stage, until the access point
 * answers. Until then the eCoC stands as accepted.
 * @throws GatewayError ACT-440 the access point takes nothing back, ACT-441 a correction is open, ACT-442 it is being
 *   withdrawn already, ACT-409 its access point is gone
 */
export const withdrawEcoc = async (ecoc: EcocRow, comment: string, actor: string, tools: Tools): Promise<Write[]> => {
  const point = tools.accessPoints.get(ecoc.access_point ?? '')
  if (!point) throw wrongState('cancel', ecoc.state)
  if (!point.connector.cancel) {
    const message = `Access point ${point.name} takes back nothing that it accepted.`
    throw refuse(
      409,
      'ACT-440',
      message,
      'Correct it: a new version takes its place. Or ask the access point’s operator.',
    )
  }
  const correction = await tools.store.ecocs.openCorrection(ecoc.id)
  if (correction)
    throw refuse(409, 'ACT-441', `A correction of this eCoC is open: ${correction.id}.`, 'Cancel the correction first.')
  await notWhileWithdrawn(ecoc, tools)
  const at = instant(tools.clock())
  const named = { operation: 'cancel' as const, message_id: randomUUID() as MessageId, envelope_sha256: null }
  const attempt = newAttempt(ecoc, point.name, named, tools)
  const reason = `${actor} asked to withdraw it${comment === '' ? '' : `: ${comment}`}`
  const why = { reason_code: 'SUB-009', reason, next_step: nextStepFor('SUB-009'), updated_at: at }
  const job = { ecoc_id: ecoc.id, stage: 'submission', next_run_at: at, owner: null, lease_until: null, tries: 0 }
  return [
    update('ecoc', { id: ecoc.id, state: ecoc.state }, why, 1),
    insert('attempt', attempt),
    upsert('job', { ...job, lane: point.name }),
    event({ at, actor, type: 'ecoc.withdrawal_asked', subject: ecoc.id, detail: { comment, attempt: attempt.id } }),
  ]
}
