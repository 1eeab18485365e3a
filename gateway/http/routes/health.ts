import { Hono } from 'hono'
import { z } from 'zod'
import type { HealthStatus, HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { jsonAnswer, schemaOf } from '../openapi-parts.ts'

const healthView = z.strictObject({
  status: z.enum(['ok', 'starting', 'failing']),
  version: z.string(),
  sandbox: z
    .strictObject({ control: z.string(), inbox: z.string() })
    .optional()
    .describe('In the sandbox: control address of the simulated access point, and the watched folder'),
})
const readyView = z.strictObject({
  ready: z.boolean(),
  checks: z.array(z.strictObject({ check: z.string(), ok: z.boolean() })),
})

const wordFor = ({ ok, ready }: HealthStatus): 'ok' | 'starting' | 'failing' => {
  if (!ok) return ready ? 'failing' : 'starting'
  return ready ? 'ok' : 'starting'
}

/**
 * Open to all, for orchestrators and Prometheus, which hold no token. So they tell that something is wrong,
 * and never what: the issues stand in the summary.
 */
export const healthRoutes = ({ status, metrics, version }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app
    .get('/healthz', async (c) => {
      const health = await status()
      const word = wordFor(health)
      const { sandbox } = health
      return c.json({ status: word, version, ...(sandbox && { sandbox }) }, word === 'ok' ? 200 : 503)
    })
    .get('/readyz', async (c) => {
      const { ready, checks } = await status()
      return c.json({ ready, checks: checks.map(({ check, ok }) => ({ check, ok })) }, ready ? 200 : 503)
    })
    .get('/metrics', async (c) => {
      const { contentType, body } = await metrics()
      c.header('Content-Type', contentType)
      return c.body(body)
    })
  return app
}

const open = { tags: ['Health'], 'x-permission': 'none' as const, security: [] }
const health = schemaOf(healthView)
const readiness = schemaOf(readyView)

export const healthPaths: Paths = {
  '/healthz': {
    get: {
      operationId: 'health',
      summary: 'Whether the gateway works',
      ...open,
      responses: { 200: jsonAnswer('It works', health), 503: jsonAnswer('It starts, or something fails', health) },
    },
  },
  '/readyz': {
    get: {
      operationId: 'readiness',
      summary: 'Whether the gateway takes work',
      ...open,
      responses: { 200: jsonAnswer('Ready', readiness), 503: jsonAnswer('Not ready', readiness) },
    },
  },
  '/metrics': {
    get: {
      operationId: 'metrics',
      summary: 'Prometheus metrics',
      ...open,
      responses: { 200: { description: 'Text exposition', content: { 'text/plain': { schema: { type: 'string' } } } } },
    },
  },
}
