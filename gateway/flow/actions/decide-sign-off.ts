import type { Decider, SignOffDecision } from '../../sign-off/may-decide.ts'
import { mayDecide } from '../../sign-off/may-decide.ts'
import { type EcocRow, type SignOffRow } from '../../store/tables.ts'
import { event, insert, update, upsert, type Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import { ecocMovedAnswers } from '../answers.ts'
import { nextStepFor } from '../next-steps.ts'
import { approversOf, type HoldsRight, questionOf } from '../sign-off/question-of.ts'
import type { Tools } from '../tools.ts'
import { refuse, wrongState } from './refuse.ts'

export interface SignOffInput {
  readonly decision: SignOffDecision
  readonly comment: string
  /** Hash of the document that was shown: a decision about another one is refused. */
  readonly documentSha256: string
  /** Hash of everything that was shown. Asked for where the document alone does not say which request is meant. */
  readonly shownSha256?: string | undefined
  /** Code of the list of reasons (`signOff.reasons`). */
  readonly reason?: string | undefined
}

/** @throws GatewayError ACT-410 the decision is about something else than what waits */
const checkShown = (open: SignOffRow, input: SignOffInput, all: readonly SignOffRow[]): void => {
  const changed = (): Error =>
    refuse(409, 'ACT-410', 'What is to be signed off changed since it was shown.', 'Look at it again and decide anew.')
  if (open.document_sha256 !== input.documentSha256) throw changed()
  if (input.shownSha256 !== undefined && open.shown_sha256 !== input.shownSha256) throw changed()
  // The same document was shown before with other findings: its hash alone does not tell which was looked at.
  const isAmbiguous = all.some((s) => s.id !== open.id && s.document_sha256 === open.document_sha256)
  if (isAmbiguous && input.shownSha256 === undefined) throw changed()
}

/** @throws GatewayError ACT-476 */
const checkReason = ({ reason }: SignOffInput, { config }: Tools): string | null => {
  const { reasons, requireReason } = config.signOff
  const known = reasons.find((r) => r.code === reason)
  if ((reason === undefined && !requireReason) || known) return known ? known.text : null
  const message =
    reason === undefined ? 'A reason of the list is needed.' : `There is no reason ${reason.slice(0, 40)}.`
  throw refuse(422, 'ACT-476', message, `One of: ${reasons.map((r) => r.code).join(', ')}.`)
}

/** What a decision leads to. An approval counts only when the last one that is needed is there. */
const outcomes = {
  approve: { state: 'checked', code: undefined, type: 'signoff.approved' },
  refuse: { state: 'held', code: 'FLO-007', type: 'signoff.refused' },
  reweigh: { state: 'held', code: 'FLO-022', type: 'signoff.reweigh_asked' },
} as const

const whyOf = (decision: SignOffDecision, name: string, words: string): string =>
  decision === 'reweigh' ? `${name} asks for another weighing: ${words}` : `Sign-off refused by ${name}: ${words}`

/**
 * Quality decides on drift. The decision stands for exactly what was shown, and is given by a person with a name who had no
 * hand in the data. Where two must approve, the first approval is kept and the eCoC goes on waiting.
 * @throws GatewayError ACT-409 not waiting for a sign-off, ACT-410 something else than was shown, ACT-470…474 who may not
 *   decide, ACT-476 no such reason
 */
export const decideSignOff = async (
  ecoc: EcocRow,
  input: SignOffInput,
  decider: Decider,
  holdsRight: HoldsRight,
  tools: Tools,
): Promise<Write[]> => {
  const all = await tools.store.signOffs.of(ecoc.id)
  const open = all.findLast((s) => s.decision === null)
  if (ecoc.state !== 'awaiting_signoff' || !open) throw wrongState('sign-off', ecoc.state)
  checkShown(open, input, all)
  const reasonText = checkReason(input, tools)
  const { decision, comment } = input
  const { question } = await questionOf(ecoc, open, decision, decider, holdsRight, tools)
  const verdict = mayDecide(question)
  if (!verdict.may) throw refuse(403, verdict.code, verdict.why, verdict.hint)

  const at = instant(tools.clock())
  const attachments = (await tools.store.signOffs.attachments(open.id)).map((a) => a.sha256)
  const kept = insert('sign_off_decision', {
    ...{ id: newId(), sign_off_id: open.id, ecoc_id: ecoc.id, decision, reason: input.reason ?? null, comment },
    ...{ decided_by: decider.name, on_behalf_of: verdict.onBehalfOf, confirmed_by: decider.confirmedBy },
    ...{ attachments: JSON.stringify(attachments), at },
  })
  const approvals = open.approvals ?? 0
  const needed = approversOf(open, question.isSandbox)
  const isLast = decision !== 'approve' || approvals + 1 >= needed
  const detail = {
    ...{ decision, comment, reason: input.reason, documentSha256: open.document_sha256, signOff: open.id },
    ...{ shownSha256: open.shown_sha256, confirmedBy: decider.confirmedBy, attachments },
    ...(verdict.onBehalfOf === null ? {} : { onBehalfOf: verdict.onBehalfOf }),
    ...(needed > 1 && decision === 'approve' ? { approval: approvals + 1, of: needed } : {}),
  }
  const { state, code, type } = outcomes[decision]
  const told = event({
    at,
    actor: decider.name,
    type: isLast ? type : 'signoff.approved_first',
    subject: ecoc.id,
    detail,
  })
  // Somebody who decides at the same moment makes one of the two fail: nothing is counted twice.
  const where = { id: open.id, decision: null, approvals }
  const still = { id: ecoc.id, state: 'awaiting_signoff', record_id: ecoc.record_id } as const
  if (!isLast) {
    const reason = `${decider.name} approved; ${needed - approvals - 1} more must.`
    return [
      update('sign_off', where, { approvals: approvals + 1 }, 1),
      kept,
      update('ecoc', still, { next_step: reason, updated_at: at }, 1),
      told,
    ]
  }
  const words = [reasonText, comment].filter((w) => w).join('. ')
  const why =
    code === undefined
      ? { reason: null, reason_code: null, next_step: null }
      : { reason: whyOf(decision, decider.name, words), reason_code: code, next_step: nextStepFor(code) }
  const job = { ecoc_id: ecoc.id, stage: 'signature', next_run_at: at, owner: null, lease_until: null, tries: 0 }
  const closed = { decision, comment, decided_by: decider.name, decided_at: at }
  return [
    update('sign_off', where, { ...closed, approvals: approvals + (decision === 'approve' ? 1 : 0) }, 1),
    kept,
    update('ecoc', still, { state, ...why, updated_at: at }, 1),
    ...(decision === 'approve' ? [upsert('job', job)] : []),
    told,
    ...(await ecocMovedAnswers(ecoc, state, tools)),
  ]
}
