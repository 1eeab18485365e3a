import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { modes, states, type EcocId } from '../../contract/index.ts'
import type { Store } from '../../store/store.ts'
import type { EcocRow } from '../../store/tables.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { needs } from '../middleware/authenticate.ts'
import { readQuery } from '../input.ts'
import { jsonAnswer, pathParameter, problems, queryParameters, ref } from '../openapi-parts.ts'
import { problem, refusal } from '../problem.ts'
import { ecocItemOf } from '../views/ecoc-view.ts'
import { readTrace } from '../views/read-trace.ts'

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const isId = (text: string): text is EcocId => idPattern.test(text)

const longestPage = 500

const listQuery = z.strictObject({
  q: z.string().max(64).optional().describe('Part of a VIN or record key'),
  vin: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z0-9]{17}$/, 'a VIN has 17 letters and digits')
    .optional(),
  state: z.enum(states).optional(),
  mode: z.enum(modes).optional(),
  after: z.string().regex(idPattern, 'give the `next` of the page before').optional(),
  limit: z
    .string()
    .regex(/^\d+$/, 'a number from 1 to 500')
    .transform((text) => Math.min(Number(text), longestPage))
    .pipe(z.int().min(1))
    .default(50)
    .describe('From 1 to 500; more is taken as 500'),
})

/**
 * The id in the path. What cannot be an id is no eCoC either.
 * @throws GatewayError API-006
 */
export const idOf = (c: Context): EcocId => {
  const id = c.req.param('id') ?? ''
  if (!isId(id)) throw refusal(404, 'API-006', `There is no eCoC ${id.slice(0, 64)}.`)
  return id
}

/** @throws GatewayError API-006 */
export const findEcoc = async (store: Store, id: EcocId): Promise<EcocRow> => {
  const row = await store.ecocs.get(id)
  if (!row) throw refusal(404, 'API-006', `There is no eCoC ${id}.`)
  return row
}

export const ecocRoutes = ({ store }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app
    .get('/ecocs', needs('read'), async (c) => {
      const { q, vin, state, mode, after, limit } = readQuery(c, listQuery)
      const found = await store.ecocs.list({
        ...(q ? { q } : {}),
        ...(vin ? { vin } : {}),
        ...(state ? { state } : {}),
        ...(mode ? { mode } : {}),
        ...(after ? { after } : {}),
        limit: limit + 1,
      })
      const items = found.slice(0, limit).map(ecocItemOf)
      return c.json({ items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null })
    })
    .get('/ecocs/:id', needs('read'), async (c) => c.json(await readTrace(store, await findEcoc(store, idOf(c)))))
    .get('/ecocs/:id/ivi.xml', needs('read'), async (c) => {
      const row = await findEcoc(store, idOf(c))
      const signed = await store.contents.get(row.id, 'signed')
      if (!signed)
        return problem(c, {
          status: 404,
          code: 'API-007',
          detail: `The eCoC of ${row.vin} is not signed yet; it is ${row.state}.`,
        })
      const etag = `"${signed.sha256}"`
      c.header('ETag', etag)
      if (c.req.header('if-none-match') === etag) return c.body(null, 304)
      const name = row.vin.replace(/[^A-Za-z0-9]/g, '')
      c.header('Content-Disposition', `attachment; filename="${name}.xml"`)
      c.header('Content-Type', 'application/xml')
      return c.body(new Uint8Array(signed.bytes))
    })
  return app
}

const id = pathParameter('id', 'The eCoC')

export const ecocPaths: Paths = {
  '/api/v1/ecocs': {
    get: {
      operationId: 'listEcocs',
      summary: 'A page of eCoCs, newest first',
      tags: ['eCoCs'],
      'x-permission': 'read',
      parameters: queryParameters(listQuery),
      responses: { 200: jsonAnswer('The page', ref('EcocPage')), ...problems(400, 401, 403) },
    },
  },
  '/api/v1/ecocs/{id}': {
    get: {
      operationId: 'getEcoc',
      summary: 'The whole trace of one eCoC',
      tags: ['eCoCs'],
      'x-permission': 'read',
      parameters: [id],
      responses: { 200: jsonAnswer('The trace', ref('EcocTrace')), ...problems(401, 403, 404) },
    },
  },
  '/api/v1/ecocs/{id}/ivi.xml': {
    get: {
      operationId: 'getSignedDocument',
      summary: 'The exact signed bytes; the ETag is their SHA-256',
      tags: ['eCoCs'],
      'x-permission': 'read',
      parameters: [id],
      responses: {
        200: { description: 'The signed IVI document', content: { 'application/xml': { schema: { type: 'string' } } } },
        304: { description: 'The same bytes as named by If-None-Match' },
        ...problems(401, 403, 404),
      },
    },
  },
}
