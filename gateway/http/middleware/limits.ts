import { bodyLimit } from 'hono/body-limit'
import type { MiddlewareHandler } from 'hono'
import { problem } from '../problem.ts'

/** Refuses a body above so many bytes, before it is read. */
export const limitBody = (maxBytes: number): MiddlewareHandler =>
  bodyLimit({
    maxSize: maxBytes,
    onError: (c) =>
      problem(c, {
        status: 413,
        code: 'API-003',
        detail: `The body is larger than ${maxBytes} bytes.`,
        hint: 'Send it in parts.',
      }),
  })
