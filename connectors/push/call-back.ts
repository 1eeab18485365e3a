import { createHmac } from 'node:crypto'
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici'
import { type CallContext, GatewayError, type RecordStatus, type SiteFiles } from '../../gateway/contract/index.ts'
import type { PushConfig } from './config.ts'

/** Not now, but perhaps later. Every other 4xx is a no for good. */
const notNow: ReadonlySet<number> = new Set([401, 403, 407, 408, 409, 423, 425, 429])

const fault = (refused: boolean, message: string, retryAfterS?: number): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: refused ? 'SRC-020' : 'SRC-030',
    message,
    hint: refused ? 'Ask the owner of the address why, then send the answer again.' : 'The gateway tries again.',
    ...(retryAfterS === undefined ? {} : { params: { retryAfterS } }),
  })

const secondsOf = (header: string | string[] | undefined): number | undefined => {
  const text = Array.isArray(header) ? header[0] : header
  if (text === undefined) return undefined
  if (/^\d{1,6}$/.test(text)) return Number(text)
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1000))
}

/** One connection per call: certificates and proxy are as the configuration has them now. */
const dispatcherFor = async (
  { ca, proxy }: NonNullable<PushConfig['callback']>,
  files: SiteFiles,
): Promise<Dispatcher> => {
  const trust = ca === undefined ? {} : { ca: await files.read(ca) }
  return proxy === undefined ? new Agent({ connect: trust }) : new ProxyAgent({ uri: proxy, requestTls: trust })
}

const fill = (url: string, status: RecordStatus): string =>
  url
    .replaceAll('{recordKey}', () => encodeURIComponent(status.recordKey))
    .replaceAll('{vin}', () => encodeURIComponent(status.vin))

/**
 * Posts a record's status to the caller's address.
 * @throws GatewayError SRC-020 refused for good, SRC-030 not now
 */
export const callBack = async (
  status: RecordStatus,
  config: NonNullable<PushConfig['callback']>,
  files: SiteFiles,
  { signal }: CallContext,
): Promise<void> => {
  const body = JSON.stringify(status)
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (config.tokenFile) headers.authorization = `Bearer ${await files.secret(config.tokenFile)}`
  if (config.secretFile) {
    const secret = await files.secret(config.secretFile)
    headers['x-signature-256'] = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  }
  const dispatcher = await dispatcherFor(config, files)
  try {
    const reply = await request(fill(config.url, status), { method: 'POST', headers, body, signal, dispatcher })
    await reply.body.dump({ limit: 64 * 1024, signal }).catch(() => undefined)
    const { statusCode } = reply
    if (statusCode >= 200 && statusCode < 300) return
    const isRefused = statusCode >= 400 && statusCode < 500 && !notNow.has(statusCode)
    throw fault(isRefused, `The callback answered ${statusCode}.`, secondsOf(reply.headers['retry-after']))
  } catch (error) {
    if (error instanceof GatewayError) throw error
    throw fault(false, `The callback cannot be reached: ${(error as Error).message}`)
  } finally {
    await dispatcher.destroy().catch(() => undefined)
  }
}
