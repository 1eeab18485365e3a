import { createHash } from 'node:crypto'
import {
  defineAccessPoint,
  SendError,
  type AccessPointContext,
  type RawReply,
} from '../../../gateway/contract/access-point.ts'
import type { TestStep } from '../../../gateway/contract/source.ts'
import { accessToken, callWithToken, unlessRefused, type TokenRequest } from '../support/access-tokens.ts'
import type { RestCall, RestContext } from '../support/call-rest.ts'
import { gbVcaConfig, hostOf, environments, type GbVcaConfig } from './config.ts'
import { readReply } from './read-reply.ts'

/** Whom to ask for a token: OAuth 2.0 client credentials (RFC 6749, 4.4), as the guide's quick start does. */
const tokenOf = async (config: GbVcaConfig, context: AccessPointContext): Promise<TokenRequest> => {
  const { clientId, tenant } = config
  const endpoint = config.tokenEndpoint ?? `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`
  const scope = config.scope ?? environments[config.environment].scope
  const secret = await context.files.secret(config.clientSecret)
  return {
    endpoint,
    identity: [clientId, scope, createHash('sha256').update(secret).digest('hex')],
    form: () =>
      new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret, scope }),
  }
}

const restContext = async (config: GbVcaConfig, context: AccessPointContext): Promise<RestContext> => {
  const { signal, tls, proxy, files } = context
  const trustAnchors = config.trustAnchors && (await Promise.all(config.trustAnchors.map((name) => files.read(name))))
  return { signal, tls, proxy, trustAnchors }
}

/** Files that cannot be read are found before anything leaves. */
const prepare = async (config: GbVcaConfig, context: AccessPointContext): Promise<[TokenRequest, RestContext]> => {
  try {
    return [await tokenOf(config, context), await restContext(config, context)]
  } catch (error) {
    throw new SendError(error instanceof Error ? error.message : 'a file cannot be read', false, error)
  }
}

const call = async (config: GbVcaConfig, request: RestCall, context: AccessPointContext): Promise<RawReply> => {
  const [wanted, rest] = await prepare(config, context)
  return callWithToken(request, wanted, config.timeout, rest)
}

const ids = (config: GbVcaConfig, messageId: string): Record<string, string> => ({
  [config.headers.manufacturerId]: config.manufacturerId,
  [config.headers.contactId]: config.contactId,
  [config.headers.messageId]: messageId,
})

/** By the number that came with the 202 where we have it, else by the document's own reference. */
const statusPath = (config: GbVcaConfig, iviReferenceId: string, submissionId: string | undefined): string => {
  const { status, statusByReference } = config.paths
  const template = submissionId === undefined ? statusByReference : status
  if (template === null)
    throw new SendError('it cannot be asked without the number it gives to a submission, and none came', false)
  return template
    .replaceAll('{iviReferenceId}', encodeURIComponent(iviReferenceId))
    .replaceAll('{submissionId}', encodeURIComponent(submissionId ?? ''))
}

const NOBODYS_REFERENCE = '00000000-0000-4000-8000-000000000000'

const testConnection = async (config: GbVcaConfig, context: AccessPointContext): Promise<TestStep[]> => {
  const reason = (error: unknown): string => (error instanceof Error ? error.message : 'no answer')
  const steps: TestStep[] = []
  try {
    const [wanted, rest] = await prepare(config, context)
    await accessToken(wanted, config.timeout, rest)
    steps.push({ step: 'token', ok: true })
  } catch (error) {
    return [{ step: 'token', ok: false, detail: reason(error) }]
  }
  try {
    const path = statusPath(config, NOBODYS_REFERENCE, config.paths.statusByReference === null ? 'none' : undefined)
    const headers = { ...ids(config, NOBODYS_REFERENCE), accept: 'application/json' }
    const raw = await call(config, { method: 'GET', url: `${hostOf(config)}${path}`, headers }, context)
    const reply = readReply(config, raw)
    const detail = `${reply.outcome} (HTTP ${raw.status}) ${reply.messages[0]?.text ?? ''}`.trim()
    steps.push({ step: 'status query', ok: reply.outcome === 'not_found', detail })
  } catch (error) {
    steps.push({ step: 'status query', ok: false, detail: reason(error) })
  }
  return steps
}

/** United Kingdom, Vehicle Certification Agency: REST "Ingest API" for IVI v2 documents, queued and asked about. */
export default defineAccessPoint<GbVcaConfig>({
  name: 'gb-vca',
  title: 'United Kingdom: Vehicle Certification Agency (REST)',
  config: gbVcaConfig,
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
    profile: 'GB',
    authority: 'Vehicle Certification Agency',
    verified: confirmed !== undefined,
    note: confirmed ?? 'The published guide is cut off: paths, header names, statuses and errors are unverified.',
  }),
  test: testConnection,
  envelope: (config, document, messageId) => ({
    bytes: document.bytes,
    contentType: 'application/xml',
    headers: { ...ids(config, messageId), accept: 'application/json' },
  }),
  async send(config, envelope, context) {
    const headers = { ...envelope.headers, 'content-type': envelope.contentType }
    const url = `${hostOf(config)}${config.paths.submit}`
    return unlessRefused(await call(config, { method: 'POST', url, headers, body: envelope.bytes }, context))
  },
  parse: readReply,
  async query(config, reference, messageId, context) {
    const url = `${hostOf(config)}${statusPath(config, reference, context.earlierReference)}`
    const headers = { ...ids(config, messageId), accept: 'application/json' }
    return call(config, { method: 'GET', url, headers }, context)
  },
})
