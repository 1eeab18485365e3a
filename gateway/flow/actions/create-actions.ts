import { type Codec, type EcocId, isResting } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import { event, remove, update, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { ecocMovedAnswers } from '../answers.ts'
import type { Tools } from '../tools.ts'
import { correctEcoc } from './correct-ecoc.ts'
import { decideSignOff, type SignOffInput } from './decide-sign-off.ts'
import { pushRecords, type PushInput, type PushResult } from './push-records.ts'
import { notFound, wrongState } from './refuse.ts'
import { replayable, replayWrites } from './replay.ts'
import { reopenEcoc } from './reopen-ecoc.ts'
import { resolveOutcome, type ResolveInput } from './resolve-outcome.ts'

/** What people may do to an eCoC. Each is one commit; a wrong state is refused and changes nothing. */
export interface FlowActions {
  signOff(id: EcocId, input: SignOffInput, actor: string): Promise<void>
  replay(id: EcocId, actor: string): Promise<void>
  retry(id: EcocId, actor: string): Promise<void>
  resolve(id: EcocId, input: ResolveInput, actor: string): Promise<void>
  correct(id: EcocId, actor: string): Promise<void>
  reopen(id: EcocId, comment: string, actor: string): Promise<void>
  cancel(id: EcocId, comment: string, actor: string): Promise<void>
  push(input: PushInput): Promise<PushResult>
}

const replay = async (ecoc: EcocRow, actor: string, firstStage: string, tools: Tools): Promise<Write[]> => {
  if (ecoc.state === 'rejected') return correctEcoc(ecoc, actor, firstStage, tools)
  if (!replayable.has(ecoc.state)) throw wrongState('replay', ecoc.state)
  const answers = await ecocMovedAnswers(ecoc, 'received', tools)
  return [...replayWrites(ecoc, actor, firstStage, instant(tools.clock())), ...answers]
}

const cancel = async (ecoc: EcocRow, comment: string, actor: string, tools: Tools): Promise<Write[]> => {
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
  return {
    signOff: (id, input, actor) => on(id, (e) => decideSignOff(e, input, actor, tools)),
    replay: (id, actor) => on(id, (e) => replay(e, actor, firstStage, tools)),
    retry: (id, actor) => on(id, (e) => retry(e, actor, tools)),
    resolve: (id, input, actor) => on(id, (e) => resolveOutcome(e, input, actor, tools)),
    correct: (id, actor) => on(id, (e) => correctEcoc(e, actor, firstStage, tools)),
    reopen: (id, comment, actor) => on(id, (e) => reopenEcoc(e, comment, actor, tools)),
    cancel: (id, comment, actor) => on(id, (e) => cancel(e, comment, actor, tools)),
    push: (input) => pushRecords(input, codecs, firstStage, tools),
  }
}
