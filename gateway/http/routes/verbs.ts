import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { EcocId } from '../../contract/index.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Operation, Paths } from '../env.ts'
import { readJson } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { limitBody } from '../middleware/limits.ts'
import { jsonAnswer, jsonBody, pathParameter, problems, schemaOf } from '../openapi-parts.ts'
import { ecocItem, ecocItemOf, type Verb } from '../views/ecoc-view.ts'
import { findEcoc, idOf } from './ecocs.ts'

const comment = z.string().trim().max(2000)
const resolveBody = z.strictObject({ outcome: z.enum(['accepted', 'not_received']), comment: comment.default('') })
const cancelBody = z.strictObject({ comment: comment.default('') })
const reopenBody = z.strictObject({ comment: comment.min(1) })
const nothing = z.strictObject({})

const bodyLimit = limitBody(64 * 1024)

/** The verbs of an eCoC. Each answers with the eCoC as it stands afterwards. */
export const verbRoutes = ({ store, actions }: HttpDeps): Hono<Env> => {
  const answer = async (c: Context<Env>, id: EcocId): Promise<Response> => c.json(ecocItemOf(await findEcoc(store, id)))
  const actorOf = (c: Context<Env>): string => c.get('actor').name

  const app = new Hono<Env>()
  app
    .post('/ecocs/:id/resolve', needs('operate'), bodyLimit, async (c) => {
      const id = idOf(c)
      await actions.resolve(id, await readJson(c, resolveBody), actorOf(c))
      return answer(c, id)
    })
    .post('/ecocs/:id/cancel', needs('operate'), bodyLimit, async (c) => {
      const id = idOf(c)
      const body = await readJson(c, cancelBody, {})
      await actions.cancel(id, body.comment, actorOf(c))
      return answer(c, id)
    })
    .post('/ecocs/:id/reopen', needs('operate'), bodyLimit, async (c) => {
      const id = idOf(c)
      const body = await readJson(c, reopenBody)
      await actions.reopen(id, body.comment, actorOf(c))
      return answer(c, id)
    })
    .post('/ecocs/:id/replay', needs('operate'), bodyLimit, async (c) => {
      const id = idOf(c)
      await readJson(c, nothing, {})
      await actions.replay(id, actorOf(c))
      return answer(c, id)
    })
    .post('/ecocs/:id/retry', needs('operate'), bodyLimit, async (c) => {
      const id = idOf(c)
      await readJson(c, nothing, {})
      await actions.retry(id, actorOf(c))
      return answer(c, id)
    })
    .post('/ecocs/:id/correct', needs('operate'), bodyLimit, async (c) => {
      const id = idOf(c)
      await readJson(c, nothing, {})
      await actions.correct(id, actorOf(c))
      return answer(c, id)
    })
  return app
}

const operation = (verb: Verb, summary: string, body: z.ZodType, required: boolean): Operation => ({
  operationId: verb,
  summary,
  tags: ['eCoCs'],
  'x-permission': 'operate',
  parameters: [pathParameter('id', 'The eCoC')],
  requestBody: jsonBody(body, required),
  responses: {
    200: jsonAnswer('The eCoC as it stands afterwards', schemaOf(ecocItem)),
    ...problems(400, 401, 403, 404, 409, 413, 415),
  },
})

export const verbPaths: Paths = {
  '/api/v1/ecocs/{id}/resolve': {
    post: operation('resolve', 'Says how a submission of unknown outcome ended', resolveBody, true),
  },
  '/api/v1/ecocs/{id}/cancel': { post: operation('cancel', 'Cancels it', cancelBody, false) },
  '/api/v1/ecocs/{id}/reopen': {
    post: operation('reopen', 'An authority objected to what was accepted; says to what', reopenBody, true),
  },
  '/api/v1/ecocs/{id}/replay': {
    post: operation('replay', 'Takes the record through the stages again', nothing, false),
  },
  '/api/v1/ecocs/{id}/retry': {
    post: operation('retry', 'Sends the identical document again now, where that is safe', nothing, false),
  },
  '/api/v1/ecocs/{id}/correct': {
    post: operation('correct', 'Makes a new version from changed data', nothing, false),
  },
}
