import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { languages } from '../../ivi/coc/coc.ts'
import { printDocument, type PrintFormat } from '../../print/print-document.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { pathParameter, problems, queryParameters } from '../openapi-parts.ts'
import { problem } from '../problem.ts'
import { findEcoc, idOf } from './ecocs.ts'

const printQuery = z.strictObject({
  language: z.enum(languages).default('en'),
  duplicate: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .default(false)
    .describe('Puts DUPLICATE across every page, as an owner’s copy must have it (2018/858 Art 36(3))'),
})

const contentTypes = { html: 'text/html; charset=utf-8', pdf: 'application/pdf' } as const

/** The print form of the signed document. It is handed over as a file: pages of this address take no style of their own. */
export const printRoutes = ({ store, catalogueOf }: HttpDeps): Hono<Env> => {
  const answer = async (c: Context<Env>, format: PrintFormat): Promise<Response> => {
    const row = await findEcoc(store, idOf(c))
    const { language, duplicate } = readQuery(c, printQuery)
    const signed = await store.contents.get(row.id, 'signed')
    if (!signed)
      return problem(c, {
        status: 404,
        code: 'API-007',
        detail: `The eCoC of ${row.vin} is not signed yet; it is ${row.state}.`,
      })
    const model = await store.contents.get(row.id, 'model')
    // Where the base data came from stands in the provenance alone: the document does not tell.
    const baseSheet = model?.bytes.includes('"base-sheet"') ?? false
    const options = { language, format, duplicate, baseSheet }
    const printed = await printDocument(signed.bytes, options, catalogueOf(signed.bytes))
    if (printed.bytes === undefined)
      return problem(c, {
        status: 409,
        code: 'PRN-002',
        detail: `The stored document of ${row.vin} cannot be printed: ${printed.findings[0]?.message ?? ''}`,
        hint: 'Run `ecoc verify` on ivi.xml and look for what changed it.',
      })
    const name = row.vin.replace(/[^A-Za-z0-9]/g, '')
    c.header('Content-Disposition', `attachment; filename="${name}${duplicate ? '-duplicate' : ''}.${format}"`)
    c.header('Content-Type', contentTypes[format])
    return c.body(new Uint8Array(printed.bytes))
  }
  const app = new Hono<Env>()
  app
    .get('/ecocs/:id/coc.html', needs('read'), (c) => answer(c, 'html'))
    .get('/ecocs/:id/coc.pdf', needs('read'), (c) => answer(c, 'pdf'))
  return app
}

const operation = (operationId: string, summary: string, type: string, schema: object): Paths[string] => ({
  get: {
    operationId,
    summary,
    tags: ['eCoCs'],
    'x-permission': 'read',
    parameters: [pathParameter('id', 'The eCoC'), ...queryParameters(printQuery)],
    responses: {
      200: { description: 'The certificate as a human reads it', content: { [type]: { schema } } },
      ...problems(400, 401, 403, 404, 409),
    },
  },
})

export const printPaths: Paths = {
  '/api/v1/ecocs/{id}/coc.html': operation(
    'printHtml',
    'The signed document in print form, as one HTML file',
    'text/html',
    {
      type: 'string',
    },
  ),
  '/api/v1/ecocs/{id}/coc.pdf': operation(
    'printPdf',
    'The signed document in print form, as a tagged PDF',
    'application/pdf',
    {
      type: 'string',
      contentMediaType: 'application/pdf',
    },
  ),
}
