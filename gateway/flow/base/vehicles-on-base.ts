import type { BaseDifference } from '../../base/differences.ts'
import { stageOf } from '../../base/check-pairing.ts'
import {
  type BaseEcoc,
  type EcocId,
  GatewayError,
  type EcocState,
  isAccepted,
  isBeforeSigned,
} from '../../contract/index.ts'
import type { BaseIssueRow, EcocRow } from '../../store/tables.ts'
import { event, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { correctEcoc } from '../actions/correct-ecoc.ts'
import { replayWrites } from '../actions/replay.ts'
import { ecocMovedAnswers } from '../answers.ts'
import { nextStepFor } from '../next-steps.ts'
import type { Tools } from '../tools.ts'
import { baseReader, isOwnStage } from './base-for.ts'
import { ecocsOf, ownKeyOfEcoc } from './own-stages.ts'

/** A base eCoC that came in, and what it means to vehicles. */
export interface BaseChange {
  readonly base: BaseEcoc
  readonly outcome: 'new' | 'corrected' | 'replaces-sheet'
  readonly differences: readonly BaseDifference[]
  readonly actor: string
  readonly firstStage: string
}

/** Waits for a base eCoC, whatever its mapper is. */
const waiting = new Set(['BAS-001', 'BAS-002', 'BAS-004'])
const onItsWay: ReadonlySet<EcocState> = new Set(['signed', 'dispatching', 'outcome_unknown', 'awaiting_receipt'])

/** Whether the document of an eCoC stands on an earlier state of this base. */
const isBuiltBefore = async (ecoc: EcocRow, { base, outcome }: BaseChange, tools: Tools): Promise<boolean> => {
  const mapper = tools.mappers.get(ecoc.mapper)
  if (mapper === undefined || mapper.base === 'none') return false
  const own = await ownKeyOfEcoc(ecoc, tools)
  if (own && isOwnStage(base.tree, own)) return false
  const used = await tools.store.contents.get(ecoc.id, 'base')
  // Made before what it is built on was kept beside it.
  if (!used) return outcome !== 'new' && ecoc.stage !== null
  return used.sha256 !== base.sha256 && stageOf(baseReader(tools, ecoc.profile)(used.bytes).tree) <= base.stage
}

/** Held or sign-off asked for or even given: all of it was about another base. */
const again = async (ecoc: EcocRow, change: BaseChange, tools: Tools): Promise<Write[]> => [
  ...replayWrites(ecoc, change.actor, change.firstStage, instant(tools.clock())),
  update('sign_off', { ecoc_id: ecoc.id, decision: 'approve' }, { decision: 'void' }),
  ...(await ecocMovedAnswers(ecoc, 'received', tools)),
]

interface Dealt {
  readonly code: string
  readonly text: string
  readonly writes: readonly Write[]
  readonly proposal?: EcocId | undefined
  readonly isDone: boolean
}

/** What `correctEcoc` made: the id of the proposal stands in what it inserts. */
const proposalIn = (writes: readonly Write[]): EcocId | undefined => {
  const made = writes.find((w) => w.op === 'insert' && w.table === 'ecoc')
  return made?.op === 'insert' ? (made.row['id'] as EcocId) : undefined
}

/** A delivered eCoC gets a proposed correction; where that cannot be, a person must look. */
export const proposeFor = async (ecoc: EcocRow, actor: string, firstStage: string, tools: Tools): Promise<Dealt> => {
  const open = await tools.store.ecocs.openCorrection(ecoc.id)
  const text = 'The vehicle was delivered on the earlier base; a correction is proposed.'
  if (open) return { code: 'BAS-011', text, writes: [], proposal: open.id, isDone: false }
  try {
    const writes = await correctEcoc(ecoc, actor, firstStage, tools)
    return { code: 'BAS-011', text, writes, proposal: proposalIn(writes), isDone: false }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'usage') throw error
    return {
      code: 'BAS-013',
      text: `No correction can be proposed by itself: ${error.message}`,
      writes: [],
      isDone: false,
    }
  }
}

const deal = async (ecoc: EcocRow, change: BaseChange, tools: Tools): Promise<Dealt> => {
  const { actor, firstStage } = change
  const isUnsent = ecoc.signed_sha256 === null
  if (isUnsent && (isBeforeSigned(ecoc.state) || ecoc.state === 'dead_letter' || ecoc.state === 'compared'))
    return {
      ...{ code: 'BAS-010', text: 'The vehicle was not sent yet: it is made anew, and a sign-off is asked for anew.' },
      ...{ writes: await again(ecoc, change, tools), isDone: true },
    }
  if (isAccepted(ecoc.state) || ecoc.state === 'reopened') return proposeFor(ecoc, actor, firstStage, tools)
  if (onItsWay.has(ecoc.state)) {
    const text = 'The vehicle is on its way with the earlier base; a correction is proposed when it was accepted.'
    return { code: 'BAS-012', text, writes: [], isDone: false }
  }
  const text = `The vehicle is ${ecoc.state} on the earlier base.`
  return { code: 'BAS-013', text, writes: [], isDone: false }
}

/**
 * What a base eCoC that came in does to the vehicles of its VIN, as writes. Those that waited go on. Of those built on an earlier
 * state of it, what was not sent is made anew and its sign-offs are void, what was accepted gets a proposed correction, and whatever
 * else is an open issue with its next step. Each is told in the audit chain.
 */
export const vehiclesOnBase = async (change: BaseChange, tools: Tools): Promise<Write[]> => {
  const { base, outcome, differences, actor, firstStage } = change
  const at = instant(tools.clock())
  const writes: Write[] = []
  for (const ecoc of await ecocsOf(base.vin, tools)) {
    if (ecoc.state === 'held' && waiting.has(ecoc.reason_code ?? '')) {
      writes.push(...replayWrites(ecoc, actor, firstStage, at))
      continue
    }
    if (!(await isBuiltBefore(ecoc, change, tools))) continue
    const { code, text, writes: own, proposal, isDone } = await deal(ecoc, change, tools)
    const why = outcome === 'corrected' ? 'Its base eCoC was corrected' : 'Its base eCoC arrived'
    const issue: BaseIssueRow = {
      ...{ ecoc_id: ecoc.id, base_sha256: base.sha256, vin: base.vin, code, next_step: nextStepFor(code) },
      text: `${why} (stage ${base.stage}, ${differences.length} values differ). ${text}`,
      differences: JSON.stringify(differences),
      ...{ proposal: proposal ?? null, at, closed_at: isDone ? at : null },
    }
    const detail = { code, base: base.sha256, origin: base.origin, differ: differences.length, proposal }
    writes.push(
      ...own,
      upsert('base_issue', issue),
      event({ at, actor, type: 'ecoc.base_changed', subject: ecoc.id, detail }),
    )
  }
  return writes
}
