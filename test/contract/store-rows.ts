import type { EcocId, Instant, RecordId } from '../../gateway/contract/index.ts'
import type { EcocRow, JobRow } from '../../gateway/store/tables.ts'
import { event, insert, type NewEvent, type Write } from '../../gateway/store/writes.ts'
import { sha256 } from '../../gateway/support/hash.ts'
import { newId } from '../../gateway/support/new-id.ts'

/** An instant `ms` after a day in the story of a test. */
export const at = (ms: number): Instant => new Date(Date.UTC(2026, 10, 18, 8) + ms).toISOString() as Instant

export interface Made {
  readonly row: EcocRow
  readonly writes: Write[]
}

/** An eCoC of its own record; `over` sets what a test is about. */
export const makeEcoc = (over: Partial<EcocRow> = {}, content = newId()): Made => {
  const id = (over.id ?? newId()) as EcocId
  const record_id = newId() as RecordId
  const key = over.record_key ?? (`key-${id}` as EcocRow['record_key'])
  const vin = over.vin ?? ('XEB35N2CCT0100001' as EcocRow['vin'])
  const row: EcocRow = {
    id,
    record_id,
    source: 'drop',
    mapper: 'sage-x3',
    mode: 'live',
    mapper_version: null,
    record_key: key,
    vin,
    manufacturer: null,
    stage: null,
    profile: null,
    access_point: null,
    environment: null,
    version: 1,
    state: 'received',
    reason_code: null,
    reason: null,
    next_step: null,
    document_sha256: null,
    signed_sha256: null,
    ivi_reference_id: null,
    ivi_version_date_time: null,
    signature_date: null,
    receipt_reference: null,
    named_access_point: null,
    proposal_of: null,
    replaces: null,
    write_back: 'none',
    created_at: at(0),
    updated_at: at(0),
    ...over,
  }
  const record = {
    id: record_id,
    source: 'drop',
    mapper: 'sage-x3',
    record_key: key,
    content_sha256: sha256(content),
    vin,
    fields: '{}',
    at: at(0),
  }
  return { row, writes: [insert('record', record), insert('ecoc', row)] }
}

export const makeJob = (ecoc_id: EcocId, over: Partial<JobRow> = {}): Write =>
  insert('job', { ecoc_id, stage: 'mapping', next_run_at: at(0), owner: null, lease_until: null, tries: 0, ...over })

export const makeEvent = (subject: string, over: Partial<NewEvent> = {}): Write =>
  event({ at: at(0), actor: 'gateway', type: 'test.happened', subject, detail: {}, ...over })
