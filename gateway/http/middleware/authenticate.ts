import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { sha256 } from '../../support/hash.ts'
import { instant } from '../../support/clock.ts'
import type { HttpDeps } from '../deps.ts'
import type { Actor, Env } from '../env.ts'
import { isRole, may, type Permission } from '../auth/roles.ts'
import { problem, refusal } from '../problem.ts'
import { isHttps, refuseForgery } from './origin.ts'

/** `__Host-` binds the cookie to this host and to TLS; browsers refuse it on plain HTTP (RFC 6265bis 4.1.3.2). */
export const sessionCookie = (c: Context): string => (isHttps(c) ? '__Host-ecoc' : 'ecoc')

type Access = Pick<HttpDeps, 'store' | 'clock'>

const byToken = async (deps: Access, header: string): Promise<Actor | undefined> => {
  const token = /^Bearer +([\w.~+/-]{1,256}=*)$/i.exec(header)?.[1]
  if (token === undefined) return undefined
  const row = await deps.store.access.token(sha256(token))
  if (!row || !isRole(row.role)) return undefined
  return { name: row.person ?? `token:${row.name}`, role: row.role, via: 'token' }
}

const bySession = async (deps: Access, secret: string): Promise<Actor | undefined> => {
  const row = await deps.store.access.session(sha256(secret), instant(deps.clock()))
  if (!row || !isRole(row.role)) return undefined
  return { name: row.person, role: row.role, via: 'session' }
}

/** Finds out who calls, by token or session; answers 401 when nobody does. A token, where given, is what counts. */
export const authenticate =
  (deps: Access): MiddlewareHandler<Env> =>
  async (c, next) => {
    const header = c.req.header('authorization')
    const secret = getCookie(c, sessionCookie(c))
    let actor: Actor | undefined
    if (header !== undefined) actor = await byToken(deps, header)
    else if (secret !== undefined) actor = await bySession(deps, secret)
    if (!actor)
      return problem(c, {
        status: 401,
        code: 'API-010',
        detail: 'This needs a valid API token or a session.',
        hint: 'Log in, or send “Authorization: Bearer …” with a token made by “ecoc token create”.',
        headers: { 'WWW-Authenticate': 'Bearer' },
      })
    if (actor.via === 'session') refuseForgery(c)
    c.set('actor', actor)
    await next()
    return undefined
  }

/** Lets through only roles that hold the permission; the others get 403. */
export const needs =
  (permission: Permission): MiddlewareHandler<Env> =>
  async (c, next) => {
    const { role } = c.get('actor')
    if (!may(role, permission)) throw refusal(403, 'API-011', `The role ${role} may not do this (${permission}).`)
    await next()
  }
