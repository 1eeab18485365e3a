import { randomUUID } from 'node:crypto'
import { GatewayError, type MessageId } from '../../contract/index.ts'
import type { AttemptRow } from '../../store/tables.ts'
import { queryAttempt } from '../../submission/send-attempt.ts'
import type { StepResult, Work } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { call } from './call.ts'
import { conclude, delayAfter } from './conclude.ts'

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
  const message_id = randomUUID() as MessageId
  const context = { signal: tools.signal, tls: point.tls, files: point.files, proxy: point.proxy }
  const intent = { operation: 'query' as const, message_id, envelope_sha256: null, writes: [] }
  const act = (): ReturnType<typeof queryAttempt> =>
    queryAttempt(point.connector, point.config, reference, message_id, context)
  const { attempt, answer } = await call(work, point, intent, act, tools)
  const tries = earlier.filter((a) => a.operation === 'query').length + 1
  if (answer) return conclude(ecoc, attempt, answer, tries, point, tools)
  return { againMs: delayAfter(tries, tools) }
}
