import type { AttemptResult } from './send-attempt.ts'

/**
 * Whether an access point is worth trying at all. Only failures before dispatch count: they mean that the access point
 * cannot be reached, so waiting loses nothing. Plain data, so it can be stored and shown.
 */
export type Circuit =
  | { readonly state: 'closed'; readonly failures: number }
  | { readonly state: 'open'; readonly probeAt: number }
  /** One probe is under way; `until` is when it counts as lost (its process may have died). */
  | { readonly state: 'half_open'; readonly until: number }

export interface CircuitSettings {
  readonly failuresToOpen: number
  readonly probeEveryMs: number
}
export const defaultCircuit: CircuitSettings = { failuresToOpen: 5, probeEveryMs: 60_000 }

export const closedCircuit: Circuit = { state: 'closed', failures: 0 }

/**
 * Asks for leave to send now; the circuit returned is the new state to keep.
 * @param now milliseconds since the epoch.
 */
export const askToSend = (
  circuit: Circuit,
  now: number,
  settings: CircuitSettings = defaultCircuit,
): { readonly allowed: boolean; readonly circuit: Circuit; readonly notBefore: number } => {
  if (circuit.state === 'closed') return { allowed: true, circuit, notBefore: now }
  const due = circuit.state === 'open' ? circuit.probeAt : circuit.until
  if (now < due) return { allowed: false, circuit, notBefore: due }
  return { allowed: true, circuit: { state: 'half_open', until: now + settings.probeEveryMs }, notBefore: now }
}

/** The circuit after an attempt. An unknown outcome reached the access point, but proves nothing about its health. */
export const afterAttempt = (
  circuit: Circuit,
  result: AttemptResult['kind'],
  now: number,
  settings: CircuitSettings = defaultCircuit,
): Circuit => {
  if (result === 'answered') return closedCircuit
  if (circuit.state !== 'closed') return { state: 'open', probeAt: now + settings.probeEveryMs }
  if (result === 'unknown') return circuit
  const failures = circuit.failures + 1
  return failures >= settings.failuresToOpen
    ? { state: 'open', probeAt: now + settings.probeEveryMs }
    : { state: 'closed', failures }
}
