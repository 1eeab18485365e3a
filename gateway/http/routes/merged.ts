import { Hono } from 'hono'
import { z } from 'zod'
import { languages } from '../../ivi/coc/coc.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { jsonAnswer, pathParameter, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import { mergedView, readMerged } from '../views/read-merged.ts'
import { findEcoc, idOf } from './ecocs.ts'

const query = z.strictObject({ language: z.enum(languages).default('en') })

/** The merged vehicle of a multi-stage build. */
export const mergedRoutes = (deps: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/ecocs/:id/merged', needs('read'), async (c) => {
    const { language } = readQuery(c, query)
    const ecoc = await findEcoc(deps.store, idOf(c))
    return c.json(await readMerged(deps, ecoc, language))
  })
  return app
}

export const mergedPaths: Paths = {
  '/api/v1/ecocs/{id}/merged': {
    get: {
      operationId: 'getMergedVehicle',
      summary:
        'The vehicle as a registrar would see it: all stages laid over each other, and what would wrongly survive',
      tags: ['eCoCs'],
      'x-permission': 'read',
      parameters: [pathParameter('id', 'The eCoC'), ...queryParameters(query)],
      responses: { 200: jsonAnswer('The merged vehicle', schemaOf(mergedView)), ...problems(400, 401, 403, 404) },
    },
  },
}
