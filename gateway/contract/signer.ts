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
  /** `XMLDSig`, `XAdES-B`; undefined when there is no signature that can be read. */
  readonly level: string | undefined
  /** Subject of the signer's certificate. */
  readonly signer: string | undefined
  /** `trusted` when a path to a given anchor was found. */
  readonly trust: 'trusted' | 'untrusted' | 'unknown'
  readonly signedAt: string | undefined
  readonly certificateSha256: string | undefined
  readonly findings: readonly Finding[]
}
