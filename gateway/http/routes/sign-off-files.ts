import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { languages } from '../../ivi/coc/coc.ts'
import { renderHtml } from '../../print/render-html.ts'
import { renderPdf } from '../../print/render-pdf.ts'
import { maxAttachmentBytes } from '../../sign-off/attachment-type.ts'
import { makeProtocol } from '../../sign-off/protocol.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Operation, Paths } from '../env.ts'
import { readJson, readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { jsonAnswer, jsonBody, pathParameter, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import { refusal } from '../problem.ts'
import { attachmentOf, attachmentView, signOffViewOf } from '../views/sign-off-view.ts'
import { findEcoc, idOf } from './ecocs.ts'
import { deciderOf, holdsRight } from './sign-offs.ts'

const attachmentBody = z.strictObject({
  name: z.string().trim().min(1).max(255),
  content: z.base64().describe('PDF, PNG or JPEG of at most 20 MB, Base64'),
})
const query = z.strictObject({ language: z.enum(languages).default('en') })
/** Base64 takes four bytes for three; the name and the braces besides. */
const withFile = limitBody(Math.ceil(maxAttachmentBytes / 3) * 4 + 64 * 1024)

/** Weighbridge tickets and photographs of a sign-off, and its protocol on paper. */
export const signOffFileRoutes = ({ store, signOffs, version }: HttpDeps): Hono<Env> => {
  const protocol = async (c: Context<Env>) => {
    const { language } = readQuery(c, query)
    const ecoc = await findEcoc(store, idOf(c))
    const file = await signOffs.file(ecoc, deciderOf(c), holdsRight)
    if (!file) throw refusal(404, 'API-060', `No sign-off was asked for the eCoC of ${ecoc.vin}.`)
    const view = signOffViewOf(file, language)
    const reasons = new Map(signOffs.settings().reasons.map((r) => [r.code, r.text]))
    return { form: makeProtocol(view, language, reasons, version), vin: ecoc.vin.replace(/[^A-Za-z0-9]/g, '') }
  }
  const app = new Hono<Env>()
  app
    .post('/ecocs/:id/sign-off/attachments', needs('operate'), withFile, async (c) => {
      const id = idOf(c)
      const { name, content } = await readJson(c, attachmentBody)
      await findEcoc(store, id)
      const bytes = Buffer.from(content, 'base64')
      return c.json(attachmentOf(await signOffs.attach(id, { name, bytes }, c.get('actor').name)), 201)
    })
    .get('/ecocs/:id/sign-off/attachments/:attachment', needs('read'), async (c) => {
      const found = await signOffs.attachment(idOf(c), c.req.param('attachment'))
      if (!found) throw refusal(404, 'API-061', 'There is no such attachment.')
      c.header('Content-Type', found.content_type)
      c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(found.name)}`)
      c.header('ETag', `"${found.sha256}"`)
      return c.body(new Uint8Array(found.bytes))
    })
    .get('/ecocs/:id/sign-off/protocol.html', needs('read'), async (c) => {
      const { form, vin } = await protocol(c)
      c.header('Content-Disposition', `inline; filename="${vin}-sign-off.html"`)
      c.header('Content-Type', 'text/html; charset=utf-8')
      return c.body(renderHtml(form))
    })
    .get('/ecocs/:id/sign-off/protocol.pdf', needs('read'), async (c) => {
      const { form, vin } = await protocol(c)
      c.header('Content-Disposition', `attachment; filename="${vin}-sign-off.pdf"`)
      c.header('Content-Type', 'application/pdf')
      return c.body(new Uint8Array(await renderPdf(form)))
    })
  return app
}

const id = pathParameter('id', 'The eCoC')
const printed = (operationId: string, summary: string, type: string): Operation => ({
  ...{ operationId, summary, tags: ['Sign-off'], 'x-permission': 'read' },
  parameters: [id, ...queryParameters(query)],
  responses: {
    200: { description: 'The protocol', content: { [type]: { schema: { type: 'string' } } } },
    ...problems(400, 401, 403, 404),
  },
})

export const signOffFilePaths: Paths = {
  '/api/v1/ecocs/{id}/sign-off/attachments': {
    post: {
      operationId: 'attachToSignOff',
      summary: 'Attaches a weighbridge ticket or a photograph to the sign-off that waits',
      tags: ['Sign-off'],
      'x-permission': 'operate',
      parameters: [id],
      requestBody: jsonBody(attachmentBody),
      responses: {
        201: jsonAnswer('What is kept of it', schemaOf(attachmentView)),
        ...problems(400, 401, 403, 404, 409, 413, 415),
      },
    },
  },
  '/api/v1/ecocs/{id}/sign-off/attachments/{attachment}': {
    get: {
      operationId: 'getSignOffAttachment',
      summary: 'An attachment as it was given',
      tags: ['Sign-off'],
      'x-permission': 'read',
      parameters: [id, pathParameter('attachment', 'The attachment')],
      responses: {
        200: { description: 'The bytes', content: { 'application/octet-stream': { schema: { type: 'string' } } } },
        ...problems(401, 403, 404),
      },
    },
  },
  '/api/v1/ecocs/{id}/sign-off/protocol.html': {
    get: printed('signOffProtocolHtml', 'The protocol of a sign-off, as one HTML file', 'text/html'),
  },
  '/api/v1/ecocs/{id}/sign-off/protocol.pdf': {
    get: printed('signOffProtocolPdf', 'The protocol of a sign-off, as a tagged PDF', 'application/pdf'),
  },
}
