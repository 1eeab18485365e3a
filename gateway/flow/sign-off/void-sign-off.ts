import type { Instant } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import { event, update, type Write } from '../../store/writes.ts'

/**
 * Ends a sign-off that waits: what it was about is no more. With who did it and why; the approvals that were given for it
 * count for nothing.
 */
export const voidSignOff = (
  { id, state }: Pick<EcocRow, 'id' | 'state'>,
  { actor, reason, at }: { readonly actor: string; readonly reason: string; readonly at: Instant },
): Write[] => {
  const voided = { decision: 'void', decided_by: actor, decided_at: at, void_reason: reason } as const
  return [
    update('sign_off', { ecoc_id: id, decision: null }, voided),
    ...(state === 'awaiting_signoff'
      ? [event({ at, actor, type: 'signoff.voided', subject: id, detail: { reason } })]
      : []),
  ]
}
