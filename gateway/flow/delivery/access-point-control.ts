import { GatewayError, type Instant } from '../../contract/index.ts'
import type { AccessPointPauseRow } from '../../store/tables.ts'
import { event, remove, update, upsert } from '../../store/writes.ts'
import { roomAt } from '../../submission/gate.ts'
import { instant } from '../../support/clock.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { gateOf, limitsOf } from './limits.ts'

/** An access point as people see it: can it be reached, what holds it back, how much waits. */
export interface AccessPointState {
  readonly name: string
  readonly connector: string
  readonly title: string
  readonly environment: string
  readonly testOf: string | null
  readonly channel: 'call' | 'drop' | 'hand'
  /** `reachable`, or why it is not called now. */
  readonly state: 'reachable' | 'paused' | 'maintenance' | 'retry-after' | 'unreachable' | 'throttled'
  /** When it is called again at the latest, where it is not called now. */
  readonly until: Instant | null
  readonly pause: { readonly reason: string; readonly by: string; readonly at: Instant; readonly until: Instant } | null
  /** eCoCs under way to it or asked about. */
  readonly queued: number
  readonly oldest: Instant | null
}

export interface PauseInput {
  readonly reason: string
  readonly until: Date
}

/** Access points as they stand, and holding one back for a while. */
export interface AccessPointControl {
  list(): Promise<AccessPointState[]>
  pause(name: string, input: PauseInput, actor: string): Promise<void>
  resume(name: string, actor: string): Promise<void>
}

const longestPauseMs = 90 * 86_400_000
const words = {
  paused: 'paused',
  maintenance: 'maintenance',
  'retry-after': 'retry-after',
  circuit: 'unreachable',
  throttle: 'throttled',
  parallel: 'reachable',
} as const

const stateOf = (
  point: ReadyAccessPoint,
  pause: AccessPointPauseRow | undefined,
  tools: Tools,
): Pick<AccessPointState, 'state' | 'until'> => {
  const now = tools.clock().getTime()
  const { closed } = roomAt(gateOf(point, pause), limitsOf(point, tools), 0, now)
  if (closed) return { state: words[closed.why], until: instant(new Date(closed.notBefore)) }
  // A probe is due: nobody knows yet that it can be reached again.
  return { state: point.circuit.state === 'closed' ? 'reachable' : 'unreachable', until: null }
}

const refuse = (status: 404 | 409 | 422, code: string, message: string, hint: string): GatewayError =>
  new GatewayError({ kind: 'usage', code, message, hint, params: { status } })

/** @throws GatewayError SUB-101 there is no such access point */
const known = (name: string, { accessPoints }: Tools): ReadyAccessPoint => {
  const point = accessPoints.get(name)
  if (point) return point
  throw refuse(
    404,
    'SUB-101',
    `There is no access point ${name}.`,
    `There are: ${[...accessPoints.keys()].join(', ')}.`,
  )
}

export const createAccessPointControl = (tools: Tools): AccessPointControl => ({
  async list() {
    const [pauses, queued] = await Promise.all([tools.store.deliveries.pauses(), tools.store.jobs.queued('submission')])
    return [...tools.accessPoints.values()].map((point) => {
      const { name, connector, config, environment, testOf } = point
      const pause = pauses.find((p) => p.access_point === name)
      const waiting = queued.find((q) => q.lane === name)
      return {
        ...{ name, connector: connector.name, title: connector.title, environment, testOf: testOf ?? null },
        ...{ channel: connector.delivery(config).channel, ...stateOf(point, pause, tools) },
        pause: pause ? { reason: pause.reason, by: pause.paused_by, at: pause.at, until: pause.until_at } : null,
        ...{ queued: waiting?.n ?? 0, oldest: waiting?.oldest ?? null },
      }
    })
  },
  /** @throws GatewayError SUB-101, SUB-102 an end that is past or too far away */
  async pause(name, { reason, until }, actor) {
    known(name, tools)
    const now = tools.clock()
    const ms = until.getTime() - now.getTime()
    if (!(ms > 0) || ms > longestPauseMs)
      throw refuse(422, 'SUB-102', 'A pause ends in the future, and within 90 days.', 'Name another end.')
    const row = { access_point: name, reason, paused_by: actor, at: instant(now), until_at: instant(until) }
    const detail = { reason, until: row.until_at }
    await tools.store.commit([
      upsert('access_point_pause', row),
      event({ at: row.at, actor, type: 'access_point.paused', subject: name, detail }),
    ])
    tools.log.warn({ accessPoint: name, ...detail, by: actor }, 'access point is paused')
  },
  /** @throws GatewayError SUB-101, SUB-103 it is not paused */
  async resume(name, actor) {
    known(name, tools)
    if (!(await tools.store.deliveries.pause(name)))
      throw refuse(409, 'SUB-103', `Access point ${name} is not paused.`, 'Nothing is to be done.')
    await endPause(name, actor, tools)
  },
})

/**
 * Ends a pause; what waited goes on at once.
 * @param over the end that has come, where it ends by itself: one that a person made longer meanwhile stays
 * @throws GatewayError STO-003 it was made longer
 */
export const endPause = async (name: string, actor: string, tools: Tools, over?: Instant): Promise<void> => {
  await tools.store.commit([
    ...(over ? [update('access_point_pause', { access_point: name, until_at: over }, { until_at: over }, 1)] : []),
    remove('access_point_pause', { access_point: name }),
    event({ at: instant(tools.clock()), actor, type: 'access_point.resumed', subject: name, detail: {} }),
  ])
  tools.log.info({ accessPoint: name, by: actor }, 'access point is no longer paused')
}
