import { Hono } from 'hono'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { EventHub, type Subscription } from '../event-hub.ts'
import { needs } from '../middleware/authenticate.ts'
import { problems } from '../openapi-parts.ts'
import { refusal } from '../problem.ts'

const heartbeatMs = 15_000
/** A stream ends by then and the browser opens a new one, so that an ended session does not listen on. */
const longestMs = 15 * 60_000
const maxClients = 200

const encoder = new TextEncoder()
const message = (event: string, data: object): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** The bytes of one stream. It is asked for more only when the client took what it got, so nothing piles up. */
const streamOf = (client: Subscription, end: AbortSignal, onEnd: () => void): ReadableStream<Uint8Array> =>
  new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode('retry: 2000\n: welcome\n\n')),
      pull: async (controller) => {
        await client.wait(heartbeatMs, end)
        if (end.aborted) {
          onEnd()
          controller.close()
          return
        }
        const { reset, changes } = client.take()
        const lines = changes.map((change) => message('ecoc', change))
        if (reset) lines.unshift(message('reset', {}))
        controller.enqueue(encoder.encode(lines.length === 0 ? ': still here\n\n' : lines.join('')))
      },
      cancel: onEnd,
    },
    { highWaterMark: 1 },
  )

export const eventRoutes = ({ store, shutdown }: HttpDeps): Hono<Env> => {
  const hub = new EventHub(store, maxClients)
  const app = new Hono<Env>()
  app.get('/events', needs('read'), (c) => {
    const client = hub.open()
    if (!client)
      throw refusal(503, 'API-020', 'Too many clients follow the events.', 'Close a window, or try again later.')
    const ended = new AbortController()
    const end = AbortSignal.any([ended.signal, AbortSignal.timeout(longestMs), ...(shutdown ? [shutdown] : [])])
    const onEnd = (): void => {
      hub.close(client)
      ended.abort()
    }
    // Where the client goes away while nothing happens, the request tells, not the stream.
    c.req.raw.signal.addEventListener('abort', onEnd)
    c.header('Content-Type', 'text/event-stream; charset=utf-8')
    c.header('Cache-Control', 'no-store')
    c.header('X-Accel-Buffering', 'no')
    return c.body(streamOf(client, end, onEnd))
  })
  return app
}

export const eventPaths: Paths = {
  '/api/v1/events': {
    get: {
      operationId: 'events',
      summary: 'Server-sent events: `ecoc` {id, state?} per change, `reset` when a client fell behind and must reload',
      tags: ['eCoCs'],
      'x-permission': 'read',
      responses: {
        200: { description: 'The stream', content: { 'text/event-stream': { schema: { type: 'string' } } } },
        ...problems(401, 403, 503),
      },
    },
  },
}
