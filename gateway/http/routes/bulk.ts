import { Hono } from 'hono'
import { z } from 'zod'
import { type EcocId, modes, states } from '../../contract/index.ts'
import { bulkVerbs, mostAtOnce } from '../../flow/actions/bulk.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readJson } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { jsonAnswer, jsonBody, problems, schemaOf } from '../openapi-parts.ts'

const name = z.string().min(1).max(63)
const id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'the id of an eCoC')

const bulkBody = z
  .strictObject({
    verb: z.enum(bulkVerbs),
    ids: z.array(id).min(1).max(mostAtOnce).optional(),
    filter: z
      .strictObject({
        state: z.enum(states).optional(),
        code: z.string().min(1).max(40).optional().describe('Reason code'),
        accessPoint: name.optional(),
        mapper: name.optional(),
        mode: z.enum(modes).optional(),
        profile: z.string().min(1).max(10).optional(),
        rejection: z
          .string()
          .regex(/^[0-9a-f]{16}$/, 'the key of a group of rejections')
          .optional(),
      })
      .optional()
      .describe('In place of `ids`'),
    comment: z.string().trim().max(2000).default(''),
    preview: z.boolean().default(false).describe('Only shows what would happen, and names it with a hash'),
    hash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe('Of the preview that is confirmed'),
  })
  .refine((body) => body.preview !== (body.hash !== undefined), 'give `preview: true`, or the `hash` of a preview')

const line = z.strictObject({
  id: z.string(),
  vin: z.string(),
  state: z.enum(states).describe('As it stood before'),
  version: z.number().int(),
  accessPoint: z.string().nullable(),
  code: z.string().nullable(),
  why: z.string().nullable().describe('Why it is refused'),
})
const bulkView = z.strictObject({
  verb: z.enum(bulkVerbs),
  hash: z.string(),
  done: z.array(line).describe('In a preview: what would be done'),
  refused: z.array(line),
  more: z.number().int().describe('Rejections of the same cause that are left for the next turn'),
})

/** One verb for many eCoCs: first a preview, then its confirmation by hash. */
export const bulkRoutes = ({ actions }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.post('/ecocs/bulk', needs('operate'), limitBody(256 * 1024), async (c) => {
    const { preview, hash, ids, ...input } = await readJson(c, bulkBody)
    const asked = { ...input, ids: ids as EcocId[] | undefined }
    const actor = c.get('actor').name
    return c.json(
      preview || hash === undefined
        ? await actions.previewBulk(asked, actor)
        : await actions.confirmBulk({ ...asked, hash }, actor),
    )
  })
  return app
}

export const bulkPaths: Paths = {
  '/api/v1/ecocs/bulk': {
    post: {
      operationId: 'bulk',
      summary: `One verb for up to ${mostAtOnce} eCoCs: a preview, then its confirmation by hash`,
      tags: ['eCoCs'],
      'x-permission': 'operate',
      requestBody: jsonBody(bulkBody),
      responses: {
        200: jsonAnswer('What would be done or was done, and what not and why', schemaOf(bulkView)),
        ...problems(400, 401, 403, 409, 413, 415, 422),
      },
    },
  },
}
