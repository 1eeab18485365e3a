import { Hono } from 'hono'
import { z } from 'zod'
import type { EcocId } from '../../contract/index.ts'
import { languages } from '../../ivi/coc/coc.ts'
import type { EcocRow } from '../../store/tables.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { readQuery } from '../input.ts'
import { needs } from '../middleware/authenticate.ts'
import { jsonAnswer, pathParameter, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import { refusal } from '../problem.ts'
import { differenceList, readDifferences, readVersions, versionList } from '../views/read-versions.ts'
import { findEcoc, idOf } from './ecocs.ts'

const query = z.strictObject({
  from: z.string().max(64).optional().describe('Another version of the same eCoC; the one before when none is named'),
  language: z.enum(languages).default('en'),
})

/** What a version is compared with when nobody says: what it corrects, else the version before it. */
const before = (ecoc: EcocRow, versions: readonly EcocRow[]): EcocId | undefined =>
  ecoc.proposal_of ?? ecoc.replaces ?? versions.filter((v) => v.id < ecoc.id && v.proposal_of === null).at(-1)?.id

/** The chain of versions of an eCoC, and what each changed. */
export const versionRoutes = (deps: HttpDeps): Hono<Env> => {
  const { store } = deps
  const app = new Hono<Env>()
  app
    .get('/ecocs/:id/versions', needs('read'), async (c) =>
      c.json(await readVersions(store, await findEcoc(store, idOf(c)))),
    )
    .get('/ecocs/:id/differences', needs('read'), async (c) => {
      const { from: named, language } = readQuery(c, query)
      const ecoc = await findEcoc(store, idOf(c))
      const versions = await store.ecocs.versionsOf(ecoc)
      const from = named === undefined ? before(ecoc, versions) : versions.find((v) => v.id === named)?.id
      if (named !== undefined && from === undefined)
        throw refusal(404, 'API-006', `There is no version ${named.slice(0, 64)} of this eCoC.`)
      return c.json(await readDifferences(deps, from ?? ecoc.id, ecoc.id, language))
    })
  return app
}

const parameters = [pathParameter('id', 'The eCoC')]

export const versionPaths: Paths = {
  '/api/v1/ecocs/{id}/versions': {
    get: {
      operationId: 'listVersions',
      summary: 'Every version of the eCoC and the corrections proposed beside it, oldest first',
      tags: ['eCoCs'],
      'x-permission': 'read',
      parameters,
      responses: { 200: jsonAnswer('The versions', schemaOf(versionList)), ...problems(401, 403, 404) },
    },
  },
  '/api/v1/ecocs/{id}/differences': {
    get: {
      operationId: 'getDifferences',
      summary: 'What this version changed, field by field, with the numbers of the CoC items',
      tags: ['eCoCs'],
      'x-permission': 'read',
      parameters: [...parameters, ...queryParameters(query)],
      responses: { 200: jsonAnswer('The differences', schemaOf(differenceList)), ...problems(400, 401, 403, 404) },
    },
  },
}
