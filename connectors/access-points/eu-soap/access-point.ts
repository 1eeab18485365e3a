import { randomUUID } from 'node:crypto'
import { defineAccessPoint, SendError, type AccessPointContext } from '../../../gateway/contract/access-point.ts'
import { GatewayError } from '../../../gateway/contract/errors.ts'
import type { TestStep } from '../../../gateway/contract/source.ts'
import { euSoapConfig, type EuSoapConfig } from './config.ts'
import { queryEnvelope, retrieveEnvelope, submitEnvelope } from './envelope.ts'
import { post } from './post.ts'
import { readReply } from './read-reply.ts'
import { scanXml } from './safe-xml.ts'

/** Connects and asks for a reference nobody has: proves certificate, connection and profile without submitting anything. */
const testConnection = async (config: EuSoapConfig, context: AccessPointContext): Promise<TestStep[]> => {
  if (!context.tls) return [{ step: 'client certificate', ok: false, detail: 'none is configured' }]
  const steps: TestStep[] = [{ step: 'client certificate', ok: true }]
  try {
    const query = queryEnvelope(config, randomUUID(), randomUUID())
    const raw = await post(config.endpoint, query, config.timeout, context)
    const reply = readReply(config.classifiers, raw)
    const detail = `${reply.outcome} (HTTP ${raw.status}) ${reply.messages[0]?.text ?? ''}`.trim()
    steps.push({ step: 'connection', ok: true }, { step: 'status query', ok: reply.outcome === 'not_found', detail })
  } catch (error) {
    const connected = error instanceof SendError && error.dispatched
    if (connected) steps.push({ step: 'connection', ok: true })
    const detail = error instanceof Error ? error.message : 'no answer'
    steps.push({ step: connected ? 'status query' : 'connection', ok: false, detail })
  }
  return steps
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
    reusesEnvelope: true,
    maxBytes: 10 * 1024 * 1024,
    duplicate: 'ask',
  }),
  test: testConnection,
  envelope: (config, document, messageId) => submitEnvelope(config, document.bytes, messageId),
  send: (config, envelope, context) => post(config.endpoint, envelope, config.timeout, context),
  parse: (config, reply) => readReply(config.classifiers, reply),
  query: (config, reference, messageId, context) =>
    post(config.endpoint, queryEnvelope(config, reference, messageId), config.timeout, context),
  async retrieve(config, vin, messageId, context) {
    const raw = await post(config.endpoint, retrieveEnvelope(config, vin, messageId), config.timeout, context)
    const scan = scanXml(raw.bytes, config.body.document)
    if (raw.status < 300 && scan.ok && scan.content) return scan.content
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
