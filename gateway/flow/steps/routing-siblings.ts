import type { EcocId, Target } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import { event, insert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import type { Work } from '../step.ts'
import type { Tools } from '../tools.ts'

/** A further document of the vehicle is there already, or a person cancelled it for the same record. */
const isThere = ({ ecoc, made }: Work, profile: string): boolean =>
  (made.siblings ?? []).some(
    (s) =>
      s.profile === profile &&
      s.state !== 'superseded' &&
      (s.state !== 'cancelled' || (s.record_id === ecoc.record_id && s.reason_code !== 'FLO-020')),
  )

const bornOf = (ecoc: EcocRow, id: EcocId, profile: string, at: EcocRow['created_at']): EcocRow => ({
  ...ecoc,
  id,
  sibling_of: ecoc.id,
  profile,
  version: 1,
  state: 'received',
  mapper_version: null,
  manufacturer: null,
  stage: null,
  access_point: null,
  named_access_point: null,
  environment: null,
  reason_code: null,
  reason: null,
  next_step: null,
  document_sha256: null,
  signed_sha256: null,
  ivi_reference_id: null,
  ivi_version_date_time: null,
  signature_date: null,
  receipt_reference: null,
  proposal_of: null,
  replaces: null,
  write_back: 'none',
  created_at: at,
  updated_at: at,
})

/**
 * The first target keeps the eCoC; each further one becomes an eCoC of the same record, which goes its own way from the
 * mapping on. Born once: neither a replay nor a correction of the first makes a second. A parallel run makes the vehicle's
 * own document only, since that is what the earlier process is compared with.
 */
export const siblingWrites = (work: Work, further: readonly Target[], tools: Tools): Write[] => {
  const { ecoc } = work
  if (ecoc.sibling_of || ecoc.proposal_of || ecoc.mode === 'parallel') return []
  const at = instant(tools.clock())
  return further
    .filter(({ profile }) => !isThere(work, profile))
    .flatMap(({ profile, accessPoint, reasons }) => {
      const id = newId() as EcocId
      const detail = { besides: ecoc.id, profile, accessPoint, reasons }
      return [
        insert('ecoc', bornOf(ecoc, id, profile, at)),
        insert('job', { ecoc_id: id, stage: 'mapping', next_run_at: at, owner: null, lease_until: null, tries: 0 }),
        event({ at, actor: 'gateway', type: 'ecoc.target_added', subject: id, detail }),
      ]
    })
}
