import type { EcocId, Instant, Sha256, Vin } from '../contract/index.ts'

/** A drift that waits for people, or waited. */
export interface SignOffRow {
  id: string
  ecoc_id: EcocId
  document_sha256: Sha256
  /** JSON: the findings that were shown. */
  findings: string
  requested_at: Instant
  /** What it came to; null while it waits. Each single decision is a `sign_off_decision`. */
  decision: 'approve' | 'refuse' | 'reweigh' | 'void' | null
  /** Who decided last, or who voided it. */
  decided_by: string | null
  comment: string | null
  decided_at: Instant | null
  /** Of everything that was shown: document, findings, base eCoC, weighing. */
  shown_sha256?: Sha256 | null
  /** JSON: what was shown besides the findings (`SignOffRequest`). */
  request?: string | null
  /** How many different people must approve. */
  approvers?: number
  /** How many did so far. */
  approvals?: number
  void_reason?: string | null
  reminded_at?: Instant | null
  escalated_at?: Instant | null
}

/** What one person decided. Rows are only ever added. */
export interface SignOffDecisionRow {
  id: string
  sign_off_id: string
  ecoc_id: EcocId
  decision: 'approve' | 'refuse' | 'reweigh'
  /** Code of the list of reasons. */
  reason: string | null
  comment: string
  decided_by: string
  on_behalf_of: string | null
  confirmed_by: 'password' | 'token'
  /** JSON: hashes of the attachments that were there. */
  attachments: string
  at: Instant
}

/** A weighbridge ticket, a photograph. */
export interface SignOffAttachmentRow {
  id: string
  sign_off_id: string
  ecoc_id: EcocId
  name: string
  content_type: string
  sha256: Sha256
  size: number
  bytes: Buffer
  added_by: string
  at: Instant
}

/** One person decides for another until a day. */
export interface DelegationRow {
  id: string
  from_person: string
  to_person: string
  until_at: Instant
  reason: string
  at: Instant
  ended_at: Instant | null
}

/** A weighing that was recorded apart from the vehicle's record. */
export interface WeighingRow {
  id: string
  vin: Vin
  /** JSON: a `Weighing` (gateway/drift). */
  data: string
  recorded_by: string
  at: Instant
}

/** How far one value of a vehicle was off, percent. */
export interface DriftValueRow {
  vin: Vin
  stage: number
  field: string
  variant: string
  deviation: number
  ecoc_id: EcocId
  at: Instant
}

/** A mean that moved and was told. */
export interface DriftAlertRow {
  variant: string
  field: string
  shift: number
  at: Instant
}

/** Tables of sign-offs: who decides, on what, and what was attached. */
export interface SignOffTables {
  sign_off: SignOffRow
  sign_off_decision: SignOffDecisionRow
  sign_off_attachment: SignOffAttachmentRow
  sign_off_delegation: DelegationRow
  weighing: WeighingRow
  drift_value: DriftValueRow
  drift_alert: DriftAlertRow
}
