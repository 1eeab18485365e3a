import type { DeliveryProfile, Finding, Target } from '../contract/index.ts'
import { type RouteInput, routeTargets } from '../routing/route-targets.ts'
import { localDay } from '../support/local-time.ts'
import type { Tools } from './tools.ts'

/** What may be asked, without a vehicle: each part may be left out. */
export type RouteQuestion = Omit<RouteInput, 'table' | 'otherApprovals'>

/** A target with how its access point is spoken to; null where none of that name is configured. */
export interface ShownTarget extends Target {
  /** The access point's connector. */
  readonly via: string | null
  readonly channel: DeliveryProfile['channel'] | null
}
export interface ShownRoutes {
  /** The day that the rules were asked for, YYYY-MM-DD. */
  readonly on: string
  readonly targets: readonly ShownTarget[]
  readonly findings: readonly Finding[]
}

/** How a configured access point is spoken to. */
export type PointOf = (name: string) => Pick<ShownTarget, 'via' | 'channel'> | undefined

/** Where a document would go, and why: the same routing as the flow's, on whatever day. Nothing is sent or kept. */
export const askRoute = (
  question: RouteQuestion & { readonly on: string },
  table: RouteInput['table'],
  pointOf: PointOf,
): ShownRoutes => {
  const { targets, findings } = routeTargets({ ...question, table })
  const none = { via: null, channel: null }
  return { on: question.on, targets: targets.map((t) => ({ ...t, ...(pointOf(t.accessPoint) ?? none) })), findings }
}

/** The routing of the running gateway, as people and programs ask it. */
export type RouteDesk = (question: RouteQuestion) => ShownRoutes

export const createRouteDesk =
  (tools: Pick<Tools, 'routingTable' | 'accessPoints' | 'clock' | 'config'>): RouteDesk =>
  (question) => {
    const on = question.on ?? localDay(tools.clock(), tools.config.site.timeZone)
    return askRoute({ ...question, on }, tools.routingTable, (name) => {
      const point = tools.accessPoints.get(name)
      return point && { via: point.connector.name, channel: point.connector.delivery(point.config).channel }
    })
  }
