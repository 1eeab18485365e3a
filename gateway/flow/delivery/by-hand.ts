import type { AttemptRow } from '../../store/tables.ts'
import { nextStepFor } from '../next-steps.ts'
import type { Rest, StepResult, Work } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { awaitsReply } from './conclude.ts'
import { envelopeFor } from './envelope-for.ts'
import { tooLarge } from './send.ts'

/** An access point that only has a portal: the document is laid ready, and rests until a person has handed it in. */
export const layReady = async (
  { ecoc }: Pick<Work, 'ecoc'>,
  attempts: readonly AttemptRow[],
  point: ReadyAccessPoint,
  tools: Tools,
): Promise<StepResult> => {
  const handedIn = attempts.findLast((a) => a.operation === 'submit' && a.state !== 'not_sent')
  if (handedIn) return { rest: awaitsReply(handedIn.reason ?? 'It was handed in at the portal.') }
  const { writes, size } = await envelopeFor(ecoc, attempts, point, tools)
  const refused = tooLarge(size, point)
  if (refused) return refused
  const reason = `Access point ${point.name} has a portal only: a person hands the document in.`
  const rest: Rest = { state: 'held', code: 'SUB-006', reason, nextStep: nextStepFor('SUB-006') }
  return { rest, writes }
}
