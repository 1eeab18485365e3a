import {
  defineAccessPoint,
  SendError,
  type AccessPointContext,
  type RawReply,
} from '../../../gateway/contract/access-point.ts'
import type { TestStep } from '../../../gateway/contract/source.ts'
import { accessToken, callWithToken, unlessRefused, type TokenRequest } from '../support/access-tokens.ts'
import { callRest, type RestCall, type RestContext } from '../support/call-rest.ts'
import { hostOf, noVegvesenConfig, type NoVegvesenConfig } from './config.ts'
import { jsonEnvelope } from './envelope.ts'
import { maskinportenGrant } from './grant.ts'
import { readReply } from './read-reply.ts'

/** Files that cannot be read or used are found before anything leaves. */
const prepare = async (config: NoVegvesenConfig, context: AccessPointContext): Promise<[TokenRequest, RestContext]> => {
  const { signal, tls, proxy, files } = context
  try {
    const trustAnchors = config.trustAnchors && (await Promise.all(config.trustAnchors.map((name) => files.read(name))))
    return [await maskinportenGrant(config, context), { signal, tls, proxy, trustAnchors }]
  } catch (error) {
    throw new SendError(error instanceof Error ? error.message : 'a file cannot be read', false, error)
  }
}

const call = async (config: NoVegvesenConfig, request: RestCall, context: AccessPointContext): Promise<RawReply> => {
  const [wanted, rest] = await prepare(config, context)
  return unlessRefused(await callWithToken(request, wanted, config.timeout, rest))
}

/** A token proves key, client and agreement; any answer of the host proves the connection. Nothing is submitted. */
const testConnection = async (config: NoVegvesenConfig, context: AccessPointContext): Promise<TestStep[]> => {
  const steps: TestStep[] = []
  const tried = async (step: string, what: (wanted: TokenRequest, rest: RestContext) => Promise<unknown>) => {
    try {
      await what(...(await prepare(config, context)))
      steps.push({ step, ok: true })
    } catch (error) {
      steps.push({ step, ok: false, detail: error instanceof Error ? error.message : 'no answer' })
    }
  }
  await tried('token', (wanted, rest) => accessToken(wanted, config.timeout, rest))
  await tried('connection', (_, rest) =>
    callRest({ method: 'GET', url: `${hostOf(config)}/`, headers: {} }, config.timeout, rest),
  )
  return steps
}

/** Norway, Statens vegvesen: pre-registration with the whole document as base64 JSON, authorised by Maskinporten. */
export default defineAccessPoint<NoVegvesenConfig>({
  name: 'no-vegvesen',
  title: 'Norway: Statens vegvesen (REST, Maskinporten)',
  config: noVegvesenConfig,
  delivery: (config) => ({
    idempotentByReference: config.idempotentByReference,
    maxProcessingMs: config.maxProcessing,
    versionAfterRejection: config.versionAfterRejection,
    timeoutMs: config.timeout,
    channel: 'call',
    reusesEnvelope: true,
    maxBytes: config.maxBytes,
    duplicate: config.duplicate,
  }),
  standing: ({ confirmed }) => ({
    profile: 'NO',
    authority: 'Statens vegvesen',
    verified: confirmed !== undefined,
    note: confirmed ?? 'Whether the body is an object or an array, and where warnings stand, is unverified.',
  }),
  test: testConnection,
  envelope: jsonEnvelope,
  send(config, envelope, context) {
    const headers = { ...envelope.headers, 'content-type': envelope.contentType }
    const url = `${hostOf(config)}${config.paths.create}`
    return call(config, { method: 'POST', url, headers, body: envelope.bytes }, context)
  },
  parse: readReply,
  cancel(config, reference, messageId, context) {
    const path = config.paths.delete.replaceAll('{iviReferanse}', encodeURIComponent(reference))
    const headers = { [config.messageIdHeader]: messageId, accept: 'application/json' }
    return call(config, { method: 'DELETE', url: `${hostOf(config)}${path}`, headers }, context)
  },
})
