import { type EcocId, type EcocState, isAccepted } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import { event, insert, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import type { Tools } from '../tools.ts'
import { earlierSource } from '../modes/earlier-source.ts'
import { supersededWrites, versionAfterRejection } from '../supersede.ts'
import { refuse, wrongState } from './refuse.ts'
import { replayWrites } from './replay.ts'
import { notWhileWithdrawn } from './withdraw-ecoc.ts'

const job = (ecoc_id: EcocId, stage: string, at: EcocRow['updated_at']): Write =>
  upsert('job', { ecoc_id, stage, next_run_at: at, owner: null, lease_until: null, tries: 0 })

const fresh = {
  document_sha256: null,
  signed_sha256: null,
  ivi_reference_id: null,
  ivi_version_date_time: null,
  signature_date: null,
  receipt_reference: null,
  reason: null,
  reason_code: null,
  next_step: null,
} as const

/**
 * A new version of an eCoC from changed data: today's record, mapper and master data. After a rejection it goes out at
 * once, counted on as the access point declares. What was accepted is first proposed: the proposal rests with what
 * differs, and a second `correct` confirms it (version + 1). Without a difference nothing is ever sent. What was compared in
 * a parallel run is made and compared anew: it has no version to count on.
 * @throws GatewayError ACT-409 state that allows no correction, ACT-411 a proposal is open already, ACT-425 no record is
 *   known of a vehicle that the earlier process delivered, ACT-442 it is being withdrawn
 */
export const correctEcoc = async (ecoc: EcocRow, actor: string, firstStage: string, tools: Tools): Promise<Write[]> => {
  const at = instant(tools.clock())
  if (ecoc.state === 'held' && ecoc.proposal_of) return confirmProposal(ecoc, actor, firstStage, tools)
  if (isCorrectable(ecoc.state)) return propose(ecoc, actor, firstStage, tools)
  if (ecoc.state === 'compared') return replayWrites(ecoc, actor, firstStage, at)
  if (ecoc.state !== 'rejected') throw wrongState('correct', ecoc.state)
  const id = newId() as EcocId
  const version = versionAfterRejection(ecoc, tools)
  const row: EcocRow = {
    ...ecoc,
    ...fresh,
    access_point: null,
    id,
    version,
    state: 'received',
    created_at: at,
    updated_at: at,
  }
  return [
    ...(await supersededWrites(ecoc, id, actor, tools)),
    insert('ecoc', row),
    job(id, firstStage, at),
    event({ at, actor, type: 'ecoc.corrected', subject: id, detail: { version, replaces: ecoc.id } }),
  ]
}

/** Accepted once, by the access point or, before a registrar objected, all the same. */
const isCorrectable = (state: EcocState): boolean => isAccepted(state) || state === 'reopened'

/** Makes the same vehicle anew beside the accepted eCoC; routing compares the two (architecture, rule 5). */
const propose = async (ecoc: EcocRow, actor: string, firstStage: string, tools: Tools): Promise<Write[]> => {
  const at = instant(tools.clock())
  await notWhileWithdrawn(ecoc, tools)
  const open = await tools.store.ecocs.openCorrection(ecoc.id)
  if (open)
    throw refuse(
      409,
      'ACT-411',
      `A correction of this eCoC is open already: ${open.id}.`,
      'Confirm or cancel that one.',
    )
  const id = newId() as EcocId
  const row: EcocRow = {
    ...ecoc,
    ...fresh,
    ...(await recordOf(ecoc, tools)),
    access_point: null,
    id,
    state: 'received',
    proposal_of: ecoc.id,
    replaces: null,
    write_back: 'none',
    created_at: at,
    updated_at: at,
  }
  return [
    insert('ecoc', row),
    job(id, firstStage, at),
    event({ at, actor, type: 'ecoc.correction_proposed', subject: id, detail: { proposalOf: ecoc.id } }),
  ]
}

/** The record a correction is made of: for what the earlier process delivered, the newest that came of that vehicle. */
const recordOf = async (ecoc: EcocRow, tools: Tools): Promise<Partial<EcocRow>> => {
  if (ecoc.source !== earlierSource) return {}
  const newest = await tools.store.ecocs.newestFromRecord(ecoc.vin, ecoc.mapper, earlierSource)
  if (newest) return { record_id: newest.record_id, record_key: newest.record_key, source: newest.source }
  const message = 'The earlier process delivered this vehicle, and no record of it has come since.'
  throw refuse(409, 'ACT-425', message, 'Export the vehicle: what differs is then held as a proposed correction.')
}

/** Confirmed by a person, the changed record goes out. What was accepted stays so until the correction is accepted too. */
const confirmProposal = async (ecoc: EcocRow, actor: string, firstStage: string, tools: Tools): Promise<Write[]> => {
  const at = instant(tools.clock())
  const original = ecoc.proposal_of && (await tools.store.ecocs.get(ecoc.proposal_of))
  if (!original) throw wrongState('correct', ecoc.state)
  const rejected = original.state === 'rejected'
  const others = await tools.store.ecocs.openOf(ecoc.vin, ecoc.mode)
  const rival = others.find((e) => e.replaces === original.id && e.id !== ecoc.id)
  if (rival)
    throw refuse(409, 'ACT-411', `A correction of this eCoC is open already: ${rival.id}.`, 'Cancel one of the two.')
  if (!rejected && !isCorrectable(original.state)) throw wrongState('correct', original.state)
  await notWhileWithdrawn(original, tools)
  // A proposal that follows on a rejected correction may count further already.
  const version = rejected ? versionAfterRejection(original, tools) : Math.max(original.version + 1, ecoc.version)
  const replaces = rejected ? original.replaces : original.id
  const set = {
    ...fresh,
    access_point: null,
    state: 'received',
    proposal_of: null,
    replaces,
    version,
    updated_at: at,
  } as const
  const closed = rejected ? await supersededWrites(original, ecoc.id, actor, tools) : []
  return [
    ...closed,
    update('ecoc', { id: ecoc.id, state: 'held', record_id: ecoc.record_id }, set, 1),
    job(ecoc.id, firstStage, at),
    event({ at, actor, type: 'ecoc.corrected', subject: ecoc.id, detail: { version, replaces: original.id } }),
  ]
}
