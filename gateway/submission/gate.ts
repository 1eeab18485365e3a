import { askToSend, type Circuit, type CircuitSettings } from './circuit-breaker.ts'
import { maintenanceEnd, type MaintenanceWindow } from './maintenance.ts'

/** What an access point may be asked to bear. */
export interface GateLimits {
  readonly circuit: CircuitSettings
  /** Calls at once. */
  readonly maxParallel: number
  /** Calls that begin within a minute; undefined: any number. */
  readonly maxPerMinute: number | undefined
  readonly maintenance: readonly MaintenanceWindow[]
}

/** What was asked of it lately; in memory, since a restart asks nothing. */
export interface Traffic {
  /** When the calls of the last minute began, oldest first; kept only where their number is limited. */
  readonly begun: number[]
  /** Until when it asked to be left alone (Retry-After). */
  notBefore: number
}
export const noTraffic = (): Traffic => ({ begun: [], notBefore: 0 })

export type Closed = 'paused' | 'maintenance' | 'retry-after' | 'circuit' | 'throttle' | 'parallel'
export interface GateState {
  readonly circuit: Circuit
  readonly traffic: Traffic
  /** Until when a person holds it back. */
  readonly pausedUntil: number | undefined
}

/** How many calls may begin now, and if none, why and until when. */
export interface Room {
  readonly room: number
  readonly closed?: { readonly why: Closed; readonly notBefore: number }
}

const minuteMs = 60_000
const closed = (why: Closed, notBefore: number): Room => ({ room: 0, closed: { why, notBefore } })

/** What leaves room for nothing at all, whatever is under way. */
const shut = (state: GateState, limits: GateLimits, now: number): Room | undefined => {
  if (state.pausedUntil !== undefined && state.pausedUntil > now) return closed('paused', state.pausedUntil)
  const end = maintenanceEnd(limits.maintenance, now)
  if (end !== undefined) return closed('maintenance', end)
  if (state.traffic.notBefore > now) return closed('retry-after', state.traffic.notBefore)
  const leave = askToSend(state.circuit, now, limits.circuit)
  return leave.allowed ? undefined : closed('circuit', leave.notBefore)
}

/**
 * How many calls to an access point may begin now. Pure but for forgetting calls that are over a minute old.
 * @param underWay calls that began and did not end
 */
export const roomAt = (state: GateState, limits: GateLimits, underWay: number, now: number): Room => {
  const whole = shut(state, limits, now)
  if (whole) return whole
  // One probe says whether it can be reached again.
  const atOnce = state.circuit.state === 'closed' ? limits.maxParallel : 1
  if (underWay >= atOnce) return closed('parallel', now + minuteMs)
  const { maxPerMinute } = limits
  if (maxPerMinute === undefined) return { room: atOnce - underWay }
  const { begun } = state.traffic
  while (begun[0] !== undefined && begun[0] <= now - minuteMs) begun.shift()
  const left = maxPerMinute - begun.length
  return left > 0
    ? { room: Math.min(atOnce - underWay, left) }
    : closed('throttle', (begun[begun.length - maxPerMinute] ?? now) + minuteMs)
}

/**
 * Asks for leave to call now, and notes the call.
 * @returns the circuit to keep; `notBefore` where there is no leave
 */
export const enter = (
  state: GateState,
  limits: GateLimits,
  now: number,
): { readonly circuit: Circuit; readonly refused?: { readonly why: Closed; readonly notBefore: number } } => {
  // Who asks is under way already: the runner counted it.
  const { closed: refused } = roomAt(state, limits, 0, now)
  if (refused) return { circuit: state.circuit, refused }
  if (limits.maxPerMinute !== undefined) state.traffic.begun.push(now)
  return { circuit: askToSend(state.circuit, now, limits.circuit).circuit }
}

const longestRetryAfterMs = 24 * 3_600_000

/**
 * Reads a Retry-After header: seconds or a date (RFC 9110, 10.2.3).
 * @returns milliseconds to wait, at most a day; undefined when it says nothing usable
 */
export const retryAfterMs = (header: string | undefined, now: number): number | undefined => {
  const text = header?.trim() ?? ''
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) - now : NaN
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, longestRetryAfterMs) : undefined
}
