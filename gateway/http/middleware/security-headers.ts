import type { MiddlewareHandler } from 'hono'
import { isHttps } from './origin.ts'

/** Nothing is allowed but the gateway's own files. Lit's constructable style sheets need no `unsafe-inline`. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ')

/** Headers that keep a browser from doing what the UI never asks for (ASVS 3.4). */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('Content-Security-Policy', policy)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Cross-Origin-Opener-Policy', 'same-origin')
  c.header('Cross-Origin-Resource-Policy', 'same-origin')
  if (isHttps(c)) c.header('Strict-Transport-Security', 'max-age=31536000')
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
}
