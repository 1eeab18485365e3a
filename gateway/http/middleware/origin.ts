import type { Context, MiddlewareHandler } from 'hono'
import { refusal } from '../problem.ts'

const loopback = ['localhost', '127.0.0.1', '[::1]']

const hostOf = (c: Context): string => (c.req.header('host') ?? new URL(c.req.url).host).toLowerCase()
const withoutPort = (host: string): string => host.replace(/:\d+$/, '')

/**
 * True when the browser speaks TLS, to us or to the proxy before us. A caller who forges the header changes
 * nothing but the flags of its own cookie.
 */
export const isHttps = (c: Context): boolean =>
  new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto')?.split(',')[0]?.trim() === 'https'

/** Refuses calls by a foreign name: a page on the internet that re-points its own name at us (DNS rebinding). */
export const allowHosts = (configured: readonly string[]): MiddlewareHandler => {
  const allowed = new Set([...loopback, ...configured.map((h) => h.toLowerCase())])
  return async (c, next) => {
    const host = withoutPort(hostOf(c))
    if (!allowed.has(host))
      throw refusal(
        421,
        'API-015',
        `The gateway does not answer to the host name “${host.slice(0, 100)}”.`,
        'Add the name to the allowed hosts in the configuration.',
      )
    await next()
  }
}

/** True when the call comes from a page of this very gateway, as the browser tells. */
export const isSameOrigin = (c: Context): boolean => {
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  if (site === undefined && origin === undefined) return false
  if (site !== undefined && site !== 'same-origin') return false
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === hostOf(c)
}

export const isJson = (c: Context): boolean => /^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')

/** Documents and scans that a page of ours uploads. Like JSON, no plain HTML form can send them under these types. */
const isUpload = (c: Context): boolean =>
  /^(application\/(xml|pdf)|image\/(png|jpeg))\s*(;|$)/i.test(c.req.header('content-type') ?? '')

/** A call by cookie that changes something must come from our own page, in a form no plain HTML form can send. */
export const refuseForgery = (c: Context): void => {
  const { method } = c.req
  if (method === 'GET' || method === 'HEAD') return
  if (isSameOrigin(c) && (method === 'DELETE' || isJson(c) || isUpload(c))) return
  throw refusal(
    403,
    'API-014',
    'This call did not come from a page of the gateway.',
    'Scripts use an API token instead of a session.',
  )
}
