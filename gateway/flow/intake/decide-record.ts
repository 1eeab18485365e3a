import {
  type EcocId,
  type EcocState,
  type InboxRecord,
  type Instant,
  isBeforeSigned,
  type Mode,
  type RecordId,
  type Sha256,
} from '../../contract/index.ts'
import type { EcocRow, RecordRow, SpoolRow } from '../../store/tables.ts'
import { event, insert, update, upsert, type Write } from '../../store/writes.ts'
import { newId } from '../../support/new-id.ts'
import { voidSignOff } from '../sign-off/void-sign-off.ts'

/** The newest eCoC of the same record key, with the content hash of its record. */
export type Earlier = EcocRow & { readonly content_sha256: Sha256 | string }

export interface Decision {
  readonly ecoc: EcocId
  readonly known: boolean
  readonly writes: readonly Write[]
}

const unmade = {
  state: 'received',
  mapper_version: null,
  manufacturer: null,
  stage: null,
  profile: null,
  access_point: null,
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
} as const satisfies Partial<EcocRow>

const job = (ecoc: EcocId, firstStage: string, at: Instant): Write =>
  upsert('job', { ecoc_id: ecoc, stage: firstStage, next_run_at: at, owner: null, lease_until: null, tries: 0 })

/** What a new eCoC of a further document keeps of the one before it: whose document it is. */
const sameDocument = (earlier: Earlier): Partial<EcocRow> =>
  earlier.sibling_of ? { sibling_of: earlier.sibling_of, profile: earlier.profile } : {}

/** Closed for good: a record that comes again begins anew. */
const closed: ReadonlySet<EcocState> = new Set(['cancelled', 'superseded'])

/** Cancelled because the earlier process had delivered it: the same record again says nothing new. */
const isDeliveredAlready = (ecoc: Earlier): boolean => ecoc.state === 'cancelled' && ecoc.reason_code === 'FLO-012'

/** Nothing was signed, so nothing can have been sent: `held` alone does not say so, it may come after signing too. */
const isReplaceable = (ecoc: Earlier): boolean =>
  ecoc.signed_sha256 === null &&
  (isBeforeSigned(ecoc.state) || ecoc.state === 'dead_letter' || ecoc.state === 'compared')

/**
 * What a record that came in means beside what is known of its key (architecture, rule 5):
 * new; known already; a change before signing, which replaces (a dead letter is taken up again by the same record too);
 * a change after a rejection, which makes a new version as the access point declares; any other change, which is held
 * as a proposed correction. What was only compared in a parallel run is replaced too: nobody ever got it.
 */
export const decideRecord = (record: InboxRecord, earlier: Earlier | undefined, context: DecideContext): Decision => {
  const { spool, at } = context
  const row: RecordRow = {
    id: newId() as RecordId,
    source: spool.source,
    mapper: spool.mapper,
    record_key: record.recordKey,
    content_sha256: record.contentSha256,
    vin: record.vin,
    fields: JSON.stringify(record.fields),
    at,
  }
  const own = decideOne(record, row, earlier, context)
  const further = (context.siblings ?? [])
    .filter(({ ecoc }) => !closed.has(ecoc.state))
    .flatMap(({ ecoc, versionAfterRejection }) => {
      return decideOne(record, row, ecoc, { ...context, accessPoint: ecoc.named_access_point, versionAfterRejection })
        .writes
    })
  if (own.writes.length === 0 && further.length === 0) return own
  return { ...own, writes: [insert('record', row), ...own.writes, ...further] }
}

export interface DecideContext {
  readonly spool: Pick<SpoolRow, 'id' | 'source' | 'mapper'>
  readonly at: Instant
  readonly firstStage: string
  readonly versionAfterRejection: 'same' | 'next'
  readonly accessPoint: string | null
  /** Of the flow now: a new eCoC is born with it. `earlier` is one of the same mode. */
  readonly mode: Mode
  /** Further documents of the same record, each with the rule of its own access point: a changed record acts on all. */
  readonly siblings?: readonly { readonly ecoc: Earlier; readonly versionAfterRejection: 'same' | 'next' }[]
}

/** What the record means for one eCoC; `row`, which its writes refer to, is inserted by the caller. */
const decideOne = (
  record: InboxRecord,
  row: RecordRow,
  earlier: Earlier | undefined,
  context: DecideContext,
): Decision => {
  const { spool, at, firstStage } = context
  const replaceable = earlier !== undefined && isReplaceable(earlier)
  const deadLetter = replaceable && earlier.state === 'dead_letter'
  const isOpen = earlier !== undefined && (!closed.has(earlier.state) || isDeliveredAlready(earlier))
  if (isOpen && earlier.content_sha256 === record.contentSha256 && !deadLetter)
    return { ecoc: earlier.id, known: true, writes: [] }
  const tell = (type: string, subject: EcocId, more: Record<string, unknown> = {}): Write =>
    event({
      at,
      actor: 'gateway',
      type,
      subject,
      detail: {
        recordKey: record.recordKey,
        contentSha256: record.contentSha256,
        file: spool.id,
        line: record.line,
        ...(context.mode === 'live' ? {} : { mode: context.mode }),
        ...more,
      },
    })
  if (replaceable) {
    const where = { id: earlier.id, record_id: earlier.record_id, state: earlier.state }
    const set = {
      ...unmade,
      ...sameDocument(earlier),
      named_access_point: context.accessPoint,
      // A correction was confirmed for the data that a person saw: other data is a proposal again.
      ...(earlier.replaces ? { proposal_of: earlier.replaces, replaces: null } : {}),
      record_id: row.id,
      vin: record.vin,
      source: spool.source,
      updated_at: at,
    }
    const reason = `a changed record came in (file ${spool.id}, line ${record.line})`
    const writes = [
      update('ecoc', where, set, 1),
      ...voidSignOff(earlier, { actor: 'gateway', reason, at }),
      update('sign_off', { ecoc_id: earlier.id, decision: 'approve' }, { decision: 'void', void_reason: reason }),
      job(earlier.id, firstStage, at),
      tell('record.replaced', earlier.id),
    ]
    return { ecoc: earlier.id, known: false, writes }
  }
  const id = newId() as EcocId
  const base: EcocRow = {
    ...unmade,
    ...(earlier ? sameDocument(earlier) : {}),
    id,
    record_id: row.id,
    source: spool.source,
    mapper: spool.mapper,
    mode: context.mode,
    record_key: record.recordKey,
    vin: record.vin,
    // Beside a cancelled correction, version 1 may well be with the access point.
    version: earlier?.version ?? 1,
    named_access_point: context.accessPoint,
    proposal_of: null,
    replaces: null,
    write_back: 'none',
    created_at: at,
    updated_at: at,
  }
  const begin = (ecoc: EcocRow, more: Record<string, unknown> = {}): Write[] => [
    insert('ecoc', ecoc),
    job(id, firstStage, at),
    tell('record.received', id, more),
  ]
  if (!earlier || closed.has(earlier.state)) return { ecoc: id, known: false, writes: begin(base) }
  if (earlier.state === 'rejected') {
    const version = earlier.version + (context.versionAfterRejection === 'next' ? 1 : 0)
    const replaced = update('ecoc', { id: earlier.id, state: 'rejected' }, { state: 'superseded', updated_at: at }, 1)
    const writes = [
      replaced,
      tell('ecoc.superseded', earlier.id, { by: id }),
      ...begin({ ...base, version, proposal_of: earlier.replaces }),
    ]
    return { ecoc: id, known: false, writes }
  }
  const original = earlier.proposal_of ?? earlier.id
  return { ecoc: id, known: false, writes: begin({ ...base, proposal_of: original }, { proposalOf: original }) }
}
