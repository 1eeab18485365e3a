import type { Finding } from '../../contract/finding.ts'
import type { Instant, Sha256 } from '../../contract/ids.ts'
import { sha256 } from '../../support/hash.ts'
import { checkListSignature } from './list-signature.ts'
import type { ListSignature } from './list-signature.ts'
import { readList } from './read-list.ts'
import type { TrustedList } from './trusted-list.ts'

/** What is kept of a list to judge it: everything but its services. Plain JSON. */
export interface ListFacts {
  readonly sha256: Sha256
  readonly version: number
  readonly sequence: number
  readonly type: string
  readonly territory: string
  readonly operator: string
  readonly issued: Instant
  readonly nextUpdate: Instant | null
  /** How many there are. */
  readonly services: number
  readonly pointers: readonly PointerFacts[]
  readonly signature: SignatureFacts
}

export interface PointerFacts {
  readonly location: string
  readonly territory: string
  readonly type: string
  readonly mimeType: string
  /** Fingerprints of the certificates that may sign it. */
  readonly signers: readonly Sha256[]
}

export type SignatureFacts =
  | { readonly state: 'absent' }
  | { readonly state: 'broken'; readonly why: string }
  | {
      readonly state: 'holds'
      readonly signer: {
        readonly sha256: Sha256
        readonly subject: string
        readonly validFrom: Instant
        readonly validTo: Instant
      }
    }

const signatureFacts = (signature: ListSignature): SignatureFacts => {
  if (signature.state !== 'holds') return signature
  const { sha256: fingerprint, subject, x509 } = signature.signer
  const [validFrom, validTo] = [x509.validFromDate, x509.validToDate].map((d) => d.toISOString() as Instant)
  if (!validFrom || !validTo) return { state: 'broken', why: 'its certificate has no validity' }
  return { state: 'holds', signer: { sha256: fingerprint, subject, validFrom, validTo } }
}

const factsOf = (bytes: Buffer, list: TrustedList): ListFacts => ({
  sha256: sha256(bytes),
  version: list.version,
  sequence: list.sequence,
  type: list.type,
  territory: list.territory,
  operator: list.operator,
  issued: list.issued,
  nextUpdate: list.nextUpdate ?? null,
  services: list.services.length,
  pointers: list.pointers.map(({ certificates, ...pointer }) => ({ ...pointer, signers: certificates.map(sha256) })),
  signature: signatureFacts(checkListSignature(bytes)),
})

/** Reads a list from outside and checks its own signature; findings (`XML-*`, `TSL-001`, `TSL-002`) when it is no list. */
export const readListFacts = (bytes: Buffer): ListFacts | readonly Finding[] => {
  const list = readList(bytes)
  return 'sequence' in list ? factsOf(bytes, list) : list
}
