import type { Finding } from './finding.ts'
import type { EcocId, Instant, IviReferenceId, MessageId, RecordKey, Sha256, SpoolId, Vin } from './ids.ts'
import type { IviTree } from './ivi-tree.ts'

/** Stage 2 → 3: a file as taken from its source; its bytes lie fsynced in the spool. */
export interface SpooledFile {
  readonly id: SpoolId
  readonly source: string
  /** The name under which it lay at the source; data, never a path. */
  readonly key: string
  readonly path: string
  readonly size: number
  readonly sha256: Sha256
}

/** A field tree as decoded from the source: strings as they stood there. */
export interface RecordFields {
  [field: string]: string | RecordFields | RecordFields[]
}

/** Stage 3: one row or object of a file. */
export interface InboxRecord {
  /** 1-based line of the source file (the header is line 1); 0 where a source has no lines. */
  readonly line: number
  readonly recordKey: RecordKey
  readonly vin: Vin
  readonly fields: RecordFields
  /** Hash of the decoded, normalised fields: decides whether a record is known. */
  readonly contentSha256: Sha256
}

/** A row the inbox refused. One bad row never stops the good ones. */
export interface RefusedRow {
  readonly line: number
  readonly vin: string | undefined
  readonly problems: readonly RowProblem[]
  /** The row as it stood, for the error file. */
  readonly cells: readonly string[]
}
export interface RowProblem {
  readonly code: string
  readonly field: string
  readonly value: string
  readonly message: string
}

/** Stage 4: what a stage-2 vehicle is built on. */
export interface BaseEcoc {
  readonly vin: Vin
  readonly stage: number
  readonly bytes: Buffer
  readonly sha256: Sha256
  readonly tree: IviTree
  /** Access point, upload or folder it came from. */
  readonly origin: string
  /** Set where no eCoC could be had and a base data sheet stands in: who confirmed it, and the hash of its scan. */
  readonly sheet?: { readonly id: string; readonly confirmedBy: string; readonly scanSha256?: string | undefined }
}

/** Type-approval master data of one approval, type, variant and version. */
export interface ApprovalData {
  readonly approval: string
  readonly type: string
  readonly variant: string
  readonly version: string
  /** First day of manufacture it holds for, YYYY-MM-DD. */
  readonly validFrom: string
  /** Values by IVI element name, in the same shape as the document. */
  readonly values: IviTree
  /** Facts for mapping and checks that are no IVI elements, such as allowed ranges. */
  readonly facts: Readonly<Record<string, string>>
  /** Absent: valid. */
  readonly status?: 'valid' | 'withdrawn'
  /** First day of manufacture that it no longer holds for, YYYY-MM-DD. */
  readonly withdrawnOn?: string
  /** Last day on which end-of-series vehicles may be made available (2018/858 Art 49), where the authority named one. */
  readonly endOfSeriesUntil?: string
  readonly smallSeries?: SmallSeries
  /** Whether vehicles of it need an eCoC, where that is known better than what approval form and category say. */
  readonly eCoC?: EcocDuty
}
/** How many vehicles of a small series may be made in a calendar year (2018/858 Annex V). */
export interface SmallSeries {
  readonly quota: number
  readonly year: number
  /** Made elsewhere than through this gateway. */
  readonly used?: number
}
export interface EcocDuty {
  readonly duty: 'obligatory' | 'voluntary' | 'none'
  readonly why: string
}

/** Stage 5: the vehicle as mapped, before it is a document. */
export interface VehicleModel {
  readonly vin: Vin
  readonly manufacturer: string
  readonly stage: number
  /** Vienna code of the country it is to be registered in, when known. */
  readonly destination: string | undefined
  readonly tree: IviTree
  /** Element path → where its value came from (`record:MASS_RO`, `approval`, `base`, `constant`, `rule:axle-share`). */
  readonly provenance: Readonly<Record<string, string>>
  /** Inputs that drift compares with, by name, such as `bodyMass` (kg). */
  readonly facts: Readonly<Record<string, string>>
}

/** Routing: one document for one access point. */
export interface Target {
  /** Document profile: `EU`, `UK`, or `NO` (the EU document, preregistered in Norway). */
  readonly profile: string
  readonly accessPoint: string
  readonly environment: string
  readonly reasons: readonly string[]
  /** ISO codes of the states that retrieve it over EUCARIS, since it is handed in at a foreign access point. */
  readonly overEucaris?: readonly string[]
  /** The approval that the document stands on, where it is another one than the record's. */
  readonly approval?: { readonly number: string; readonly issued?: string | undefined }
}

/** Stage 6: the document without its stamps; `sha256` is what a sign-off refers to. */
export interface IviDocument {
  readonly tree: IviTree
  readonly bytes: Buffer
  readonly sha256: Sha256
}

/** Drawn once just before signing and stored: a retry never draws again. */
export interface Stamps {
  readonly iviReferenceId: IviReferenceId
  /** xs:dateTime of the version. */
  readonly iviVersionDateTime: string
  /** Calendar day in the plant's time zone, YYYY-MM-DD. */
  readonly signatureDate: string
}

/** Stage 9: the exact bytes that are sent and kept. */
export interface SignedDocument {
  readonly bytes: Buffer
  readonly sha256: Sha256
  readonly iviReferenceId: IviReferenceId
  /** SHA-256 of the signer's certificate (DER). */
  readonly certificateSha256: Sha256
}

/** Stage 8: drift that a person must decide on. */
export interface SignOffRequest {
  readonly documentSha256: Sha256
  readonly findings: readonly Finding[]
}

/** Stage 10: one message to an access point. */
export interface Attempt {
  readonly ecocId: EcocId
  readonly accessPoint: string
  readonly messageId: MessageId
  readonly operation: 'submit' | 'query'
}

export type ReceiptOutcome = 'accepted' | 'accepted_with_warnings' | 'pending' | 'rejected'

/** Stage 11: the access point's answer, understood. */
export interface Receipt {
  readonly outcome: ReceiptOutcome
  /** The access point's own reference, where it gives one. */
  readonly reference: string | undefined
  readonly messages: readonly AuthorityMessage[]
  readonly receivedAt: Instant
}
export interface AuthorityMessage {
  readonly code: string
  readonly text: string
  readonly severity: 'error' | 'warning' | 'info'
  /** Element path, where the access point names one. */
  readonly path?: string
}
