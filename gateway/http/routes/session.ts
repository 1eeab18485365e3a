import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { event, insert, remove } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { sha256 } from '../../support/hash.ts'
import { addressOf } from '../address-of.ts'
import type { LoginThrottle } from '../auth/login-throttle.ts'
import { dummyHash, verifyPassword } from '../auth/password.ts'
import { isRole, permissionsOf, type Role } from '../auth/roles.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readJson } from '../input.ts'
import { authenticate, sessionCookie } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { isHttps, isSameOrigin } from '../middleware/origin.ts'
import { jsonAnswer, jsonBody, problems, schemaOf } from '../openapi-parts.ts'
import { problem, refusal } from '../problem.ts'

const sessionMs = 12 * 60 * 60 * 1000

const loginBody = z.strictObject({ name: z.string().min(1).max(64), password: z.string().min(1).max(256) })
const sessionView = z.strictObject({
  name: z.string(),
  role: z.string(),
  permissions: z.array(z.string()),
})
const viewOf = (name: string, role: Role): z.infer<typeof sessionView> => ({
  name,
  role,
  permissions: [...permissionsOf(role)],
})

/** @param throttle counts failed passwords, those of confirmations too */
export const sessionRoutes = (deps: HttpDeps, throttle: LoginThrottle): Hono<Env> => {
  const { store, clock, log } = deps
  const app = new Hono<Env>()
  app
    .post('/session', limitBody(4096), async (c) => {
      // A foreign page may not log a browser in either; scripts send neither header.
      const fromBrowser = c.req.header('origin') !== undefined || c.req.header('sec-fetch-site') !== undefined
      if (fromBrowser && !isSameOrigin(c))
        throw refusal(403, 'API-014', 'This call did not come from a page of the gateway.')
      const { name, password } = await readJson(c, loginBody)
      const address = addressOf(c)
      const wait = Math.ceil(throttle.begin(name, address) / 1000)
      if (wait > 0) {
        const detail = `There were too many failed tries. Wait ${wait} s.`
        return problem(c, {
          status: 429,
          code: 'API-013',
          detail,
          headers: { 'Retry-After': String(wait) },
          more: { retryAfter: wait },
        })
      }
      const person = await store.access.person(name)
      const right = await verifyPassword(password, person?.password ?? dummyHash)
      const at = instant(clock())
      if (!person || !right || !isRole(person.role)) {
        // An unknown name is not kept: people type their password into the wrong field.
        log.warn({ address, known: person !== undefined }, 'a log-in failed')
        if (person)
          await store.commit([
            event({ at, actor: 'gateway', type: 'session.refused', subject: name, detail: { address } }),
          ])
        throw refusal(401, 'API-012', 'Name or password is not right.')
      }
      throttle.succeeded(name, address)
      const secret = randomBytes(32).toString('base64url')
      const expires = new Date(clock().getTime() + sessionMs)
      await store.commit([
        insert('session', { hash: sha256(secret), person: person.name, expires_at: instant(expires) }),
        event({ at, actor: person.name, type: 'session.opened', subject: person.name, detail: { address } }),
      ])
      const secure = isHttps(c)
      setCookie(c, sessionCookie(c), secret, {
        httpOnly: true,
        sameSite: 'Strict',
        secure,
        path: '/',
        maxAge: sessionMs / 1000,
      })
      return c.json(viewOf(person.name, person.role))
    })
    .get('/session', authenticate(deps), (c) => c.json(viewOf(c.get('actor').name, c.get('actor').role)))
    .delete('/session', authenticate(deps), async (c) => {
      const { name, via } = c.get('actor')
      const secret = getCookie(c, sessionCookie(c))
      if (via === 'session' && secret !== undefined)
        await store.commit([
          remove('session', { hash: sha256(secret) }),
          event({ at: instant(clock()), actor: name, type: 'session.closed', subject: name, detail: {} }),
        ])
      deleteCookie(c, sessionCookie(c), { path: '/', secure: isHttps(c) })
      return c.body(null, 204)
    })
  return app
}

const session = jsonAnswer('Who is logged in', schemaOf(sessionView))

export const sessionPaths: Paths = {
  '/api/v1/session': {
    post: {
      operationId: 'login',
      summary: 'Logs a person in and sets the session cookie, for 12 hours',
      tags: ['Session'],
      'x-permission': 'none',
      security: [],
      requestBody: jsonBody(loginBody),
      responses: { 200: session, ...problems(400, 401, 403, 413, 415, 429) },
    },
    get: {
      operationId: 'whoAmI',
      summary: 'Who calls, and what they may do',
      tags: ['Session'],
      'x-permission': 'any',
      responses: { 200: session, ...problems(401) },
    },
    delete: {
      operationId: 'logout',
      summary: 'Ends the session',
      tags: ['Session'],
      'x-permission': 'any',
      responses: { 204: { description: 'It is ended' }, ...problems(401, 403) },
    },
  },
}
