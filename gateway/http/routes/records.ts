import { Hono } from 'hono'
import { z } from 'zod'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { jsonAnswer, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import { badRequest, problem, refusal } from '../problem.ts'

export const maxBytes = 32 * 1024 * 1024
/** What records may be sent as. */
export const types = [
  'application/json',
  'application/x-ndjson',
  'application/ndjson',
  'text/csv',
  'application/xml',
  'text/xml',
]

const pushQuery = z.strictObject({ mapper: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'name a mapper') })

export const pushAnswer = z.strictObject({
  records: z.array(z.strictObject({ recordKey: z.string(), id: z.string(), known: z.boolean() })),
  refused: z.array(z.strictObject({ line: z.number().int(), problems: z.array(z.unknown()) })),
})

/**
 * The key as sent: 1 to 255 visible ASCII characters (draft-ietf-httpapi-idempotency-key-header).
 * @throws GatewayError API-016
 */
export const idempotencyKey = (header: string | undefined): string | undefined => {
  if (header !== undefined && !/^[\x21-\x7e]{1,255}$/.test(header))
    throw badRequest('API-016', 'The Idempotency-Key has 1 to 255 visible ASCII characters.')
  return header
}

export const recordRoutes = ({ actions, mappers }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.post('/records', needs('ingest'), limitBody(maxBytes), async (c) => {
    const { mapper } = readQuery(c, pushQuery)
    if (!mappers().some((m) => m.name === mapper))
      throw refusal(404, 'API-008', `There is no mapper ${mapper}.`, 'GET /api/v1/summary lists the mappers.')
    const contentType = c.req.header('content-type') ?? ''
    if (!types.includes(contentType.split(';')[0]?.trim().toLowerCase() ?? ''))
      throw refusal(
        415,
        'API-004',
        `Records cannot be read from “${contentType.slice(0, 100)}”.`,
        `Send one of ${types.join(', ')}.`,
      )
    const { records, refused } = await actions.push({
      mapper,
      contentType,
      idempotencyKey: idempotencyKey(c.req.header('idempotency-key')),
      body: Buffer.from(await c.req.arrayBuffer()),
      actor: c.get('actor').name,
    })
    if (records.length === 0)
      return problem(c, {
        status: 422,
        code: 'API-009',
        detail:
          refused.length === 0 ? 'There is no record in it.' : `None of ${refused.length} records could be taken.`,
        hint: 'See what each line says under “refused”.',
        more: { refused },
      })
    return c.json({ records, refused }, 202)
  })
  return app
}

export const recordPaths: Paths = {
  '/api/v1/records': {
    post: {
      operationId: 'pushRecords',
      summary: 'Hands over records; each is taken or refused by itself',
      tags: ['Records'],
      'x-permission': 'ingest',
      parameters: [
        ...queryParameters(pushQuery),
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description: 'The same key with the same body is taken once',
          schema: { type: 'string', maxLength: 255 },
        },
      ],
      requestBody: { required: true, content: Object.fromEntries(types.map((t) => [t, {}])) },
      responses: {
        202: jsonAnswer('What was taken, and what was not', schemaOf(pushAnswer)),
        ...problems(400, 401, 403, 404, 409, 413, 415, 422),
      },
    },
  },
}
