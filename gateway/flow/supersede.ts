import type { EcocId } from '../contract/index.ts'
import type { EcocRow } from '../store/tables.ts'
import { event, update, type Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { ecocMovedAnswers } from './answers.ts'
import type { Tools } from './tools.ts'

/** An accepted correction takes the place of what it corrects, and the files say so. */
export const supersede = async ({ id, replaces }: EcocRow, actor: string, tools: Tools): Promise<Write[]> => {
  const replaced = replaces && (await tools.store.ecocs.get(replaces))
  return replaced ? supersededWrites(replaced, id, actor, tools) : []
}

/** Closes an eCoC for a newer version. */
export const supersededWrites = async (old: EcocRow, by: EcocId, actor: string, tools: Tools): Promise<Write[]> => {
  const at = instant(tools.clock())
  return [
    update('ecoc', { id: old.id, state: old.state }, { state: 'superseded', updated_at: at }, 1),
    event({ at, actor, type: 'ecoc.superseded', subject: old.id, detail: { by } }),
    ...(await ecocMovedAnswers(old, 'superseded', tools)),
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
