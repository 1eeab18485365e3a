import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Sha256 } from '../../contract/ids.ts'

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
const file = z.strictObject({
  notices: z.array(
    z.strictObject({
      source: z.string().min(1),
      from: z.iso.datetime(),
      until: z.iso.datetime().optional(),
      signers: z.array(fingerprint).min(1),
    }),
  ),
})

/** A certificate whose key may sign a list of lists that was issued in this time. */
export interface LotlSigner {
  readonly sha256: Sha256
  /** Where the fingerprint comes from. */
  readonly source: string
  readonly from?: string | undefined
  readonly until?: string | undefined
}

/**
 * The signers that come with the product: those of the notices in the Official Journal, each for lists issued while its notice
 * holds. `lotl-signers.json` beside this file is replaced with a new release; a site names others by `--lotl-signer`.
 */
export const shippedSigners = (): readonly LotlSigner[] =>
  file
    .parse(JSON.parse(readFileSync(new URL('lotl-signers.json', import.meta.url), 'utf8')))
    .notices.flatMap(({ source, from, until, signers }) =>
      signers.map((sha256) => ({ sha256: sha256 as Sha256, source, from, until })),
    )

/** A fingerprint as people write it: with colons, spaces or capitals. Undefined when it is no SHA-256. */
export const fingerprintOf = (text: string): Sha256 | undefined => {
  const found = fingerprint.safeParse(text.replace(/[:\s]/g, '').toLowerCase())
  return found.data as Sha256 | undefined
}

/** Whether one of the signers may have signed a list of lists of this day. */
export const isPinned = (signers: readonly LotlSigner[], sha256: string, issued: string): boolean => {
  const at = Date.parse(issued)
  return signers.some(
    (s) =>
      s.sha256 === sha256 &&
      (s.from === undefined || at >= Date.parse(s.from)) &&
      (s.until === undefined || at < Date.parse(s.until)),
  )
}
