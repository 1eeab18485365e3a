import type { EcocState, Instant } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import { event, update, upsert, type Write } from '../../store/writes.ts'
import { voidSignOff } from '../sign-off/void-sign-off.ts'

/** States that may be taken through the stages again with the mapper and master data of today. */
export const replayable: ReadonlySet<EcocState> = new Set([
  'held',
  'awaiting_signoff',
  'dead_letter',
  // Of a parallel run: compared anew, with the mapper of today.
  'compared',
])

/**
 * Takes an eCoC up again. What was signed already is never made anew: it goes on with its submission.
 * Otherwise it begins at the first stage, and a sign-off that was asked for falls away.
 */
export const replayWrites = (
  ecoc: EcocRow,
  actor: string,
  firstStage: string,
  at: Instant,
  why = 'it is made anew',
): Write[] => {
  const signed = ecoc.signed_sha256 !== null
  const [state, stage] = signed ? (['signed', 'submission'] as const) : (['received', firstStage] as const)
  const set = { state, reason: null, reason_code: null, next_step: null, updated_at: at }
  return [
    update('ecoc', { id: ecoc.id, state: ecoc.state, record_id: ecoc.record_id }, set, 1),
    ...voidSignOff(ecoc, { actor, reason: why, at }),
    upsert('job', {
      ...{ ecoc_id: ecoc.id, stage, lane: signed ? ecoc.access_point : null },
      ...{ next_run_at: at, owner: null, lease_until: null, tries: 0 },
    }),
    event({ at, actor, type: 'ecoc.replayed', subject: ecoc.id, detail: { from: ecoc.state } }),
  ]
}
