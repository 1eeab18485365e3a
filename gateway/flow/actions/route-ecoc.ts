import type { EcocState } from '../../contract/index.ts'
import { stateOfCountry } from '../../routing/states.ts'
import type { EcocRow } from '../../store/tables.ts'
import { event, remove, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { ecocMovedAnswers } from '../answers.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { voidSignOff } from '../sign-off/void-sign-off.ts'
import { refuse } from './refuse.ts'

export interface RouteEcocInput {
  readonly accessPoint: string
  readonly comment: string
}

/** States in which surely nothing is on its way. */
const unsent: ReadonlySet<EcocState> = new Set([
  'received',
  'mapped',
  'checked',
  'held',
  'awaiting_signoff',
  'signed',
  'dead_letter',
])

/** The document profile that a state's access point takes; undefined where its state is not declared. */
const profileAt = (name: string, { routingTable }: Pick<Tools, 'routingTable'>): string | undefined => {
  const country = routingTable.accessPoints.find((a) => a.accessPoint === name)?.country
  const state = country === undefined ? undefined : stateOfCountry(country)
  if (state?.iso === 'NO') return 'NO'
  return state && (state.area === 'GB' ? 'UK' : 'EU')
}

const isFor = (ecoc: EcocRow, point: ReadyAccessPoint, tools: Pick<Tools, 'routingTable'>): boolean => {
  if (ecoc.mode === 'parallel' || (ecoc.mode === 'live' && point.testOf !== undefined)) return false
  const takes = profileAt(point.testOf ?? point.name, tools)
  return takes === undefined || ecoc.profile === null || takes === ecoc.profile
}

/** Access points that this eCoC may be sent to instead: those that take its document and its mode. */
export const otherAccessPoints = (ecoc: EcocRow, tools: Pick<Tools, 'accessPoints' | 'routingTable'>): string[] =>
  unsent.has(ecoc.state)
    ? [...tools.accessPoints.values()]
        .filter((p) => p.name !== ecoc.access_point && isFor(ecoc, p, tools))
        .map((p) => p.name)
    : []

/**
 * Sends an eCoC to another access point than routing chose. Only before its dispatch: the document is then made, checked and
 * signed anew for that place, with a new reference, since nothing of the earlier one was ever sent.
 * @throws GatewayError ACT-460 no such access point, or one that does not take this document, ACT-461 it left already
 */
export const routeEcoc = async (
  ecoc: EcocRow,
  { accessPoint, comment }: RouteEcocInput,
  actor: string,
  firstStage: string,
  tools: Tools,
): Promise<Write[]> => {
  const attempts = await tools.store.attempts.of(ecoc.id)
  const left = attempts.some((a) => a.operation === 'submit' && a.state !== 'not_sent')
  if (left || !unsent.has(ecoc.state))
    throw refuse(
      409,
      'ACT-461',
      `This eCoC is ${ecoc.state}: it left for ${ecoc.access_point ?? 'nowhere'} already, or is closed.`,
      'A target can be changed before the dispatch only.',
    )
  const point = tools.accessPoints.get(accessPoint)
  if (!point || !isFor(ecoc, point, tools)) {
    const others = otherAccessPoints(ecoc, tools).join(', ') || 'none'
    const message = point
      ? `${accessPoint} takes no ${ecoc.mode} document of profile ${ecoc.profile ?? 'unknown'}.`
      : `There is no access point ${accessPoint.slice(0, 64)}.`
    throw refuse(422, 'ACT-460', message, `It can go to: ${others}.`)
  }
  const at = instant(tools.clock())
  const set: Partial<EcocRow> = {
    state: 'received',
    named_access_point: accessPoint,
    ...{ access_point: null, environment: null, document_sha256: null, signed_sha256: null },
    ...{ ivi_reference_id: null, ivi_version_date_time: null, signature_date: null },
    ...{ reason: null, reason_code: null, next_step: null, updated_at: at },
  }
  return [
    // A dispatch that begins meanwhile moves the state: then one of the two fails, and nothing is sent twice.
    update('ecoc', { id: ecoc.id, state: ecoc.state, record_id: ecoc.record_id }, set, 1),
    ...voidSignOff(ecoc, { actor, reason: `it goes to ${accessPoint} instead`, at }),
    remove('content', { ecoc_id: ecoc.id, kind: 'envelope' }),
    remove('content', { ecoc_id: ecoc.id, kind: 'signed' }),
    upsert('job', {
      ...{ ecoc_id: ecoc.id, stage: firstStage, lane: null },
      ...{ next_run_at: at, owner: null, lease_until: null, tries: 0 },
    }),
    event({
      at,
      actor,
      type: 'ecoc.rerouted',
      subject: ecoc.id,
      detail: { from: ecoc.access_point, to: accessPoint, comment, signedSha256: ecoc.signed_sha256 },
    }),
    ...(await ecocMovedAnswers(ecoc, 'received', tools)),
  ]
}
