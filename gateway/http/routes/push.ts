import type { TLSSocket } from 'node:tls'
import { type Context, Hono } from 'hono'
import { GatewayError } from '../../contract/index.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { limitBody } from '../middleware/limits.ts'
import { jsonAnswer, pathParameter, problems, schemaOf } from '../openapi-parts.ts'
import { problem, refusal } from '../problem.ts'
import { idempotencyKey, maxBytes, pushAnswer, types } from './records.ts'

/** SHA-256 of the client certificate that the TLS connection proved, where the gateway itself ends TLS. */
const certificateOf = (c: Context): string | undefined => {
  const { incoming } = (c.env ?? {}) as { incoming?: { socket?: Partial<TLSSocket> } }
  const socket = incoming?.socket
  if (!socket?.authorized) return undefined
  return socket.getPeerCertificate?.().fingerprint256.replaceAll(':', '').toLowerCase()
}

/**
 * Records that a system hands over to a source of its own. The source says how callers prove who they are, so these routes
 * stand before the log-in.
 */
export const pushRoutes = ({ sources }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.post('/sources/:name/records', limitBody(maxBytes), async (c) => {
    const contentType = c.req.header('content-type') ?? ''
    const body = Buffer.from(await c.req.arrayBuffer())
    const call = {
      headers: c.req.header(),
      body,
      clientCertificate: certificateOf(c),
      contentType,
      idempotencyKey: idempotencyKey(c.req.header('idempotency-key')),
    }
    if (!types.includes(contentType.split(';')[0]?.trim().toLowerCase() ?? ''))
      throw refusal(415, 'API-004', 'Records cannot be read from this type.', `Send one of ${types.join(', ')}.`)
    try {
      const { records, refused } = await sources.receive(c.req.param('name'), call)
      if (records.length > 0) return c.json({ records, refused }, 202)
      const detail =
        refused.length === 0 ? 'There is no record in it.' : `None of ${refused.length} records could be taken.`
      return problem(c, { status: 422, code: 'API-009', detail, more: { refused } })
    } catch (error) {
      if (error instanceof GatewayError && typeof error.params.retryAfterS === 'number')
        c.header('Retry-After', String(error.params.retryAfterS))
      throw error
    }
  })
  return app
}

export const pushPaths: Paths = {
  '/api/v1/sources/{name}/records': {
    post: {
      operationId: 'pushToSource',
      summary: 'Hands over records to a source with connector push; the source says what proves the caller',
      tags: ['Sources'],
      'x-permission': 'none',
      security: [],
      parameters: [
        pathParameter('name', 'The source'),
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
        ...problems(400, 401, 413, 415, 422, 429, 503),
      },
    },
  },
}
