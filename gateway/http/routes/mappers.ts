import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { EcocId, RecordFields } from '../../contract/index.ts'
import { contractHtml } from '../../data-contract/render-html.ts'
import { languages } from '../../ivi/coc/coc.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env } from '../env.ts'
import { readJson, readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { badRequest, refusal } from '../problem.ts'

const comment = z.string().trim().max(2000)
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal')
export const contractQuery = z.strictObject({
  language: z.enum(languages).default('en'),
  category: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,10}$/, 'a vehicle category such as N2')
    .optional(),
  stage: z.enum(['I', 'C', 'V']).optional(),
})
export const previewBody = z.strictObject({
  record: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('The fields of a record, as its source would send them'),
  ecoc: z.string().max(64).optional().describe('Or the eCoC whose record is tried'),
  which: z
    .union([z.enum(['running', 'draft', 'proposed']), z.int().min(1)])
    .default('running')
    .describe('What runs, what lies in the folder, what is proposed, or a release by its number'),
  language: z.enum(languages).default('en'),
})
export const proposeBody = z.strictObject({ comment: comment.default('') })
export const approveBody = z.strictObject({ sha256: hash.describe('Of the text that was shown') })
export const rollBackBody = z.strictObject({
  to: z.int().min(1).optional().describe('The release before the latest where none is named'),
})

const small = limitBody(64 * 1024)
const large = limitBody(1024 * 1024)
const maxDepth = 16

/** A record from outside as a source would have it: values are text. @throws GatewayError API-002 */
const recordOf = (value: Readonly<Record<string, unknown>>, depth = 0): RecordFields => {
  if (depth > maxDepth) throw badRequest('API-002', `The record is nested deeper than ${maxDepth} levels.`)
  const fields: RecordFields = {}
  for (const [name, given] of Object.entries(value)) {
    if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean')
      fields[name] = String(given)
    else if (Array.isArray(given)) fields[name] = given.map((each) => recordOf(objectOf(each, name), depth + 1))
    else if (given !== null) fields[name] = recordOf(objectOf(given, name), depth + 1)
  }
  return fields
}
const objectOf = (value: unknown, name: string): Readonly<Record<string, unknown>> => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw badRequest('API-002', `The entries of ${name.slice(0, 60)} are no objects.`)
}

/** Mappers: what runs, how a record fares, and how a change becomes a release. */
export const mapperRoutes = ({ workbench }: HttpDeps): Hono<Env> => {
  const nameOf = (c: Context): string => c.req.param('mapper') ?? ''
  const actorOf = (c: Context<Env>): string => c.get('actor').name
  const show = async (c: Context<Env>): Promise<Response> => c.json(await workbench.describe(nameOf(c)))
  const recordFor = async ({ record, ecoc }: z.output<typeof previewBody>): Promise<RecordFields> => {
    if ((record === undefined) === (ecoc === undefined))
      throw badRequest('API-002', 'Give a record or an eCoC, one of the two.')
    if (record !== undefined) return recordOf(record)
    const fields = await workbench.recordOf(ecoc as EcocId)
    if (!fields) throw refusal(404, 'API-006', `There is no record of an eCoC ${String(ecoc).slice(0, 64)}.`)
    return fields
  }

  const app = new Hono<Env>()
  app
    .get('/mappers', needs('read'), async (c) => c.json({ items: await workbench.list() }))
    .get('/mappers/:mapper', needs('read'), show)
    .get('/mappers/:mapper/contract.html', needs('read'), async (c) => {
      const asked = readQuery(c, contractQuery)
      const mapper = await workbench.find(nameOf(c), 'running')
      c.header('Content-Disposition', `attachment; filename="contract-${mapper.name}-${asked.language}.html"`)
      c.header('Content-Type', 'text/html; charset=utf-8')
      return c.body(contractHtml(await workbench.contract(mapper, asked)))
    })
    .post('/mappers/:mapper/preview', needs('read'), large, async (c) => {
      const body = await readJson(c, previewBody)
      const fields = await recordFor(body)
      return c.json(await workbench.preview(await workbench.find(nameOf(c), body.which), fields, body.language))
    })
    .post('/mappers/:mapper/propose', needs('operate'), small, async (c) => {
      const body = await readJson(c, proposeBody, {})
      await workbench.propose(nameOf(c), actorOf(c), body.comment)
      return show(c)
    })
    .post('/mappers/:mapper/approve', needs('signOff'), small, async (c) => {
      const body = await readJson(c, approveBody)
      await workbench.approve(nameOf(c), actorOf(c), body.sha256)
      return show(c)
    })
    .post('/mappers/:mapper/rollback', needs('operate'), small, async (c) => {
      const body = await readJson(c, rollBackBody, {})
      await workbench.rollBack(nameOf(c), body.to, actorOf(c))
      return show(c)
    })
  return app
}
