import { event, type Write } from '../../store/writes.ts'
import { afterAttempt } from '../../submission/circuit-breaker.ts'
import { retryAfterMs } from '../../submission/gate.ts'
import type { AttemptResult } from '../../submission/send-attempt.ts'
import { instant } from '../../support/clock.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { limitsOf } from './limits.ts'

/** Statuses by which an access point says that it is asked too much. */
const overloaded: ReadonlySet<number> = new Set([429, 503])

/**
 * Notes what a call says about its access point: reachable or not, and how long it wants to be left alone. A change
 * between reachable and not is one line in the log and one event; the probes in between are none.
 * @returns the event, to be committed with the attempt
 */
export const noteCall = (point: ReadyAccessPoint, result: AttemptResult, tools: Tools): Write[] => {
  const now = tools.clock().getTime()
  if (result.kind === 'answered' && overloaded.has(result.reply.status)) {
    const wait = retryAfterMs(result.reply.retryAfter, now)
    if (wait !== undefined && point.traffic) point.traffic.notBefore = now + wait
  }
  const before = point.circuit.state === 'closed'
  point.circuit = afterAttempt(point.circuit, result.kind, now, limitsOf(point, tools).circuit)
  const after = point.circuit.state === 'closed'
  if (before === after) return []
  const { name } = point
  const reason = result.kind === 'answered' ? undefined : result.reason
  if (after) tools.log.info({ accessPoint: name }, 'access point can be reached again')
  else tools.log.warn({ accessPoint: name, reason }, 'access point cannot be reached: it is only probed now')
  const type = after ? 'access_point.reachable' : 'access_point.unreachable'
  return [
    event({ at: instant(tools.clock()), actor: 'gateway', type, subject: name, detail: reason ? { reason } : {} }),
  ]
}
