import { createHash, randomBytes } from 'node:crypto'
import { GatewayError } from '../contract/errors.ts'
import type { Certificate } from './certificate.ts'
import { checkTimeStamp } from './check-time-stamp.ts'
import type { CheckedTimeStamp } from './check-time-stamp.ts'
import type { TrustFetch } from './trust-fetch.ts'
import { timeStampRequest, tokenOf } from './tsp.ts'

const maxBytes = 128 * 1024

/** A time-stamping authority (RFC 3161 over HTTP). */
export interface TimeStampService {
  /** Stamps data: only its SHA-256 leaves. Returns the token (DER), verified. */
  stamp(data: Buffer, at: Date): Promise<{ token: Buffer; checked: CheckedTimeStamp }>
}

export interface TimeStampServiceOptions {
  readonly fetch: TrustFetch
  readonly url: string
  /** OID of the policy to ask for; the token must be made under it. */
  readonly policy?: string | undefined
  /** Roots of the authority. Without one no stamp is accepted. */
  readonly anchors: readonly Certificate[]
}

/**
 * A client for one TSA. Every token is verified before it is used: imprint, nonce, policy, signature, the certificate and its path
 * to an anchor, and that its time is not more than 5 minutes ahead of ours.
 * It throws `TRU-140` not reached and `TRU-141` refused (operational), `TRU-136` (security) a token that does not verify.
 */
export const makeTimeStampService = ({ fetch, url, policy, anchors }: TimeStampServiceOptions): TimeStampService => {
  const stamp: TimeStampService['stamp'] = async (data, at) => {
    const nonce = randomBytes(16)
    // A positive INTEGER in its shortest form.
    nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40
    const imprint = createHash('sha256').update(data).digest()
    const bytes = timeStampRequest(imprint, nonce, policy)
    const answer = await fetch({ url, body: { type: 'application/timestamp-query', bytes }, maxBytes })
    const token = tokenOf(answer)
    const checked = checkTimeStamp(token, { data, anchors, at, nonce, policy })
    if (checked.trust === 'trusted' && checked.findings.length === 0) return { token, checked }
    throw new GatewayError({
      kind: 'security',
      code: 'TRU-136',
      message: `The time stamp of ${url} cannot be used: ${checked.findings.map(({ message }) => message).join(' ')}`,
      hint: 'Check the trust anchors of the time-stamping authority, and the clock.',
    })
  }
  return { stamp }
}
