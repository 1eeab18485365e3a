import type { EcocRow } from '../store/tables.ts'
import { event, update, type Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import type { Tools } from './tools.ts'

/** An accepted correction takes the place of what it corrects. */
export const supersede = ({ id, replaces }: EcocRow, actor: string, tools: Pick<Tools, 'clock'>): Write[] => {
  if (!replaces) return []
  const at = instant(tools.clock())
  return [
    update('ecoc', { id: replaces }, { state: 'superseded', updated_at: at }),
    event({ at, actor, type: 'ecoc.superseded', subject: replaces, detail: { by: id } }),
  ]
}

/** Whether a document counts on after a rejection, as its access point declares. */
export const versionRule = (accessPoint: string | null, tools: Pick<Tools, 'accessPoints'>): 'same' | 'next' => {
  const point = tools.accessPoints.get(accessPoint ?? '')
  return point?.connector.delivery(point.config).versionAfterRejection ?? 'same'
}

/** Version of the next document after a rejection. */
export const versionAfterRejection = (ecoc: EcocRow, tools: Pick<Tools, 'accessPoints'>): number =>
  ecoc.version + (versionRule(ecoc.access_point, tools) === 'next' ? 1 : 0)
