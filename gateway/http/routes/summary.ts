import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { needs } from '../middleware/authenticate.ts'
import { jsonAnswer, problems, schemaOf } from '../openapi-parts.ts'

const summaryView = z.strictObject({
  version: z.string(),
  sandbox: z.boolean(),
  total: z.number().int(),
  counts: z.record(z.string(), z.number().int()).describe('Number of eCoCs by state; states without any are left out'),
  mappers: z.array(z.strictObject({ name: z.string(), version: z.string(), title: z.string() })),
  issues: z
    .array(z.strictObject({ check: z.string(), issue: z.string(), suggestion: z.string().optional() }))
    .describe('What is wrong with the gateway itself, and what to do'),
})

export const summaryRoutes = ({ store, status, mappers, version }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/summary', needs('read'), async (c) => {
    const [counts, health] = await Promise.all([store.ecocs.countByState(), status()])
    const issues = health.checks
      .filter((k) => !k.ok)
      .map((k) => ({ check: k.check, issue: k.issue ?? k.check, ...(k.suggestion && { suggestion: k.suggestion }) }))
    return c.json({
      version,
      sandbox: health.sandbox !== undefined,
      total: Object.values(counts).reduce((sum, n) => sum + n, 0),
      counts,
      mappers: mappers().map(({ name, version: of, title }) => ({ name, version: of, title })),
      issues,
    })
  })
  return app
}

export const summaryPaths: Paths = {
  '/api/v1/summary': {
    get: {
      operationId: 'summary',
      summary: 'Counts by state, the mappers, and what is wrong',
      tags: ['eCoCs'],
      'x-permission': 'read',
      responses: { 200: jsonAnswer('The summary', schemaOf(summaryView)), ...problems(401, 403) },
    },
  },
}
