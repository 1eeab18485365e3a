import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readJson, readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { jsonAnswer, jsonBody, pathParameter, problems, queryParameters, schemaOf } from '../openapi-parts.ts'

const text = z.string().nullable()
const kind = z.enum(['files', 'rows', 'push'])
const sourceView = z.strictObject({
  name: z.string(),
  connector: z.string(),
  kind,
  mapper: z.string(),
  state: z.enum(['starting', 'ok', 'failing', 'down', 'stopped']),
  since: text,
  lastLookAt: text,
  nextLookAt: text.describe('Where it is looked at by a schedule'),
  problem: text,
  answersPending: z.number().int(),
  answersParked: z.number().int().describe('Refused for good; they wait for a person'),
})
const connectorView = z.strictObject({
  name: z.string(),
  title: z.string(),
  kind,
  schema: z.record(z.string(), z.unknown()).describe('JSON Schema of its settings'),
})
const stepView = z.strictObject({ step: z.string(), ok: z.boolean(), detail: z.string().optional() })
const parkedQuery = z.strictObject({ source: z.string().max(40).optional() })
const parkedView = z.strictObject({
  kind: z.string(),
  subject: z.string(),
  source: z.string(),
  name: z.string(),
  tries: z.number().int(),
  problem: text,
  since: z.string(),
})
const id = z.string().min(1).max(200)
const retryBody = z.union([z.strictObject({ source: id }), z.strictObject({ kind: id, subject: id })])

export const sourceRoutes = ({ sources }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/sources', needs('read'), async (c) => c.json({ sources: await sources.list() }))
  app.get('/connectors', needs('read'), (c) => c.json({ connectors: sources.connectors() }))
  app.post('/sources/:name/test', needs('operate'), async (c) =>
    c.json({ steps: await sources.test(c.req.param('name')) }),
  )
  app.get('/write-backs', needs('read'), async (c) => {
    const { source } = readQuery(c, parkedQuery)
    const rows = await sources.parked(source)
    return c.json({
      parked: rows.map(({ kind, subject, source, name, tries, problem, due_at: since }) => ({
        ...{ kind, subject, source, name, tries, problem, since },
      })),
    })
  })
  app.post('/write-backs/retry', needs('operate'), async (c) => {
    const which = await readJson(c, retryBody)
    return c.json({ retried: await sources.retry(which, c.get('actor').name) })
  })
  return app
}

const list = (key: string, item: z.ZodType): object => schemaOf(z.strictObject({ [key]: z.array(item) }))

export const sourcePaths: Paths = {
  '/api/v1/sources': {
    get: {
      operationId: 'listSources',
      summary: 'The sources: whether they answer, since when, and how many answers wait',
      tags: ['Sources'],
      'x-permission': 'read',
      responses: { 200: jsonAnswer('The sources', list('sources', sourceView)), ...problems(401, 403) },
    },
  },
  '/api/v1/connectors': {
    get: {
      operationId: 'listConnectors',
      summary: 'The connectors there are, each with the form of its settings',
      tags: ['Sources'],
      'x-permission': 'read',
      responses: { 200: jsonAnswer('The connectors', list('connectors', connectorView)), ...problems(401, 403) },
    },
  },
  '/api/v1/sources/{name}/test': {
    post: {
      operationId: 'testSource',
      summary: 'Tries a source step by step; the first step that fails says what is wrong',
      tags: ['Sources'],
      'x-permission': 'operate',
      parameters: [pathParameter('name', 'The source')],
      responses: { 200: jsonAnswer('The steps', list('steps', stepView)), ...problems(401, 403, 404, 503) },
    },
  },
  '/api/v1/write-backs': {
    get: {
      operationId: 'listParkedAnswers',
      summary: 'Answers that a source refused for good',
      tags: ['Sources'],
      'x-permission': 'read',
      parameters: queryParameters(parkedQuery),
      responses: { 200: jsonAnswer('The parked answers', list('parked', parkedView)), ...problems(400, 401, 403) },
    },
  },
  '/api/v1/write-backs/retry': {
    post: {
      operationId: 'retryParkedAnswers',
      summary: 'Sends one parked answer, or all of a source, again',
      tags: ['Sources'],
      'x-permission': 'operate',
      requestBody: jsonBody(retryBody),
      responses: {
        200: jsonAnswer('How many', schemaOf(z.strictObject({ retried: z.number().int() }))),
        ...problems(400, 401, 403, 415),
      },
    },
  },
}
