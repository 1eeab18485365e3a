import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { jsonAnswer, problems, queryParameters, schemaOf } from '../openapi-parts.ts'

const whole = (from: number, to: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'a whole number')
    .transform(Number)
    .pipe(z.int().min(from).max(to))

const chainQuery = z.strictObject({
  from: whole(1, Number.MAX_SAFE_INTEGER).default(1).describe('First sequence number'),
  limit: whole(1, 500).default(100),
})
const chainView = z.strictObject({
  items: z.array(
    z.strictObject({
      seq: z.number().int(),
      at: z.string(),
      actor: z.string(),
      type: z.string(),
      subject: z.string(),
      detail: z.unknown(),
      prevHash: z.string(),
      hash: z.string(),
    }),
  ),
  next: z.number().int().nullable().describe('Give it as `from` for the next page'),
})

export const auditRoutes = ({ store }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/audit/events', needs('audit'), async (c) => {
    const { from, limit } = readQuery(c, chainQuery)
    const rows = await store.events.from(from, limit + 1)
    const items = rows.slice(0, limit).map(({ prev_hash: prevHash, detail, ...e }) => ({
      ...e,
      detail: JSON.parse(detail) as unknown,
      prevHash,
    }))
    return c.json({ items, next: rows[limit]?.seq ?? null })
  })
  return app
}

export const auditPaths: Paths = {
  '/api/v1/audit/events': {
    get: {
      operationId: 'listEvents',
      summary: 'A page of the audit chain, oldest first',
      tags: ['Audit'],
      'x-permission': 'audit',
      parameters: queryParameters(chainQuery),
      responses: { 200: jsonAnswer('The page', schemaOf(chainView)), ...problems(400, 401, 403) },
    },
  },
}
