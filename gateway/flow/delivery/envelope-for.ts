import { randomUUID } from 'node:crypto'
import {
  GatewayError,
  type MessageId,
  type SignedDocument,
  type SubmissionFacts,
  type VehicleModel,
} from '../../contract/index.ts'
import type { AttemptRow, EcocRow } from '../../store/tables.ts'
import type { Write } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'
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

/** An envelope as it is stored, and what is to be committed with the intent to send it. */
export interface ReadyEnvelope {
  readonly messageId: MessageId
  readonly stored: Buffer
  readonly writes: readonly Write[]
  /** Bytes of the body, which the access point limits. */
  readonly size: number
}

/**
 * The envelope to send: the one that was sent before, byte for byte, where the access point takes it again; else a new one
 * around the same document under the same message id, and the one before is kept too. One made for another access point
 * is never sent to this.
 * @param earlier every attempt of the eCoC
 */
export const envelopeFor = async (
  ecoc: EcocRow,
  earlier: readonly AttemptRow[],
  point: ReadyAccessPoint,
  tools: Tools,
): Promise<ReadyEnvelope> => {
  const { connector, config, name } = point
  const before = earlier.findLast((a) => a.operation === 'submit' && a.access_point === name)
  const messageId = before?.message_id ?? (randomUUID() as MessageId)
  const kept = await tools.store.contents.get(ecoc.id, 'envelope')
  const isOurs = before !== undefined && kept?.sha256 === before.envelope_sha256
  if (kept && isOurs && connector.delivery(config).reusesEnvelope)
    return { messageId, stored: kept.bytes, writes: [], size: readEnvelope(kept.bytes).bytes.length }
  const [document, facts] = await Promise.all([signedDocument(ecoc, tools), factsOf(ecoc, tools)])
  const envelope = connector.envelope(config, document, messageId, facts)
  const stored = storeEnvelope(envelope)
  const at = instant(tools.clock())
  const { contents, deliveries } = tools.store
  const replaced = kept && kept.sha256 !== sha256(stored) ? [deliveries.keepEnvelope(ecoc.id, kept.bytes, kept.at)] : []
  const writes = [...replaced, contents.write(ecoc.id, 'envelope', stored, at)]
  return { messageId, stored, writes, size: envelope.bytes.length }
}
