import { createHash } from 'node:crypto'
import { Agent, DecoratorHandler, ProxyAgent, request, type Dispatcher } from 'undici'
import { SendError, type RawReply, type TlsMaterial } from '../../../gateway/contract/access-point.ts'

export interface RestCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface RestContext {
  readonly signal: AbortSignal
  readonly tls: TlsMaterial | undefined
  readonly proxy?: string | undefined
  /** PEM; only these count when given, else those of the operating system. */
  readonly trustAnchors?: readonly Buffer[] | undefined
}

/** Answers of authorities are small. */
export const MAX_REPLY_BYTES = 1024 * 1024
const CONNECT_TIMEOUT_MS = 10_000
const MAX_AGENTS = 20

const agents = new Map<string, Dispatcher>()

/** One pool per trust, certificate and proxy: a connection made with one certificate is never used for another. */
const agentFor = ({ tls, proxy, trustAnchors }: RestContext): Dispatcher => {
  const anchors = trustAnchors ?? tls?.trustAnchors
  const hash = createHash('sha256').update(proxy ?? '')
  for (const part of [tls?.certificate, tls?.key, ...(anchors ?? [])]) hash.update('\0').update(part ?? '')
  const key = hash.digest('hex')
  const known = agents.get(key)
  if (known) return known
  const connect = {
    ...(tls ? { cert: tls.certificate, key: tls.key } : {}),
    ...(anchors ? { ca: [...anchors] } : {}),
    minVersion: 'TLSv1.2' as const,
    rejectUnauthorized: true,
    timeout: CONNECT_TIMEOUT_MS,
  }
  const made = proxy
    ? new ProxyAgent({ uri: proxy, requestTls: connect, allowH2: false, keepAliveTimeout: 4_000 })
    : new Agent({ connect, allowH2: false, keepAliveTimeout: 4_000 })
  const [oldest] = agents.keys()
  if (agents.size >= MAX_AGENTS && oldest !== undefined) {
    void agents.get(oldest)?.close()
    agents.delete(oldest)
  }
  agents.set(key, made)
  return made
}

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

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'no answer'
  const code = (error as NodeJS.ErrnoException).code ?? error.name
  return `${code}: ${error.message}`
}

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

/**
 * One call over HTTPS. Redirects are not followed: a token must not go to another host.
 * @param timeoutMs for the headers and for each pause of the body
 * @throws SendError `dispatched: false` only when no byte of the request was handed to a connection
 */
export const callRest = async (call: RestCall, timeoutMs: number, context: RestContext): Promise<RawReply> => {
  if (context.signal.aborted) throw new SendError('stopped before anything was sent', false)
  const progress = { started: false }
  // undici calls onRequestStart when a connection is up (through a proxy: its tunnel too), before it writes the first byte.
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
    const answer = await request(call.url, {
      method: call.method,
      headers: call.headers,
      body: call.body ?? null,
      dispatcher: agentFor(context).compose(watch),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: context.signal,
    })
    const bytes = await readBody(answer.body as AsyncIterable<Buffer>)
    const date = first(answer.headers['date'])
    const retryAfter = first(answer.headers['retry-after'])
    return {
      status: answer.statusCode,
      contentType: first(answer.headers['content-type']) ?? '',
      bytes,
      ...(date === undefined ? {} : { date }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    }
  } catch (error) {
    throw new SendError(reasonOf(error), progress.started, error)
  }
}
