import type { AttemptRow } from '../../store/tables.ts'
import { sendAttempt } from '../../submission/send-attempt.ts'
import { sha256 } from '../../support/hash.ts'
import { nextStepFor } from '../next-steps.ts'
import type { StepResult, Work } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { call, newAttempt } from './call.ts'
import { conclude, inDoubt } from './conclude.ts'
import { contextFor } from './context.ts'
import { envelopeFor } from './envelope-for.ts'
import { askLeave, delayAfter } from './limits.ts'
import { readEnvelope } from './stored-envelope.ts'

/** It can never be sent like this: the access point takes nothing so large. */
export const tooLarge = (size: number, point: ReadyAccessPoint): StepResult | undefined => {
  const { maxBytes } = point.connector.delivery(point.config)
  if (size <= maxBytes) return undefined
  const reason = `The envelope has ${size} bytes; access point ${point.name} takes at most ${maxBytes}.`
  return { rest: { state: 'held', code: 'SUB-008', reason, nextStep: nextStepFor('SUB-008') } }
}

/** Sends, or sends again: the same document, the same reference, the same message id, and the same bytes where they may be. */
export const send = async (
  work: Pick<Work, 'ecoc' | 'lease'>,
  earlier: readonly AttemptRow[],
  point: ReadyAccessPoint,
  tools: Tools,
): Promise<StepResult> => {
  const { ecoc } = work
  const { messageId, stored, writes, size } = await envelopeFor(ecoc, earlier, point, tools)
  const isNew = !earlier.some((a) => a.operation === 'submit' && a.state !== 'not_sent')
  const refused = (isNew && tooLarge(size, point)) || (await askLeave(point, tools))
  if (refused) return refused
  const named = { operation: 'submit' as const, message_id: messageId, envelope_sha256: sha256(stored) }
  const attempt = newAttempt(ecoc, point.name, named, tools)
  const context = await contextFor(ecoc, point, tools)
  const act = (): ReturnType<typeof sendAttempt> =>
    sendAttempt(point.connector, point.config, readEnvelope(stored), context)
  const called = await call(work, point, { attempt, writes }, act, tools)
  const tries = earlier.filter((a) => a.operation === 'submit').length + 1
  if (called.answer) return conclude(ecoc, { ...called, answer: called.answer, tries }, point, tools)
  const againMs = delayAfter(tries, point, tools)
  // What went out once stays in doubt, even if this time nothing left.
  if (called.attempt.state === 'not_sent' && isNew)
    return { patch: { state: 'signed', reason: called.reason }, againMs }
  return { rest: inDoubt(called.reason), againMs }
}
