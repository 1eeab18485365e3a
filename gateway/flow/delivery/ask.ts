import { randomUUID } from 'node:crypto'
import { GatewayError, type MessageId } from '../../contract/index.ts'
import type { AttemptRow } from '../../store/tables.ts'
import { queryAttempt } from '../../submission/send-attempt.ts'
import type { StepResult, Work } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { call, newAttempt } from './call.ts'
import { conclude } from './conclude.ts'
import { contextFor } from './context.ts'
import { askLeave, delayAfter } from './limits.ts'

/** Asks the access point what became of a document. A question never changes anything there, so it may be repeated. */
export const ask = async (
  work: Pick<Work, 'ecoc' | 'lease'>,
  earlier: readonly AttemptRow[],
  point: ReadyAccessPoint,
  tools: Tools,
): Promise<StepResult> => {
  const { ecoc } = work
  const reference = ecoc.ivi_reference_id
  if (!reference) throw new GatewayError({ kind: 'bug', code: 'FLO-902', message: `eCoC ${ecoc.id} has no reference.` })
  const refused = await askLeave(point, tools)
  if (refused) return refused
  const message_id = randomUUID() as MessageId
  const context = await contextFor(ecoc, point, tools)
  const attempt = newAttempt(ecoc, point.name, { operation: 'query', message_id, envelope_sha256: null }, tools)
  const act = (): ReturnType<typeof queryAttempt> =>
    queryAttempt(point.connector, point.config, reference, message_id, context)
  const called = await call(work, point, { attempt }, act, tools)
  const tries = earlier.filter((a) => a.operation === 'query').length + 1
  if (called.answer) return conclude(ecoc, { ...called, answer: called.answer, tries }, point, tools)
  return { againMs: delayAfter(tries, point, tools) }
}
