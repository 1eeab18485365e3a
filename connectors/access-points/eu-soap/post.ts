import { DecoratorHandler, request, type Dispatcher } from 'undici'
import {
  SendError,
  type AccessPointContext,
  type Envelope,
  type RawReply,
} from '../../../gateway/contract/access-point.ts'
import type { EuSoapConfig } from './config.ts'
import { dispatcherFor } from './dispatchers.ts'
import { MAX_REPLY_BYTES } from './safe-xml.ts'
import { secureEnvelope } from './security/secure-envelope.ts'

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
 * Sends one envelope over mutual TLS, with its WS-Security header where the profile asks for one.
 * @throws SendError `dispatched: false` only when no byte of the request was handed to a connection, or the server
 * refused our certificate in the handshake; `true` in every other case without an answer.
 */
export const post = async (
  config: EuSoapConfig,
  envelope: Envelope,
  context: AccessPointContext,
): Promise<RawReply> => {
  if (!context.tls) throw new SendError('no client certificate is configured for this access point', false)
  if (context.signal.aborted) throw new SendError('stopped before anything was sent', false)
  const { headers, contentType: type, bytes: body } = await secureEnvelope(config, envelope, context)
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
    const answer = await request(config.endpoint, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body,
      dispatcher: dispatcherFor(context.tls, config, context.proxy).compose(watch),
      headersTimeout: config.timeout,
      bodyTimeout: config.timeout,
      signal: context.signal,
    })
    const header = (name: string): string | undefined => {
      const value = answer.headers[name]
      return Array.isArray(value) ? value[0] : value
    }
    const bytes = await readBody(answer.body as AsyncIterable<Buffer>)
    const [date, retryAfter] = [header('date'), header('retry-after')]
    return {
      status: answer.statusCode,
      contentType: header('content-type') ?? '',
      bytes,
      ...(date === undefined ? {} : { date }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    }
  } catch (error) {
    const code = codeOf(error)
    const reason = `${code}: ${error instanceof Error ? error.message : 'no answer'}`
    throw new SendError(reason, progress.started && !certificateAlerts.has(code), error)
  }
}
