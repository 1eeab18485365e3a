import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readJson } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { jsonAnswer, jsonBody, pathParameter, problems, schemaOf } from '../openapi-parts.ts'

const when = z.string().nullable()
export const accessPointView = z.strictObject({
  name: z.string(),
  connector: z.string(),
  title: z.string(),
  environment: z.string(),
  testOf: z.string().nullable().describe('The access point whose acceptance environment it is'),
  channel: z.enum(['call', 'drop', 'hand']).describe('How it is reached: a call, a file, a person at a portal'),
  state: z
    .enum(['reachable', 'paused', 'maintenance', 'retry-after', 'unreachable', 'throttled'])
    .describe('Whether it is called now, and if not, why'),
  until: when.describe('When it is called again'),
  pause: z.strictObject({ reason: z.string(), by: z.string(), at: z.string(), until: z.string() }).nullable(),
  queued: z.number().int().describe('eCoCs on their way to it'),
  oldest: when.describe('When the record of the oldest of them came'),
})
const list = z.strictObject({ items: z.array(accessPointView) })
const pauseBody = z.strictObject({
  reason: z.string().trim().min(1).max(500),
  until: z.iso.datetime({ offset: true }).describe('When it ends by itself; at most 90 days from now'),
})
const nothing = z.strictObject({})
const small = limitBody(16 * 1024)

/** The access points as they stand, and holding one back for a while. */
export const accessPointRoutes = ({ accessPoints }: HttpDeps): Hono<Env> => {
  const answer = async (c: Context<Env>): Promise<Response> => c.json({ items: await accessPoints.list() })
  const app = new Hono<Env>()
  app
    .get('/access-points', needs('read'), answer)
    .post('/access-points/:name/pause', needs('operate'), small, async (c) => {
      const { reason, until } = await readJson(c, pauseBody)
      await accessPoints.pause(c.req.param('name'), { reason, until: new Date(until) }, c.get('actor').name)
      return answer(c)
    })
    .post('/access-points/:name/resume', needs('operate'), small, async (c) => {
      await readJson(c, nothing, {})
      await accessPoints.resume(c.req.param('name'), c.get('actor').name)
      return answer(c)
    })
  return app
}

const name = pathParameter('name', 'The access point')
const shown = jsonAnswer('The access points as they stand now', schemaOf(list))

export const accessPointPaths: Paths = {
  '/api/v1/access-points': {
    get: {
      operationId: 'listAccessPoints',
      summary: 'The access points: whether they are called now, and how much waits',
      tags: ['Access points'],
      'x-permission': 'read',
      responses: { 200: shown, ...problems(401, 403) },
    },
  },
  '/api/v1/access-points/{name}/pause': {
    post: {
      operationId: 'pauseAccessPoint',
      summary: 'Holds an access point back for a while; ends by itself',
      tags: ['Access points'],
      'x-permission': 'operate',
      parameters: [name],
      requestBody: jsonBody(pauseBody, true),
      responses: { 200: shown, ...problems(400, 401, 403, 404, 413, 415, 422) },
    },
  },
  '/api/v1/access-points/{name}/resume': {
    post: {
      operationId: 'resumeAccessPoint',
      summary: 'Ends a pause',
      tags: ['Access points'],
      'x-permission': 'operate',
      parameters: [name],
      requestBody: jsonBody(nothing, false),
      responses: { 200: shown, ...problems(400, 401, 403, 404, 409, 413, 415) },
    },
  },
}
