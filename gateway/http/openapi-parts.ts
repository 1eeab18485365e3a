import { z } from 'zod'

/** JSON Schema of a zod schema, as OpenAPI 3.1 takes it. */
export const schemaOf = (schema: z.ZodType): object => {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })
  // The dialect is said once, by OpenAPI 3.1 itself.
  delete json.$schema
  return json
}
const content = (type: string, schema: object): object => ({ [type]: { schema } })

export const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` })

export const jsonAnswer = (description: string, schema: object): object => ({
  description,
  content: content('application/json', schema),
})
export const jsonBody = (schema: z.ZodType, required = true): object => ({
  required,
  content: content('application/json', schemaOf(schema)),
})

const problemAnswer = (description: string): object => ({
  description,
  content: content('application/problem+json', ref('Problem')),
})
const descriptions: Readonly<Record<number, string>> = {
  400: 'The call cannot be used as it is',
  401: 'No valid token or session',
  403: 'The role may not do this, or the call did not come from our own page',
  404: 'There is no such thing',
  409: 'The state does not allow it, or something else than this was shown',
  413: 'The body is too large',
  415: 'The kind of body is not supported',
  422: 'Nothing in it could be taken',
  429: 'Too many failed tries; wait as Retry-After says',
  503: 'Not now; try again later',
}
/** The refusals an operation may answer with, by status. */
export const problems = (...statuses: number[]): Record<string, object> =>
  Object.fromEntries(statuses.map((s) => [s, problemAnswer(descriptions[s] ?? 'Refused')]))

export const pathParameter = (name: string, description: string): object => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
})

/** The query parameters of a zod object, each with its schema. */
export const queryParameters = (schema: z.ZodObject): object[] =>
  Object.entries(schema.shape).map(([name, type]) => ({
    name,
    in: 'query',
    required: !(type as z.ZodType).safeParse(undefined).success,
    schema: schemaOf(type as z.ZodType),
  }))

/** The `Problem` of RFC 9457 with our own members. */
export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', description: 'Names the kind of problem; not an address' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened, to what' },
    code: { type: 'string', description: 'Code of the error catalogue' },
    hint: { type: 'string', description: 'What to do about it' },
  },
}
