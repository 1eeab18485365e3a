import type { Instant, Sha256 } from '../contract/index.ts'

/** A trusted list as it was imported. */
export interface TrustedListRow {
  sha256: Sha256
  territory: string
  list_of_lists: 0 | 1
  sequence: number
  /** `ListFacts` as JSON: what is needed to judge it without reading it again. */
  facts: string
  /** Compressed by the repository. */
  bytes: Buffer
  at: Instant
}

/** A signer of the list of lists that a person named; while there are any, the shipped ones do not count. */
export interface LotlSignerRow {
  sha256: Sha256
  named_by: string
  at: Instant
}

/** That the end of a certificate was told at so many days before it. */
export interface CertificateAlertRow {
  sha256: Sha256
  days: number
  /** 0: passed over, since a nearer day was told at once. */
  told: 0 | 1
  at: Instant
}

/** The certificate that takes over in a slot (`use name`) at a time. */
export interface NextCertificateRow {
  slot: string
  sha256: Sha256
  /** Names of files by their part (`certificate`, `key`), as JSON. */
  files: string
  from_at: Instant
  prepared_by: string
  at: Instant
  /** Set once it was seen in force. */
  switched_at: Instant | null
}

export interface TrustTables {
  trusted_list: TrustedListRow
  lotl_signer: LotlSignerRow
  certificate_alert: CertificateAlertRow
  next_certificate: NextCertificateRow
}
