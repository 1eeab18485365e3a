import type { EcocState } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import { update, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import type { Tools } from '../tools.ts'

/** Not ended: it may still be sent, or nobody knows what became of it. */
const open: ReadonlySet<EcocState> = new Set([
  ...(['received', 'mapped', 'checked', 'held', 'awaiting_signoff'] as const),
  ...(['signed', 'dispatching', 'outcome_unknown', 'awaiting_receipt'] as const),
])

const comesBefore = (a: EcocRow, b: EcocRow): boolean =>
  (a.stage ?? 0) < (b.stage ?? 0) || (a.stage === b.stage && a.version < b.version)

/**
 * The eCoC of the same vehicle that must end first: an earlier stage or version of the same kind of document. Sent in another
 * order, the later one would be refused, or the earlier one would take its place.
 */
export const mustEndFirst = async (ecoc: EcocRow, tools: Tools): Promise<EcocRow | undefined> => {
  const others = await tools.store.ecocs.openOf(ecoc.vin, ecoc.mode)
  return others.find(
    (other) =>
      other.id !== ecoc.id &&
      other.proposal_of === null &&
      open.has(other.state) &&
      other.profile === ecoc.profile &&
      other.environment === ecoc.environment &&
      comesBefore(other, ecoc),
  )
}

/** An eCoC ended: what waits for its turn looks again at once. */
export const nextOfVehicle = async (ecoc: EcocRow, tools: Tools): Promise<Write[]> => {
  const others = await tools.store.ecocs.openOf(ecoc.vin, ecoc.mode)
  const now = instant(tools.clock())
  return others
    .filter((other) => other.id !== ecoc.id && other.state === 'signed')
    .map(({ id }) => update('job', { ecoc_id: id, stage: 'submission', owner: null }, { next_run_at: now }))
}
