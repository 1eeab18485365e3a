import { randomUUID } from 'node:crypto'
import {
  GatewayError,
  type MessageId,
  type SignedDocument,
  type SubmissionFacts,
  type VehicleModel,
} from '../../contract/index.ts'
import type { AttemptRow, EcocRow } from '../../store/tables.ts'
import { askToSend } from '../../submission/circuit-breaker.ts'
import { sendAttempt } from '../../submission/send-attempt.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import type { StepResult, Work } from '../step.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
import { call, circuitSettings } from './call.ts'
import { conclude, delayAfter } from './conclude.ts'
import { readEnvelope, storeEnvelope } from './stored-envelope.ts'

const signedDocument = async (ecoc: EcocRow, tools: Tools): Promise<SignedDocument> => {
  const signed = await tools.store.contents.get(ecoc.id, 'signed')
  if (!signed || !ecoc.ivi_reference_id || signed.sha256 !== ecoc.signed_sha256)
    throw new GatewayError({ kind: 'bug', code: 'FLO-901', message: `eCoC ${ecoc.id} has no signed document to send.` })
  const { bytes } = signed
  return { bytes, sha256: sha256(bytes), iviReferenceId: ecoc.ivi_reference_id, certificateSha256: sha256('') }
}

/** What the envelope may need to know besides the document. */
const factsOf = async (ecoc: EcocRow, tools: Tools): Promise<SubmissionFacts> => {
  const model = await tools.store.contents.get(ecoc.id, 'model')
  const { facts } = model ? (JSON.parse(model.bytes.toString()) as VehicleModel) : { facts: {} }
  const { vin, version } = ecoc
  return { vin, version, stage: ecoc.stage ?? 1, profile: ecoc.profile ?? '', facts }
}

/** Sends, or sends again: the same document, the same reference, the same message id, the same bytes. */
export const send = async (
  work: Pick<Work, 'ecoc' | 'lease'>,
  earlier: readonly AttemptRow[],
  point: ReadyAccessPoint,
  tools: Tools,
): Promise<StepResult> => {
  const { ecoc } = work
  const now = tools.clock()
  const leave = askToSend(point.circuit, now.getTime(), circuitSettings(tools))
  point.circuit = leave.circuit
  if (!leave.allowed) return { againMs: Math.max(100, leave.notBefore - now.getTime()) }
  const submits = earlier.filter((a) => a.operation === 'submit')
  const message_id = submits[0]?.message_id ?? (randomUUID() as MessageId)
  const kept = await tools.store.contents.get(ecoc.id, 'envelope')
  const make = async (): Promise<Buffer> => {
    const [document, facts] = await Promise.all([signedDocument(ecoc, tools), factsOf(ecoc, tools)])
    return storeEnvelope(point.connector.envelope(point.config, document, message_id, facts))
  }
  const stored = kept?.bytes ?? (await make())
  const writes = kept ? [] : [tools.store.contents.write(ecoc.id, 'envelope', stored, instant(now))]
  const intent = { operation: 'submit' as const, message_id, envelope_sha256: sha256(stored), writes }
  const context = { signal: tools.signal, tls: point.tls, files: point.files, proxy: point.proxy }
  const act = (): ReturnType<typeof sendAttempt> =>
    sendAttempt(point.connector, point.config, readEnvelope(stored), context)
  const { attempt, answer, reason } = await call(work, point, intent, act, tools)
  const tries = submits.length + 1
  if (answer) return conclude(ecoc, attempt, answer, tries, point, tools)
  const againMs = delayAfter(tries, tools)
  if (attempt.state === 'not_sent') return { patch: { state: 'signed', reason }, againMs }
  return {
    rest: { state: 'outcome_unknown', code: 'SUB-004', reason, nextStep: 'The access point is being asked.' },
    againMs,
  }
}
