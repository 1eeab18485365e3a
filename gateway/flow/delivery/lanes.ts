import { roomAt } from '../../submission/gate.ts'
import type { Lane } from '../step.ts'
import type { Tools } from '../tools.ts'
import { gateOf, limitsOf } from './limits.ts'

/** Jobs that are only to be sorted into their lane. */
const sortedAtOnce = 16

/** One lane per access point: one that cannot be reached, is paused or slow holds up no other. */
export const deliveryLanes = async (tools: Tools, underWay: (lane: string | null) => number): Promise<Lane[]> => {
  const pauses = new Map((await tools.store.deliveries.pauses()).map((p) => [p.access_point, p]))
  const now = tools.clock().getTime()
  const lanes = [...tools.accessPoints.values()].map((point): Lane => {
    const { name } = point
    const { room, closed } = roomAt(gateOf(point, pauses.get(name)), limitsOf(point, tools), underWay(name), now)
    return { name, room, ...(closed ? { notBefore: closed.notBefore } : {}) }
  })
  return [{ name: null, room: sortedAtOnce - underWay(null) }, ...lanes]
}
