import type { Finding } from './finding.ts'

/** A key that signs, wherever it lives. Only RSA with SHA-256 (IVI set-up manual). */
export interface Signer {
  readonly name: string
  /** DER certificates, signer first, then its issuers without the root. */
  readonly chain: readonly Buffer[]
  /** RSASSA-PKCS1-v1_5 with SHA-256 over the data. */
  sign(data: Buffer): Promise<Buffer>
}

export interface Verification {
  readonly valid: boolean
  /** `XMLDSig`, `XAdES-B`, `XAdES-T`, `XAdES-LT`; undefined when there is no signature that can be read. */
  readonly level: string | undefined
  /** Subject of the signer's certificate. */
  readonly signer: string | undefined
  /** `trusted` when a path to a given anchor was found. */
  readonly trust: 'trusted' | 'untrusted' | 'unknown'
  readonly signedAt: string | undefined
  readonly certificateSha256: string | undefined
  /** The time stamp on the signature, where it has a sound one. `time` proves something only when `trust` is `trusted`. */
  readonly timeStamp?: StampedTime | undefined
  /** Undefined where nobody asked and nothing is embedded. */
  readonly revocation?: RevocationSummary | undefined
  readonly findings: readonly Finding[]
}

export interface StampedTime {
  /** ISO 8601, UTC. */
  readonly time: string
  /** Subject of the TSA's certificate. */
  readonly authority: string
  readonly trust: 'trusted' | 'untrusted' | 'unknown'
}

/** What is known about the revocation of the certificates of a signature: three different things. */
export interface RevocationSummary {
  /** `good` only when it was proved for every certificate of the signer's path. */
  readonly status: 'good' | 'revoked' | 'unknown'
  /** For people: who and why. */
  readonly detail: string
}
