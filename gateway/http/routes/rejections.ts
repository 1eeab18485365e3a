import { Hono } from 'hono'
import { z } from 'zod'
import { explainEcoc, explainGroup, mostRejected, rejectionGroups } from '../../flow/rejections.ts'
import { languages } from '../../ivi/coc/coc.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { jsonAnswer, pathParameter, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import { refusal } from '../problem.ts'
import { explanationOf, explanationView, groupOf, groupView, rejectedVehicle } from '../views/rejection-view.ts'
import { findEcoc, idOf } from './ecocs.ts'

const query = z.strictObject({ language: z.enum(languages).default('en') })
const listed = 1000
/** Causes that are explained; whoever has more of them has another trouble. */
const mostGroups = 200

const listView = z.strictObject({
  items: z.array(groupView).describe('Largest first'),
  groups: z.number().int().describe(`Causes in all; the ${mostGroups} largest are listed`),
  vehicles: z.number().int().describe('eCoCs that are rejected now'),
  mostLookedAt: z.number().int().describe('Only the newest are grouped, up to this many'),
})
const oneView = z.strictObject({ ...groupView.shape, ecocs: z.array(rejectedVehicle) })
/** What access points refused, by cause, in plain words. */
export const rejectionRoutes = ({ store }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/rejections', needs('read'), async (c) => {
    const { language } = readQuery(c, query)
    const groups = await rejectionGroups(store)
    const items = await Promise.all(
      groups.slice(0, mostGroups).map(async (g) => groupOf(g, await explainGroup(store, g, language))),
    )
    const vehicles = new Set(groups.flatMap((g) => g.vehicles.map((v) => v.id))).size
    return c.json({ items, groups: groups.length, vehicles, mostLookedAt: mostRejected })
  })
  app.get('/rejections/:key', needs('read'), async (c) => {
    const { language } = readQuery(c, query)
    const key = c.req.param('key')
    const group = (await rejectionGroups(store)).find((g) => g.key === key)
    if (!group)
      throw refusal(
        404,
        'API-041',
        'There is no such group of rejections any more.',
        'GET /api/v1/rejections lists them.',
      )
    const ecocs = group.vehicles.slice(0, listed).map(({ id, vin, at }) => ({ id, vin, at }))
    return c.json({ ...groupOf(group, await explainGroup(store, group, language)), ecocs })
  })
  app.get('/ecocs/:id/explanation', needs('read'), async (c) => {
    const { language } = readQuery(c, query)
    const { id } = await findEcoc(store, idOf(c))
    return c.json({ messages: (await explainEcoc(store, id, language)).map(explanationOf) })
  })
  return app
}

const operation = { tags: ['Rejections'], 'x-permission': 'read' } as const

export const rejectionPaths: Paths = {
  '/api/v1/rejections': {
    get: {
      ...operation,
      operationId: 'listRejections',
      summary: 'What is rejected now, grouped by cause, explained',
      parameters: queryParameters(query),
      responses: { 200: jsonAnswer('The groups', schemaOf(listView)), ...problems(400, 401, 403) },
    },
  },
  '/api/v1/rejections/{key}': {
    get: {
      ...operation,
      operationId: 'getRejection',
      summary: `One cause with its vehicles, the newest ${listed}`,
      parameters: [pathParameter('key', 'The group'), ...queryParameters(query)],
      responses: { 200: jsonAnswer('The group', schemaOf(oneView)), ...problems(400, 401, 403, 404) },
    },
  },
  '/api/v1/ecocs/{id}/explanation': {
    get: {
      ...operation,
      operationId: 'explainReceipt',
      summary: 'The newest receipt of an eCoC, each message in plain words',
      parameters: [pathParameter('id', 'The eCoC'), ...queryParameters(query)],
      responses: {
        200: jsonAnswer('The messages', schemaOf(z.strictObject({ messages: z.array(explanationView) }))),
        ...problems(400, 401, 403, 404),
      },
    },
  },
}
