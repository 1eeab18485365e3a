import type {
  EcocId,
  EcocState,
  Instant,
  IviReferenceId,
  MessageId,
  Mode,
  RecordId,
  RecordKey,
  Sha256,
  Vin,
  WriteBackState,
} from '../contract/index.ts'
import type { PersonRow, SessionRow, SettingRow, TokenRow } from './access-tables.ts'
import type { MapperProposalRow, MapperReleaseRow } from './mapper-tables.ts'
import type { ComparedFieldsRow, ComparisonRow, EarlierEcocRow, GoLiveStepRow, ReportRow } from './mode-tables.ts'
import type { BaseTables } from './base-tables.ts'
import type { DeliveryTables } from './delivery-tables.ts'
import type { SignOffTables } from './sign-off-tables.ts'
import type { SpoolLineRow, SpoolRow } from './spool-tables.ts'
import type { SourceTables } from './source-tables.ts'
import type { TrustTables } from './trust-tables.ts'

/** A column of JSON text. Decoded by the repository that reads it. */
export type Json = string

export interface RecordRow {
  id: RecordId
  source: string
  mapper: string
  record_key: RecordKey
  content_sha256: Sha256
  vin: Vin
  fields: Json
  at: Instant
}

export interface EcocRow {
  id: EcocId
  record_id: RecordId
  source: string
  mapper: string
  /** The mode of its flow when it was born. It never changes, and is part of the identity. */
  mode: Mode
  mapper_version: string | null
  record_key: RecordKey
  vin: Vin
  /** Identity, fixed by mapping and routing: with `vin` and `version` it is unique. */
  manufacturer: string | null
  stage: number | null
  profile: string | null
  access_point: string | null
  /** Set where a person named it instead of leaving it to the routing. */
  named_access_point: string | null
  environment: string | null
  version: number
  state: EcocState
  reason_code: string | null
  reason: string | null
  next_step: string | null
  document_sha256: Sha256 | null
  signed_sha256: Sha256 | null
  ivi_reference_id: IviReferenceId | null
  ivi_version_date_time: string | null
  signature_date: string | null
  receipt_reference: string | null
  /** Set where a changed record waits beside an eCoC that was sent already. */
  proposal_of: EcocId | null
  /** The accepted eCoC that this version replaces once it is accepted itself. */
  replaces: EcocId | null
  /** Set in further documents of a vehicle: the eCoC at whose routing this one was born, of the same record. */
  sibling_of?: EcocId | null
  write_back: WriteBackState
  created_at: Instant
  updated_at: Instant
}

/** What a stage made, kept as bytes (compressed by the repository). */
export interface ContentRow {
  ecoc_id: EcocId
  kind: ContentKind
  bytes: Buffer
  sha256: Sha256
  at: Instant
}
export type ContentKind =
  'base' | 'model' | 'routing' | 'document' | 'signed' | 'envelope' | 'earlier_receipt' | 'evidence' | 'unstamped'

export interface FindingRow {
  ecoc_id: EcocId
  layer: string
  findings: Json
}

export interface AttemptRow {
  id: string
  ecoc_id: EcocId
  access_point: string
  operation: 'submit' | 'query' | 'cancel'
  message_id: MessageId
  envelope_sha256: Sha256 | null
  /** prepared → dispatched → answered; or not_sent (surely nothing left), unknown (may have arrived). */
  state: 'prepared' | 'dispatched' | 'answered' | 'not_sent' | 'unknown'
  reason: string | null
  /** How the answer was classified (`Reply.outcome`). */
  outcome: string | null
  reply_status: number | null
  prepared_at: Instant
  ended_at: Instant | null
}

export interface ReceiptRow {
  id: string
  ecoc_id: EcocId
  attempt_id: string
  /** The raw bytes are stored before they are interpreted: a crash in between leaves 0. */
  interpreted: 0 | 1
  /** The answer as a receipt; null where it is none. */
  meaning: Json | null
  content_type: string
  raw: Buffer
  received_at: Instant
}

/** One answer that is to be written beside the record; rewritten when its subject changes. */
export interface WriteBackRow {
  kind: string
  subject: string
  source: string
  name: string
  state: 'pending' | 'done' | 'failed'
  due_at: Instant
  tries: number
  problem: string | null
  done_at: Instant | null
}

export interface EventRow {
  seq: number
  at: Instant
  actor: string
  type: string
  subject: string
  detail: Json
  prev_hash: string
  hash: string
}

/** The next stage of an eCoC that is under way: who works on it, until when, and when to go on. */
export interface JobRow {
  ecoc_id: EcocId
  stage: string
  next_run_at: Instant
  owner: string | null
  lease_until: Instant | null
  /** Times it was begun without an end: three is a dead letter. */
  tries: number
  /** Where its stage works at several places, each under limits of its own: the access point. */
  lane?: string | null
}

export interface ApprovalRow {
  id: string
  approval: string
  type: string
  variant: string
  version: string
  valid_from: string
  data: Json
  sha256: Sha256
  imported_at: Instant
}

export interface BaseEcocRow {
  vin: Vin
  stage: number
  bytes: Buffer
  sha256: Sha256
  origin: string
  verification: Json
  at: Instant
}

export interface Tables extends TrustTables, DeliveryTables, SourceTables, BaseTables, SignOffTables {
  mapper_release: MapperReleaseRow
  mapper_proposal: MapperProposalRow
  spool: SpoolRow
  spool_line: SpoolLineRow
  record: RecordRow
  ecoc: EcocRow
  content: ContentRow
  finding: FindingRow
  attempt: AttemptRow
  receipt: ReceiptRow
  write_back: WriteBackRow
  job: JobRow
  approval: ApprovalRow
  base_ecoc: BaseEcocRow
  person: PersonRow
  token: TokenRow
  session: SessionRow
  setting: SettingRow
  earlier_ecoc: EarlierEcocRow
  comparison: ComparisonRow
  compared_fields: ComparedFieldsRow
  report: ReportRow
  go_live_step: GoLiveStepRow
}

export type { ComparedFieldsRow, ComparisonRow, EarlierEcocRow, GoLiveStepRow, ReportRow }
export type { MapperProposalRow, MapperReleaseRow }
export type { PersonRow, SessionRow, SettingRow, TokenRow }
export type { SpoolLineRow, SpoolRow }
export type * from './trust-tables.ts'
export type * from './base-tables.ts'
export type * from './delivery-tables.ts'
export type * from './sign-off-tables.ts'
export type * from './source-tables.ts'
