import type { SignatureLevel } from '../../config/parts/signature.ts'
import { GatewayError } from '../../contract/index.ts'
import type { SigningEvidence } from '../../signature/signing-evidence.ts'
import { nextStepFor } from '../next-steps.ts'
import type { StepResult } from '../step.ts'
import type { Tools } from '../tools.ts'

/** A person looks at a time-stamping authority after minutes, not hours. */
const longestMs = 60_000

/** For documents that carry no proof of revocation, trust services are given this long; they are asked on meanwhile. */
const shortMs = 2_000
const longMs = 20_000
export const patienceFor = (level: SignatureLevel): number => (level === 'T' || level === 'LT' ? longMs : shortMs)

/** With `again` the gateway goes on by itself when the obstacle is gone; without, a person must act. */
const rest = (code: string, reason: string, again?: number): StepResult => ({
  rest: { state: 'held', code, reason, nextStep: nextStepFor(code) },
  ...(again === undefined ? {} : { againMs: again }),
})

/** It waits for a trust service and is tried again: `SIG-311`. */
export const waitFor = (level: SignatureLevel, why: string, { config }: Pick<Tools, 'config'>): StepResult =>
  rest('SIG-311', `Level ${level} waits for a trust service. ${why}`, Math.min(config.delivery.firstRetry, longestMs))

/** Nothing is signed with a seal that others refuse: `SIG-310`. */
const revoked = (who: string): StepResult =>
  rest('SIG-310', `The seal is revoked, or its issuer is: ${who}. Nothing is signed with it.`)

/**
 * What of the evidence stands in the way of a signature at this level. XMLDSig and B go on without answers of trust services, T waits
 * for those that are named, LT needs all.
 */
export const evidenceObstacle = (
  level: SignatureLevel,
  { revoked: who, missing, isOpen }: SigningEvidence,
  tools: Pick<Tools, 'config'>,
): StepResult | undefined => {
  if (who.length > 0) return revoked(who.join(', '))
  const waits = (level === 'T' && isOpen) || (level === 'LT' && missing.length > 0)
  return waits ? waitFor(level, missing.join(' '), tools) : undefined
}

/** What a level that could not be reached means for the document. Throws what is no obstacle but a fault. */
export const levelObstacle = (level: SignatureLevel, error: unknown, tools: Pick<Tools, 'config'>): StepResult => {
  if (!(error instanceof GatewayError) || error.kind === 'bug') throw error
  return error.code === 'SIG-303'
    ? revoked(error.message)
    : waitFor(level, `${error.code} ${error.message} ${error.hint ?? ''}`.trim(), tools)
}
