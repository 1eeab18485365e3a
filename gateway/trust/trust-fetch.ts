import { Agent, ProxyAgent, request } from 'undici'
import { GatewayError } from '../contract/errors.ts'

/** Gets what a trust service has: OCSP answers, revocation lists, time stamps. */
export type TrustFetch = (ask: TrustRequest) => Promise<Buffer>

export interface TrustRequest {
  readonly url: string
  /** With a body it is a POST. */
  readonly body?: { readonly type: string; readonly bytes: Buffer }
  readonly maxBytes: number
}

export interface TrustFetchOptions {
  /** `http://host:port` of a proxy; all requests go through it. */
  readonly proxy?: string | undefined
  /** For one request, connection to last byte. */
  readonly timeoutMs?: number | undefined
}

const failed = (url: string, why: string, cause?: unknown): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'TRU-140',
    message: `The trust service at ${url.slice(0, 200)} could not be asked: ${why}.`,
    hint: 'Check the network, the proxy and the address.',
    cause,
  })

const readAll = async (body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer | undefined> => {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > maxBytes) return undefined // leaving the loop ends the request
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/**
 * A client for trust services over http and https: bounded in time and size, no redirects, no cookies, by proxy where one is
 * given. http is usual here: what comes back is signed and checked as such.
 * It throws `TRU-140` (operational) when the service cannot be reached, answers another status than 200, too much, or too late.
 */
export const makeTrustFetch = ({ proxy, timeoutMs = 10_000 }: TrustFetchOptions = {}): TrustFetch => {
  const limits = { connect: { timeout: timeoutMs }, maxHeaderSize: 16_384, keepAliveTimeout: 4_000 }
  const dispatcher = proxy === undefined ? new Agent(limits) : new ProxyAgent({ uri: proxy, ...limits })
  return async ({ url, body, maxBytes }) => {
    if (!/^https?:\/\//i.test(url)) throw failed(url, 'its address is neither http nor https')
    try {
      const { statusCode, body: answer } = await request(url, {
        dispatcher,
        method: body ? 'POST' : 'GET',
        ...(body ? { body: body.bytes, headers: { 'content-type': body.type } } : {}),
        signal: AbortSignal.timeout(timeoutMs),
      })
      const bytes = await readAll(answer, statusCode === 200 ? maxBytes : 65_536)
      if (statusCode !== 200) throw failed(url, `it answers HTTP ${statusCode}`)
      return bytes ?? (await Promise.reject(failed(url, `it answers more than ${maxBytes} bytes`)))
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause
      const isLate = cause instanceof Error && cause.name === 'TimeoutError'
      throw failed(url, isLate ? `no answer within ${timeoutMs} ms` : (cause as Error).message, cause)
    }
  }
}
