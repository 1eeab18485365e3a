import { GatewayError } from '../contract/errors.ts'
import type { Finding } from '../contract/finding.ts'
import { buildPath } from './build-path.ts'
import type { TrustPath } from './build-path.ts'
import type { Certificate } from './certificate.ts'
import { isStampOf, readTimeStamp } from './tsp.ts'
import type { TimeStamp } from './tsp.ts'

/** A time stamp and what it is worth. */
export interface CheckedTimeStamp {
  /** Undefined when it cannot be read or does not hold. */
  readonly stamp: TimeStamp | undefined
  readonly trust: TrustPath['trust']
  /** The TSA's path, its certificate first. */
  readonly path: readonly Certificate[]
  readonly findings: readonly Finding[]
}

export interface TimeStampCheck {
  /** What must have been stamped. */
  readonly data: Buffer
  readonly anchors: readonly Certificate[]
  /** Further issuers, such as those carried elsewhere in the document. */
  readonly intermediates?: readonly Certificate[]
  /** The time at which the TSA's certificates must be valid, and after which no stamp can be: now. */
  readonly at: Date
  readonly nonce?: Buffer | undefined
  readonly policy?: string | undefined
}

const skewMs = 5 * 60_000
/** An INTEGER may begin with a zero byte. */
const numeric = (bytes: Buffer): string => bytes.toString('hex').replace(/^(00)+/, '')

/**
 * Checks a time-stamp token against what it should stamp, and who made it. Errors: `TRU-001`, `TRU-002` malformed, `TRU-130` it
 * stamps something else, `TRU-131` it does not hold, `TRU-132` another nonce, `TRU-133` another policy, `TRU-134` from the future.
 * That its authority is not trusted is a warning, `TRU-135` with the reason: then its time proves nothing. Throws nothing.
 */
export const checkTimeStamp = (token: Buffer, check: TimeStampCheck): CheckedTimeStamp => {
  const error = (code: string, message: string): Finding => {
    return { code, layer: 'trust', severity: 'error', path: '/', message }
  }
  const useless = { stamp: undefined, trust: 'unknown', path: [] } as const
  let stamp: TimeStamp
  try {
    stamp = readTimeStamp(token)
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause
    return { ...useless, findings: [error(cause.code, cause.message)] }
  }
  const findings: Finding[] = []
  if (!isStampOf(stamp, check.data)) findings.push(error('TRU-130', 'The time stamp is of something else.'))
  const { nonce, policy } = check
  if (nonce && (!stamp.nonce || numeric(nonce) !== numeric(stamp.nonce)))
    findings.push(error('TRU-132', 'The time stamp answers another request (nonce).'))
  if (policy !== undefined && policy !== stamp.policy)
    findings.push(error('TRU-133', `The time stamp was made under policy ${stamp.policy}, not ${policy}.`))
  if (stamp.time.getTime() > check.at.getTime() + skewMs)
    findings.push(error('TRU-134', `The time stamp is from the future: ${stamp.time.toISOString()}.`))
  if (findings.length > 0) return { ...useless, findings }

  const intermediates = [...stamp.certificates, ...(check.intermediates ?? [])]
  const { anchors, at } = check
  const found = buildPath({ leaf: stamp.signer, intermediates, anchors, at, purpose: 'time-stamp' })
  if (found.trust === 'trusted') return { stamp, trust: 'trusted', path: found.path, findings: [] }
  const why = found.findings.map(({ code, message }) => `${code} ${message}`).join(' ')
  const message = `The authority of the time stamp is not trusted, so its time proves nothing: ${why}`
  return {
    stamp,
    trust: found.trust,
    path: found.path,
    findings: [{ code: 'TRU-135', layer: 'trust', severity: 'warning', path: '/', message }],
  }
}
