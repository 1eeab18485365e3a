import type { EcocId, Instant, IviReferenceId, Sha256, Vin } from '../contract/index.ts'

/** A document that the process before this gateway made, with the answer it got. */
export interface EarlierEcocRow {
  flow: string
  ivi_reference_id: IviReferenceId
  vin: Vin
  manufacturer: string
  stage: number
  /** Null where the approval number names no state. */
  profile: string | null
  version: number
  ivi_version_date_time: string | null
  signature_date: string | null
  /** Compressed by the repository. */
  bytes: Buffer
  sha256: Sha256
  /** Whether its signature is good and trusted: only then it becomes a head. */
  fit: 0 | 1
  /** Who signed it, and what is wrong with it. */
  verification: string
  accepted: 0 | 1
  /** Who says that it was accepted: `receipt`, or the person who gave their word. */
  accepted_by: string | null
  /** The answer as it came. */
  receipt: Buffer | null
  receipt_sha256: Sha256 | null
  receipt_reference: string | null
  /** The eCoC that continues it here, once it is one. */
  ecoc_id: EcocId | null
  at: Instant
}

/** What came of comparing an eCoC of a parallel run with the earlier process's document. */
export interface ComparisonRow {
  ecoc_id: EcocId
  flow: string
  vin: Vin
  stage: number
  /** Calendar day of the plant on which it was compared. */
  day: string
  /** The earlier document. */
  ivi_reference_id: IviReferenceId
  /** `Difference[]` as JSON. */
  differences: string
  /** How many there are. */
  count: number
  /** Names the elements that either side has (`compared_fields`). */
  fields_sha256: Sha256
}

/** A set of element names. Vehicles of one variant share theirs, so that a comparison stays small. */
export interface ComparedFieldsRow {
  sha256: Sha256
  names: string
}

/** A report that an event of the audit trail names by its hash. */
export interface ReportRow {
  sha256: Sha256
  name: string
  content_type: string
  /** Compressed by the repository. */
  bytes: Buffer
  at: Instant
}

/** What people noted of a step to going live. */
export interface GoLiveStepRow {
  flow: string
  access_point: string
  step: string
  done: 0 | 1
  owner: string | null
  /** YYYY-MM-DD. */
  date: string | null
  proof: string | null
}
