import type { Certificate } from './certificate.ts'

/** A signed statement about revocation, as it came (DER): an OCSPResponse or a CertificateList. */
export interface RevocationEvidence {
  readonly kind: 'ocsp' | 'crl'
  readonly der: Buffer
}

interface Known {
  readonly evidence: RevocationEvidence
  /** When the CA last knew. */
  readonly thisUpdate: Date
  readonly nextUpdate: Date | undefined
}

/** Whether a certificate was revoked. `unknown` is an answer of its own: neither good nor revoked was proved. */
export type Revocation =
  | ({ readonly status: 'good'; readonly revokedLater?: { readonly since: Date; readonly reason: string } } & Known)
  | ({ readonly status: 'revoked'; readonly since: Date; readonly reason: string } & Known)
  | { readonly status: 'unknown'; readonly why: string }

/** About which certificate, and what is accepted as a statement on it. */
export interface RevocationQuestion {
  readonly certificate: Certificate
  /** Its issuer, already checked: statements are accepted from it or from who it names. */
  readonly issuer: Certificate
  /** The time to be judged: now, or the time of a trusted time stamp. */
  readonly at: Date
  /** The present: a statement from the future is none. */
  readonly now: Date
  /** A statement is not used when it was older than this at the time, even if it says that it still holds. */
  readonly maxAgeMs?: number | undefined
}

/** How far clocks may differ. */
const skewMs = 5 * 60_000
/** For how long a statement holds that does not say when the next one comes. */
const defaultAgeMs = 24 * 3_600_000

export const unknown = (why: string): Revocation => ({ status: 'unknown', why })

/**
 * Why a statement cannot be used for the time in question, or undefined. One that was made after that time is fine: who was not
 * revoked later was not revoked then.
 */
export const staleness = (
  { thisUpdate, nextUpdate }: Pick<Known, 'thisUpdate' | 'nextUpdate'>,
  { at, now, maxAgeMs }: RevocationQuestion,
): string | undefined => {
  if (thisUpdate.getTime() > now.getTime() + skewMs) return `it is from the future (${thisUpdate.toISOString()})`
  const oldest = at.getTime() - skewMs
  const ends = nextUpdate?.getTime() ?? thisUpdate.getTime() + defaultAgeMs
  if (ends < oldest) return `it held only until ${new Date(ends).toISOString()}`
  if (maxAgeMs !== undefined && thisUpdate.getTime() + maxAgeMs < oldest)
    return `it is from ${thisUpdate.toISOString()}`
  return undefined
}

/** Names of CRLReason (RFC 5280, 5.3.1). */
const reasons: Readonly<Record<number, string>> = {
  0: 'unspecified',
  1: 'keyCompromise',
  2: 'cACompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  8: 'removeFromCRL',
  9: 'privilegeWithdrawn',
  10: 'aACompromise',
}
export const reasonName = (code: number | undefined): string =>
  code === undefined ? 'not stated' : (reasons[code] ?? `reason ${code}`)

/** A revocation that came after the time in question does not touch it, but is told. */
export const judged = (known: Known, since: Date, reason: string, { at }: RevocationQuestion): Revocation =>
  since.getTime() > at.getTime()
    ? { status: 'good', revokedLater: { since, reason }, ...known }
    : { status: 'revoked', since, reason, ...known }
