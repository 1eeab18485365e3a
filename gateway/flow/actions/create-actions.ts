import { type Codec, type EcocId, isAccepted, isResting } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import { event, remove, update, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { ecocMovedAnswers } from '../answers.ts'
import type { Tools } from '../tools.ts'
import { type BulkInput, type BulkMakers, type BulkResult, confirmBulk, previewBulk } from './bulk.ts'
import { correctEcoc } from './correct-ecoc.ts'
import type { Decider } from '../../sign-off/may-decide.ts'
import type { HoldsRight } from '../sign-off/question-of.ts'
import { voidSignOff } from '../sign-off/void-sign-off.ts'
import { decideSignOff, type SignOffInput } from './decide-sign-off.ts'
import { recordReply, type ReplyInput, submittedByHand } from './hand-in.ts'
import { pushRecords, type PushInput, type PushResult } from './push-records.ts'
import { notFound, wrongState } from './refuse.ts'
import { replayable, replayWrites } from './replay.ts'
import { reopenEcoc } from './reopen-ecoc.ts'
import { resolveOutcome, type ResolveInput } from './resolve-outcome.ts'
import { routeEcoc, type RouteEcocInput } from './route-ecoc.ts'
import { withdrawEcoc } from './withdraw-ecoc.ts'

/** What people may do to an eCoC. Each is one commit; a wrong state is refused and changes nothing. */
export interface FlowActions {
  signOff(id: EcocId, input: SignOffInput, decider: Decider, holdsRight: HoldsRight): Promise<void>
  replay(id: EcocId, actor: string): Promise<void>
  retry(id: EcocId, actor: string): Promise<void>
  resolve(id: EcocId, input: ResolveInput, actor: string): Promise<void>
  correct(id: EcocId, actor: string): Promise<void>
  reopen(id: EcocId, comment: string, actor: string): Promise<void>
  /** Cancels what was not sent; asks the access point to withdraw what it accepted. */
  cancel(id: EcocId, comment: string, actor: string): Promise<void>
  /** A person handed it in at a portal. */
  submitted(id: EcocId, note: string, actor: string): Promise<void>
  /** A person brings the reply of a portal. */
  reply(id: EcocId, input: ReplyInput, actor: string): Promise<void>
  /** Sends it to another access point than routing chose; before its dispatch only. */
  route(id: EcocId, input: RouteEcocInput, actor: string): Promise<void>
  /** What a verb would do to many; nothing is changed. */
  previewBulk(input: BulkInput, actor: string): Promise<BulkResult>
  /** Does what a preview showed, by its hash. */
  confirmBulk(input: BulkInput & { readonly hash: string }, actor: string): Promise<BulkResult>
  push(input: PushInput): Promise<PushResult>
}

const replay = async (ecoc: EcocRow, actor: string, firstStage: string, tools: Tools): Promise<Write[]> => {
  if (ecoc.state === 'rejected') return correctEcoc(ecoc, actor, firstStage, tools)
  if (!replayable.has(ecoc.state)) throw wrongState('replay', ecoc.state)
  const answers = await ecocMovedAnswers(ecoc, 'received', tools)
  return [...replayWrites(ecoc, actor, firstStage, instant(tools.clock())), ...answers]
}

const cancel = async (ecoc: EcocRow, comment: string, actor: string, tools: Tools): Promise<Write[]> => {
  if (isAccepted(ecoc.state)) return withdrawEcoc(ecoc, comment, actor, tools)
  const unsent = replayable.has(ecoc.state)
  if (!unsent || ecoc.signed_sha256 !== null) throw wrongState('cancel', ecoc.state)
  const at = instant(tools.clock())
  const set = {
    state: 'cancelled',
    reason: `Cancelled by ${actor}: ${comment}`,
    next_step: null,
    updated_at: at,
  } as const
  return [
    update('ecoc', { id: ecoc.id, state: ecoc.state }, set, 1),
    ...voidSignOff(ecoc, { actor, reason: 'it was cancelled', at }),
    remove('job', { ecoc_id: ecoc.id }),
    event({ at, actor, type: 'ecoc.cancelled', subject: ecoc.id, detail: { comment } }),
    ...(await ecocMovedAnswers(ecoc, 'cancelled', tools)),
  ]
}

const retry = async (ecoc: EcocRow, actor: string, tools: Tools): Promise<Write[]> => {
  const job = await tools.store.jobs.get(ecoc.id)
  if (!job || (isResting(ecoc.state) && ecoc.state !== 'held' && ecoc.state !== 'outcome_unknown'))
    throw wrongState('retry', ecoc.state)
  const at = instant(tools.clock())
  return [
    update('job', { ecoc_id: ecoc.id, owner: null }, { next_run_at: at }),
    event({ at, actor, type: 'ecoc.retried', subject: ecoc.id, detail: { stage: job.stage } }),
  ]
}

/** @param firstStage name of the stage at which a record begins */
export const createActions = (tools: Tools, codecs: ReadonlyMap<string, Codec>, firstStage: string): FlowActions => {
  const on = async (id: EcocId, make: (ecoc: EcocRow) => Promise<Write[]>): Promise<void> => {
    const ecoc = await tools.store.ecocs.get(id)
    if (!ecoc) throw notFound(id)
    await tools.store.commit(await make(ecoc))
  }
  const makers: BulkMakers = {
    retry: (e, actor) => retry(e, actor, tools),
    replay: (e, actor) => replay(e, actor, firstStage, tools),
    correct: (e, actor) => correctEcoc(e, actor, firstStage, tools),
    cancel: (e, actor, comment) => cancel(e, comment, actor, tools),
  }
  return {
    signOff: (id, input, decider, holdsRight) => on(id, (e) => decideSignOff(e, input, decider, holdsRight, tools)),
    replay: (id, actor) => on(id, (e) => replay(e, actor, firstStage, tools)),
    retry: (id, actor) => on(id, (e) => retry(e, actor, tools)),
    resolve: (id, input, actor) => on(id, (e) => resolveOutcome(e, input, actor, tools)),
    correct: (id, actor) => on(id, (e) => correctEcoc(e, actor, firstStage, tools)),
    reopen: (id, comment, actor) => on(id, (e) => reopenEcoc(e, comment, actor, tools)),
    cancel: (id, comment, actor) => on(id, (e) => cancel(e, comment, actor, tools)),
    submitted: (id, note, actor) => on(id, (e) => submittedByHand(e, note, actor, tools)),
    reply: (id, input, actor) => on(id, (e) => recordReply(e, input, actor, tools)),
    route: (id, input, actor) => on(id, (e) => routeEcoc(e, input, actor, firstStage, tools)),
    previewBulk: (input, actor) => previewBulk(input, actor, makers, tools),
    confirmBulk: (input, actor) => confirmBulk(input, actor, makers, tools),
    push: (input) => pushRecords(input, codecs, firstStage, tools),
  }
}
