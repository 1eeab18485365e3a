import { GatewayError } from '../contract/errors.ts'
import { XmlError } from 'libxml2-wasm'
import type { FindServices } from '../trust/lists/find-services.ts'
import type { Quality } from '../trust/lists/quality-of.ts'
import { qualityOf } from '../trust/lists/quality-of.ts'
import { inspectDocument, judgedAt } from './inspect-document.ts'
import type { VerifyOptions } from './verify-document.ts'
import { trustedBy } from './verify-document.ts'

/** What the signer's certificate was worth when it signed. */
export interface VerifiedQuality extends Quality {
  /** The time that was asked about: proved by a time stamp, otherwise as the signer claims, otherwise now. ISO 8601. */
  readonly at: string
}

/**
 * Whether a document was signed with a qualified seal, an advanced one by a listed provider, or neither, and why, by the
 * services that were listed at the time of signing. Undefined where the signature cannot be read or does not hold.
 */
export const qualityOfSigner = (
  bytes: Buffer,
  options: VerifyOptions,
  find: FindServices,
): VerifiedQuality | undefined => {
  const trusted = trustedBy(options)
  try {
    const inspection = inspectDocument(bytes, trusted)
    if (inspection.broken.length > 0) return undefined
    const { parts, signer, path, timeStamp } = inspection
    const claimed = new Date(parts.properties?.signingTime ?? NaN)
    const isProved = timeStamp?.trust === 'trusted'
    const at = isProved || Number.isNaN(claimed.getTime()) ? judgedAt(inspection, trusted.at) : claimed
    return { ...qualityOf(signer, path.path, at, find), at: at.toISOString() }
  } catch (cause) {
    if (cause instanceof XmlError || cause instanceof GatewayError) return undefined
    throw cause
  }
}
