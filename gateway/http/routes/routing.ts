import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readJson, readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { jsonAnswer, jsonBody, pathParameter, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import { badRequest } from '../problem.ts'
import { ecocItem, ecocItemOf } from '../views/ecoc-view.ts'
import { targetView, targetViewOf } from '../views/target-view.ts'
import { findEcoc, idOf } from './ecocs.ts'

const routeQuery = z.strictObject({
  to: z.string().max(3).optional().describe('Destination, as ISO or Vienna code'),
  typeApproval: z.string().max(100).optional().describe('Type-approval number'),
  category: z.string().max(10).optional().describe('Vehicle category, such as N2'),
  maker: z.string().max(200).optional().describe('Manufacturer, as in the document'),
  on: z.iso.date('a day such as 2027-02-01').optional().describe('Day the rules are asked for; today without it'),
})
const text = z.string()
const routesView = z.strictObject({
  on: text,
  targets: z.array(
    z.strictObject({
      profile: text,
      accessPoint: text,
      environment: text,
      via: text.nullable().describe('The access point’s connector'),
      channel: z.enum(['call', 'drop', 'hand']).nullable(),
      reasons: z.array(text),
      overEucaris: z.array(text).optional().describe('States that retrieve the document over EUCARIS, by ISO code'),
      approval: z.strictObject({ number: text, issued: text.optional() }).optional(),
    }),
  ),
  findings: z.array(z.looseObject({ code: text, severity: text, message: text })),
})

const routeBody = z.strictObject({
  accessPoint: z.string().min(1).max(63),
  comment: z.string().trim().max(2000).default(''),
})

/** Where documents go and why: asked in advance, shown of an eCoC, and changed before its dispatch. */
export const routingRoutes = ({ store, actions, askRoute, otherAccessPoints }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/route', needs('read'), (c) => {
    const { to: destination, typeApproval: typeApprovalNumber, ...more } = readQuery(c, routeQuery)
    if (destination === undefined && typeApprovalNumber === undefined)
      throw badRequest('API-001', 'Name the destination (to), the type-approval number (typeApproval), or both.')
    return c.json(askRoute({ destination, typeApprovalNumber, ...more }))
  })
  app.get('/ecocs/:id/target', needs('read'), async (c) =>
    c.json(await targetViewOf(store, await findEcoc(store, idOf(c)), otherAccessPoints)),
  )
  app.post('/ecocs/:id/route', needs('operate'), limitBody(64 * 1024), async (c) => {
    const id = idOf(c)
    await actions.route(id, await readJson(c, routeBody), c.get('actor').name)
    return c.json(ecocItemOf(await findEcoc(store, id)))
  })
  return app
}

const id = pathParameter('id', 'The eCoC')

export const routingPaths: Paths = {
  '/api/v1/route': {
    get: {
      operationId: 'askRoute',
      summary: 'Where the documents of a vehicle would go on a day, and why; nothing is sent',
      tags: ['Routing'],
      'x-permission': 'read',
      parameters: queryParameters(routeQuery),
      responses: { 200: jsonAnswer('The targets', schemaOf(routesView)), ...problems(400, 401, 403) },
    },
  },
  '/api/v1/ecocs/{id}/target': {
    get: {
      operationId: 'getTarget',
      summary: 'Where an eCoC goes and why, with the further documents of its vehicle',
      tags: ['Routing'],
      'x-permission': 'read',
      parameters: [id],
      responses: { 200: jsonAnswer('The target', schemaOf(targetView)), ...problems(401, 403, 404) },
    },
  },
  '/api/v1/ecocs/{id}/route': {
    post: {
      operationId: 'routeEcoc',
      summary: 'Sends it to another access point than routing chose; before its dispatch only',
      tags: ['Routing'],
      'x-permission': 'operate',
      parameters: [id],
      requestBody: jsonBody(routeBody),
      responses: {
        200: jsonAnswer('The eCoC as it stands afterwards', schemaOf(ecocItem)),
        ...problems(400, 401, 403, 404, 409, 413, 415, 422),
      },
    },
  },
}
