import type { AccessPointPauseRow } from '../../store/tables.ts'
import { backOffDelay } from '../../submission/back-off.ts'
import { enter, type GateLimits, type GateState, noTraffic } from '../../submission/gate.ts'
import type { StepResult } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'

/** What the access point may be asked to bear: its own settings, else those of the site. */
export const limitsOf = ({ limits }: ReadyAccessPoint, { config }: Tools): GateLimits => {
  const { delivery, site } = config
  return {
    circuit: {
      failuresToOpen: limits?.failuresToOpen ?? delivery.failuresToOpen,
      probeEveryMs: limits?.probeEvery ?? delivery.probeEvery,
    },
    maxParallel: limits?.parallel ?? delivery.parallel,
    maxPerMinute: limits?.maxPerMinute,
    maintenance: (limits?.maintenance ?? []).map((w) => ({ ...w, timeZone: w.timeZone ?? site.timeZone })),
  }
}

export const gateOf = (point: ReadyAccessPoint, pause: AccessPointPauseRow | undefined): GateState => {
  point.traffic ??= noTraffic()
  const pausedUntil = pause && Date.parse(pause.until_at)
  return { circuit: point.circuit, traffic: point.traffic, pausedUntil }
}

/** Delay before the next try, by the delivery settings of the access point. */
export const delayAfter = (tries: number, { limits }: ReadyAccessPoint, { config }: Tools): number => {
  const { firstRetry, retryFactor, longestRetry } = config.delivery
  const settings = {
    firstMs: limits?.firstRetry ?? firstRetry,
    factor: limits?.retryFactor ?? retryFactor,
    capMs: limits?.longestRetry ?? longestRetry,
    jitter: 0.2,
  }
  return Math.round(backOffDelay(tries, Math.random(), settings))
}

const shortestWaitMs = 100

/**
 * Asks for leave to call an access point now.
 * @returns when to ask again, where there is no leave
 */
export const askLeave = async (point: ReadyAccessPoint, tools: Tools): Promise<StepResult | undefined> => {
  const pause = await tools.store.deliveries.pause(point.name)
  const now = tools.clock().getTime()
  const { circuit, refused } = enter(gateOf(point, pause), limitsOf(point, tools), now)
  point.circuit = circuit
  return refused && { againMs: Math.max(shortestWaitMs, refused.notBefore - now) }
}
