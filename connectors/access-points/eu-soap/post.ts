import { Agent, DecoratorHandler, request, type Dispatcher } from 'undici'
import {
  SendError,
  type AccessPointContext,
  type Envelope,
  type RawReply,
  type TlsMaterial,
} from '../../../gateway/contract/access-point.ts'
import { MAX_REPLY_BYTES } from './safe-xml.ts'

const CONNECT_TIMEOUT_MS = 10_000

/** One pool per TLS material: a connection made with one certificate is never used for another. */
const agents = new WeakMap<TlsMaterial, Agent>()
const agentFor = (tls: TlsMaterial): Agent => {
  const known = agents.get(tls)
  if (known) return known
  const agent = new Agent({
    connect: {
      cert: tls.certificate,
      key: tls.key,
      // Only the anchors of the profile count, not those of the operating system.
      ca: [...tls.trustAnchors],
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      timeout: CONNECT_TIMEOUT_MS,
    },
    allowH2: false,
    keepAliveTimeout: 4_000,
  })
  agents.set(tls, agent)
  return agent
}

/**
 * In TLS 1.3 a client hears that its certificate was refused only after its own handshake ended. The alert still means
 * that the server never opened the connection to what we sent (RFC 8446, 4.4.2.4 and 6.2).
 */
const certificateAlerts = new Set([
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
  'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
  'ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED',
  'ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN',
])
const codeOf = (error: unknown): string =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : 'unknown'

/** Reads at most the cap; a longer answer is cut there and turns out unreadable, but is kept as evidence. */
const readBody = async (body: AsyncIterable<Buffer>): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MAX_REPLY_BYTES) break
  }
  return Buffer.concat(chunks)
}

/**
 * Sends one envelope over mutual TLS.
 * @throws SendError `dispatched: false` only when no byte of the request was handed to a connection, or the server
 * refused our certificate in the handshake; `true` in every other case without an answer.
 */
export const post = async (
  endpoint: string,
  envelope: Envelope,
  timeoutMs: number,
  context: AccessPointContext,
): Promise<RawReply> => {
  if (!context.tls) throw new SendError('no client certificate is configured for this access point', false)
  if (context.signal.aborted) throw new SendError('stopped before anything was sent', false)
  const progress = { started: false }
  // undici calls onRequestStart when a connection is up and just before it writes the first byte.
  const watch: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    const watched = new DecoratorHandler(handler) as Dispatcher.DispatchHandler
    const inner = watched.onRequestStart?.bind(watched)
    watched.onRequestStart = (controller, ctx) => {
      progress.started = true
      inner?.(controller, ctx)
    }
    return dispatch(options, watched)
  }
  try {
    const answer = await request(endpoint, {
      method: 'POST',
      headers: { ...envelope.headers, 'content-type': envelope.contentType },
      body: envelope.bytes,
      dispatcher: agentFor(context.tls).compose(watch),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: context.signal,
    })
    const type = answer.headers['content-type']
    const contentType = (Array.isArray(type) ? type[0] : type) ?? ''
    const bytes = await readBody(answer.body as AsyncIterable<Buffer>)
    const { date } = answer.headers
    return { status: answer.statusCode, contentType, bytes, ...(typeof date === 'string' ? { date } : {}) }
  } catch (error) {
    const code = codeOf(error)
    const reason = `${code}: ${error instanceof Error ? error.message : 'no answer'}`
    throw new SendError(reason, progress.started && !certificateAlerts.has(code), error)
  }
}
