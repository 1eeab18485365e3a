import { Hono } from 'hono'
import { z } from 'zod'
import { readEnvelope } from '../../flow/delivery/stored-envelope.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readJson } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { jsonAnswer, jsonBody, pathParameter, problems, schemaOf } from '../openapi-parts.ts'
import { refusal } from '../problem.ts'
import { ecocItem, ecocItemOf } from '../views/ecoc-view.ts'
import { findEcoc, idOf } from './ecocs.ts'

const note = z.string().trim().max(2000)
const submittedBody = z.strictObject({ note: note.default('') })
const replyBody = z.strictObject({
  outcome: z.enum(['accepted', 'accepted_with_warnings', 'rejected', 'pending']),
  reference: z.string().trim().min(1).max(200).optional().describe('The authority’s own reference'),
  note: note.optional(),
  messages: z
    .array(z.strictObject({ code: z.string().max(100).optional(), text: z.string().min(1).max(2000) }))
    .max(200)
    .optional()
    .describe('What the authority said, one by one'),
  file: z
    .strictObject({
      name: z.string().min(1).max(255),
      contentType: z
        .string()
        .regex(/^[\w.+-]{1,64}\/[\w.+-]{1,64}$/, 'a media type')
        .default('application/octet-stream'),
      content: z.base64().describe('The reply as it came, Base64'),
    })
    .optional(),
})

const small = limitBody(64 * 1024)
const withFile = limitBody(16 * 1024 * 1024)

/** What a person hands in at a portal: the envelope, that it was handed in, and the reply. */
export const handInRoutes = ({ store, actions }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app
    .get('/ecocs/:id/envelope', needs('read'), async (c) => {
      const row = await findEcoc(store, idOf(c))
      const kept = await store.contents.get(row.id, 'envelope')
      if (!kept)
        throw refusal(404, 'API-040', `No envelope was made for the eCoC of ${row.vin} yet; it is ${row.state}.`)
      const { bytes, contentType, headers } = readEnvelope(kept.bytes)
      const name = (headers['file-name'] ?? `${row.vin}.xml`).replace(/[^\w.-]/g, '')
      c.header('Content-Disposition', `attachment; filename="${name}"`)
      // Never shown by a browser as a page of ours, whatever it is.
      c.header(
        'Content-Type',
        /^(application|text)\/(\w[\w.-]*\+)?xml\b/.test(contentType) ? 'application/xml' : 'application/octet-stream',
      )
      return c.body(new Uint8Array(bytes))
    })
    .post('/ecocs/:id/submitted', needs('operate'), small, async (c) => {
      const id = idOf(c)
      const body = await readJson(c, submittedBody, {})
      await actions.submitted(id, body.note, c.get('actor').name)
      return c.json(ecocItemOf(await findEcoc(store, id)))
    })
    .post('/ecocs/:id/reply', needs('operate'), withFile, async (c) => {
      const id = idOf(c)
      const { file, ...said } = await readJson(c, replyBody)
      const attached = file && { ...file, bytes: Buffer.from(file.content, 'base64') }
      await actions.reply(id, { ...said, file: attached }, c.get('actor').name)
      return c.json(ecocItemOf(await findEcoc(store, id)))
    })
  return app
}

const id = pathParameter('id', 'The eCoC')
const stands = jsonAnswer('The eCoC as it stands afterwards', schemaOf(ecocItem))

export const handInPaths: Paths = {
  '/api/v1/ecocs/{id}/envelope': {
    get: {
      operationId: 'getEnvelope',
      summary: 'What is sent, or handed in at a portal: the exact bytes',
      tags: ['eCoCs'],
      'x-permission': 'read',
      parameters: [id],
      responses: {
        200: { description: 'The envelope', content: { 'application/xml': { schema: { type: 'string' } } } },
        ...problems(401, 403, 404),
      },
    },
  },
  '/api/v1/ecocs/{id}/submitted': {
    post: {
      operationId: 'submitted',
      summary: 'A person handed it in at the portal',
      tags: ['eCoCs'],
      'x-permission': 'operate',
      parameters: [id],
      requestBody: jsonBody(submittedBody, false),
      responses: { 200: stands, ...problems(400, 401, 403, 404, 409, 413, 415) },
    },
  },
  '/api/v1/ecocs/{id}/reply': {
    post: {
      operationId: 'recordReply',
      summary: 'What the portal answered, with the reply as it came',
      tags: ['eCoCs'],
      'x-permission': 'operate',
      parameters: [id],
      requestBody: jsonBody(replyBody, true),
      responses: { 200: stands, ...problems(400, 401, 403, 404, 409, 413, 415) },
    },
  },
}
