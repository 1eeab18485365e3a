import { Agent, type Dispatcher, ProxyAgent, request } from 'undici'
import { GatewayError } from '../contract/errors.ts'
import type { Vin } from '../contract/ids.ts'
import type { SiteFiles } from '../contract/site-files.ts'
import { type Classified, classifyAnswer, documentIn, linkOn } from './classify-answer.ts'
import type { BaseOrigin } from './retrieve-base.ts'

/** What both kinds of web origin have. Times in milliseconds. */
export interface WebSettings {
  readonly name: string
  readonly url: string
  readonly proxy?: string | undefined
  readonly trustAnchors?: readonly string[] | undefined
  readonly timeout: number
  readonly maxBytes: number
}
/** The public page of a VIN. */
export interface WebPage extends WebSettings {
  readonly kind: 'page'
  readonly link: string
  readonly none: readonly string[]
}
/** A service that is asked by VIN. */
export interface WebService extends WebSettings {
  readonly kind: 'rest'
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
  readonly body?: string | undefined
  readonly document?: string | undefined
}

interface Deps {
  readonly files: SiteFiles
  readonly signal: AbortSignal
}

const failed = (name: string, why: string, cause?: unknown): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'BAS-020',
    message: `${name} could not be asked for a base eCoC: ${why}.`,
    hint: 'It is asked again by itself. Check address, network and proxy if it stays so.',
    cause,
  })

const readAll = async (body: AsyncIterable<Buffer>, maxBytes: number, name: string): Promise<Buffer> => {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    // Leaving the loop ends the request.
    if (length > maxBytes) throw failed(name, `it answers more than ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const openDispatcher = async (settings: WebSettings, { files }: Deps): Promise<Dispatcher> => {
  const ca = settings.trustAnchors && (await Promise.all(settings.trustAnchors.map((f) => files.read(f))))
  const tls = ca ? { ca } : {}
  const limits = { maxHeaderSize: 16_384, keepAliveTimeout: 4_000 }
  return settings.proxy === undefined
    ? new Agent({ ...limits, connect: { timeout: settings.timeout, ...tls } })
    : new ProxyAgent({ uri: settings.proxy, requestTls: tls, ...limits })
}

interface Ask {
  readonly url: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** One call, bounded in time and size; a redirect is not followed, since the address is what a person trusted. */
const call = async (ask: Ask, settings: WebSettings, none: readonly string[], deps: Deps): Promise<Classified> => {
  const { name, timeout, maxBytes } = settings
  const dispatcher = await openDispatcher(settings, deps)
  try {
    const { statusCode, body } = await request(ask.url, {
      dispatcher,
      method: ask.method ?? 'GET',
      headers: { accept: 'application/xml, text/xml, application/json, text/html;q=0.5', ...ask.headers },
      ...(ask.body === undefined ? {} : { body: ask.body }),
      signal: AbortSignal.any([deps.signal, AbortSignal.timeout(timeout)]),
    })
    return classifyAnswer({ status: statusCode, body: await readAll(body, maxBytes, name) }, none)
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    const isLate = cause instanceof Error && cause.name === 'TimeoutError'
    throw failed(name, isLate ? `no answer within ${timeout} ms` : (cause as Error).message, cause)
  } finally {
    await dispatcher.destroy()
  }
}

const filled = (template: string, vin: Vin): string => template.replaceAll('{vin}', encodeURIComponent(vin))

/** Reads the public page of a VIN: the document itself, or a page with a link to it. */
export const pageOrigin = (page: WebPage, deps: Deps): BaseOrigin => ({
  name: page.name,
  async fetch(vin) {
    const url = filled(page.url, vin)
    const answer = await call({ url }, page, page.none, deps)
    if (answer.kind === 'document') return answer.bytes
    if (answer.kind === 'none') return undefined
    if (answer.kind !== 'page') throw failed(page.name, answer.kind === 'json' ? 'it answers JSON' : answer.why)
    const link = linkOn(answer.text, url, filled(page.link, vin))
    if (link === undefined) throw failed(page.name, 'its page has no link to the XML')
    const linked = await call({ url: link }, page, page.none, deps)
    if (linked.kind === 'document') return linked.bytes
    if (linked.kind === 'none') return undefined
    throw failed(page.name, linked.kind === 'unusable' ? linked.why : 'its link leads to no XML')
  },
})

/** Asks a service by VIN: address, headers and body are templates of the site. */
export const restOrigin = (service: WebService, deps: Deps): BaseOrigin => ({
  name: service.name,
  async fetch(vin) {
    const secrets = await Promise.all(
      Object.entries(service.secrets).map(async ([header, file]) => [header, await deps.files.secret(file)] as const),
    )
    // In a body the VIN stands as it is: it has letters and digits only.
    const body = service.body?.replaceAll('{vin}', vin)
    const headers = { ...service.headers, ...Object.fromEntries(secrets) }
    const answer = await call(
      { url: filled(service.url, vin), method: service.method, headers, body },
      service,
      [],
      deps,
    )
    if (answer.kind === 'document') return answer.bytes
    if (answer.kind === 'none') return undefined
    if (answer.kind === 'json' && service.document !== undefined) return documentIn(answer.text, service.document)
    throw failed(service.name, answer.kind === 'unusable' ? answer.why : 'its answer is no IVI document')
  },
})
