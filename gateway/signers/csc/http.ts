import { Agent, ProxyAgent, request } from 'undici'
import type { Dispatcher } from 'undici'
import { GatewayError } from '../../contract/errors.ts'
import { cscError, said } from './csc-error.ts'

/** An answer of the service. What it means is for the caller. */
export interface CscAnswer {
  readonly status: number
  /** Undefined where the body is no JSON. */
  readonly json: unknown
}

export interface CscPost {
  readonly url: string
  readonly type: 'application/json' | 'application/x-www-form-urlencoded'
  readonly body: string
  readonly bearer?: string | undefined
}

export interface HttpOptions {
  readonly timeoutMs: number
  readonly proxy?: string | undefined
  readonly cert?: Buffer | undefined
  readonly key?: Buffer | undefined
  readonly ca?: readonly Buffer[] | undefined
}

/** A thousand signatures of 4096 bits stay below a megabyte. */
const maxAnswerBytes = 1024 * 1024

const readJson = async (body: AsyncIterable<Buffer>): Promise<unknown> => {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > maxAnswerBytes)
      throw cscError('SIG-404', 'The signing service answers more than one megabyte.', 'Tell the provider.')
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

const makeDispatcher = ({ proxy, timeoutMs, cert, key, ca }: HttpOptions): Dispatcher => {
  const tls = { ...(cert ? { cert } : {}), ...(key ? { key } : {}), ...(ca ? { ca: [...ca] } : {}) }
  const limits = { maxHeaderSize: 16_384, keepAliveTimeout: 4_000, connections: 8 }
  return proxy === undefined
    ? new Agent({ ...limits, connect: { ...tls, timeout: timeoutMs } })
    : new ProxyAgent({ ...limits, uri: proxy, requestTls: { ...tls, timeout: timeoutMs } })
}

/** Posts to the service: bounded in time and size, no redirects, no cookies; by proxy and with a client certificate where given. */
export class CscHttp {
  readonly #dispatcher: Dispatcher
  readonly #timeoutMs: number
  readonly #ended = new AbortController()

  constructor(options: HttpOptions) {
    this.#dispatcher = makeDispatcher(options)
    this.#timeoutMs = options.timeoutMs
  }

  /** Throws `SIG-401` when no answer comes, `SIG-402` when the service says that it has trouble (HTTP 429, 5xx). */
  async post({ url, type, body, bearer }: CscPost): Promise<CscAnswer> {
    const { pathname } = new URL(url)
    try {
      const answer = await request(url, {
        dispatcher: this.#dispatcher,
        method: 'POST',
        headers: {
          'content-type': type,
          accept: 'application/json',
          ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        },
        body,
        signal: AbortSignal.any([AbortSignal.timeout(this.#timeoutMs), this.#ended.signal]),
      })
      const json = await readJson(answer.body as AsyncIterable<Buffer>)
      if (answer.statusCode !== 429 && answer.statusCode < 500) return { status: answer.statusCode, json }
      const message = `The signing service answers HTTP ${answer.statusCode} to ${pathname}.`
      throw cscError('SIG-402', message, 'It is tried again. If it stays so, ask the provider.')
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause
      const isLate = cause instanceof Error && cause.name === 'TimeoutError'
      const why = isLate ? `no answer within ${this.#timeoutMs} ms` : said((cause as Error).message)
      const message = `The signing service could not be asked for ${pathname}: ${why}.`
      throw cscError('SIG-401', message, 'Check the network, the proxy, the address and the certificates.', cause)
    }
  }

  /** Ends every call under way. */
  async close(): Promise<void> {
    this.#ended.abort()
    await this.#dispatcher.destroy()
  }
}

/** Once more after trouble on the way: only for what changes nothing at the service, or changes the same again. */
export const twice = async <T>(action: () => Promise<T>): Promise<T> => {
  try {
    return await action()
  } catch (error) {
    if (error instanceof GatewayError && (error.code === 'SIG-401' || error.code === 'SIG-402')) return action()
    throw error
  }
}
