import { randomUUID } from 'node:crypto'
import { defineAccessPoint, SendError, type AccessPointContext } from '../../../gateway/contract/access-point.ts'
import { GatewayError } from '../../../gateway/contract/errors.ts'
import type { TestStep } from '../../../gateway/contract/source.ts'
import { standingOf } from '../profiles/standing.ts'
import { euSoapConfig, type EuSoapConfig } from './config.ts'
import { queryEnvelope, retrieveEnvelope, submitEnvelope } from './envelope.ts'
import { post } from './post.ts'
import { readReply } from './read-reply.ts'
import { retrievedDocument } from './retrieved-document.ts'
import { proposeConfig } from './wsdl/propose-config.ts'

/** Connects and asks for a reference nobody has: proves certificate, connection and profile without submitting anything. */
const testConnection = async (config: EuSoapConfig, context: AccessPointContext): Promise<TestStep[]> => {
  if (!context.tls) return [{ step: 'client certificate', ok: false, detail: 'none is configured' }]
  const steps: TestStep[] = [{ step: 'client certificate', ok: true }]
  try {
    // Where it cannot be asked, an answer of any kind shows that the connection stands.
    const query = queryEnvelope(config, randomUUID(), randomUUID())
    const raw = await post(config, query, context)
    const reply = readReply(config.classifiers, raw)
    const detail = `${reply.outcome} (HTTP ${raw.status}) ${reply.messages[0]?.text ?? ''}`.trim()
    steps.push({ step: 'connection', ok: true })
    if (config.offers.query) steps.push({ step: 'status query', ok: reply.outcome === 'not_found', detail })
  } catch (error) {
    const connected = error instanceof SendError && error.dispatched
    if (connected) steps.push({ step: 'connection', ok: true })
    const detail = error instanceof Error ? error.message : 'no answer'
    steps.push({ step: connected ? 'status query' : 'connection', ok: false, detail })
  }
  return steps
}

/** Room for what is added to the stored envelope on the way out. */
const securityHeaderBytes = 16 * 1024
const largestEnvelope = ({ maxBytes, security }: EuSoapConfig): number => {
  if (!security) return maxBytes
  const room = maxBytes - securityHeaderBytes
  return security.encryption ? Math.floor(room * 0.74) : room
}

/** A national access point that speaks SOAP 1.1 or 1.2 over mutual TLS (NAP SOAP client manual v1.0), driven by its profile. */
export default defineAccessPoint<EuSoapConfig>({
  name: 'eu-soap',
  title: 'National access point (SOAP over mutual TLS)',
  config: euSoapConfig,
  delivery: (config) => ({
    idempotentByReference: config.idempotentByReference,
    maxProcessingMs: config.maxProcessing,
    versionAfterRejection: config.versionAfterRejection,
    timeoutMs: config.timeout,
    channel: 'call',
    reusesEnvelope: config.security === undefined,
    maxBytes: largestEnvelope(config),
    duplicate: config.duplicate,
  }),
  test: testConnection,
  standing: standingOf,
  propose: proposeConfig,
  envelope: (config, document, messageId, { vin }) =>
    submitEnvelope(config, document.bytes, { messageId, reference: document.iviReferenceId, vin }),
  send: post,
  parse: (config, reply) => readReply(config.classifiers, reply),
  async query(config, reference, messageId, context) {
    if (!config.offers.query) throw new SendError('this access point cannot be asked for a status', false)
    const asked = config.queryBy === 'theirReference' ? context.earlierReference : reference
    if (asked === undefined) throw new SendError('it is asked by its own reference, and gave none', false)
    return post(config, queryEnvelope(config, asked, messageId), context)
  },
  async retrieve(config, vin, messageId, context) {
    if (!config.offers.retrieve) return undefined
    const raw = await post(config, retrieveEnvelope(config, vin, messageId), context)
    const document = retrievedDocument(config, raw)
    if (document) return document
    const reply = readReply(config.classifiers, raw)
    if (reply.outcome === 'not_found') return undefined
    throw new GatewayError({
      kind: 'operational',
      code: 'EUS-002',
      message: `The access point's answer to the retrieval of VIN ${vin} holds no document (${reply.outcome}, HTTP ${raw.status}).`,
      hint: reply.messages[0]?.text ?? 'It is asked again later; compare the profile with its interface description.',
    })
  },
})
