import type { Context } from 'hono'
import type { z } from 'zod'
import { isJson } from './middleware/origin.ts'
import { badRequest, refusal } from './problem.ts'

const firstIssue = (error: z.ZodError): string => {
  const [issue] = error.issues
  if (!issue) return 'It is not as expected.'
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`
}

/**
 * The query as the schema has it. A parameter that comes twice counts once, the first; an empty one is as if absent.
 * @throws GatewayError API-001
 */
export const readQuery = <T>(c: Context, schema: z.ZodType<T>): T => {
  const given = Object.entries(c.req.query()).filter(([, value]) => value !== '')
  const read = schema.safeParse(Object.fromEntries(given))
  if (!read.success) throw badRequest('API-001', `The query cannot be used: ${firstIssue(read.error)}`)
  return read.data
}

/**
 * The JSON body as the schema has it. Where `whenEmpty` is given, a call without a body stands for it.
 * @throws GatewayError API-002 (no such JSON), API-004 (no JSON at all)
 */
export const readJson = async <T>(c: Context, schema: z.ZodType<T>, whenEmpty?: unknown): Promise<T> => {
  const text = await c.req.text()
  let value = whenEmpty
  if (text !== '' || whenEmpty === undefined) {
    if (!isJson(c)) throw refusal(415, 'API-004', 'The body must be JSON.', 'Set “Content-Type: application/json”.')
    try {
      value = JSON.parse(text)
    } catch {
      throw badRequest('API-002', 'The body is not valid JSON.')
    }
  }
  const read = schema.safeParse(value)
  if (!read.success) throw badRequest('API-002', `The body cannot be used: ${firstIssue(read.error)}`)
  return read.data
}
