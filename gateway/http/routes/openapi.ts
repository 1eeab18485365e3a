import { Hono } from 'hono'
import type { Env, Paths } from '../env.ts'
import { problemSchema, schemaOf } from '../openapi-parts.ts'
import { ecocItem, ecocPage } from '../views/ecoc-view.ts'
import { ecocTrace } from '../views/trace-schema.ts'
import { accessPointPaths } from './access-points.ts'
import { auditPaths } from './audit.ts'
import { basePaths } from './base-paths.ts'
import { bulkPaths } from './bulk.ts'
import { ecocPaths } from './ecocs.ts'
import { eventPaths } from './events.ts'
import { flowPaths } from './flow-paths.ts'
import { handInPaths } from './hand-in.ts'
import { healthPaths } from './health.ts'
import { mapperPaths } from './mapper-paths.ts'
import { mergedPaths } from './merged.ts'
import { printPaths } from './print.ts'
import { pushPaths } from './push.ts'
import { recordPaths } from './records.ts'
import { rejectionPaths } from './rejections.ts'
import { routingPaths } from './routing.ts'
import { sessionPaths } from './session.ts'
import { signOffFilePaths } from './sign-off-files.ts'
import { signOffPaths } from './sign-offs.ts'
import { sourcePaths } from './sources.ts'
import { summaryPaths } from './summary.ts'
import { trustPaths } from './trust.ts'
import { verbPaths } from './verbs.ts'
import { versionPaths } from './versions.ts'
import { weighingPaths } from './weighings.ts'

export const openapiPaths: Paths = {
  '/api/v1/openapi.json': {
    get: {
      operationId: 'openapi',
      summary: 'This document',
      tags: ['Health'],
      'x-permission': 'none',
      security: [],
      responses: { 200: { description: 'OpenAPI 3.1' } },
    },
  },
}

/** The whole document, put together from what stands beside the routes. */
export const openapiDocument = (version: string): Readonly<Record<string, unknown>> & { readonly paths: Paths } => ({
  openapi: '3.1.0',
  info: {
    title: 'eCoC Gateway',
    version,
    description: 'Errors are problem+json (RFC 9457) with the code of the error catalogue.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  security: [{ token: [] }, { session: [] }],
  paths: {
    ...ecocPaths,
    ...printPaths,
    ...versionPaths,
    ...mergedPaths,
    ...verbPaths,
    ...signOffPaths,
    ...signOffFilePaths,
    ...weighingPaths,
    ...bulkPaths,
    ...routingPaths,
    ...rejectionPaths,
    ...handInPaths,
    ...accessPointPaths,
    ...basePaths,
    ...recordPaths,
    ...flowPaths,
    ...mapperPaths,
    ...sourcePaths,
    ...pushPaths,
    ...summaryPaths,
    ...eventPaths,
    ...auditPaths,
    ...trustPaths,
    ...sessionPaths,
    ...openapiPaths,
    ...healthPaths,
  },
  components: {
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer' },
      session: { type: 'apiKey', in: 'cookie', name: 'ecoc', description: '`__Host-ecoc` where TLS is spoken' },
    },
    schemas: {
      Problem: problemSchema,
      EcocItem: schemaOf(ecocItem),
      EcocPage: schemaOf(ecocPage),
      EcocTrace: schemaOf(ecocTrace),
    },
  },
})

export const openapiRoutes = (version: string): Hono<Env> => {
  const document = openapiDocument(version)
  const app = new Hono<Env>()
  app.get('/openapi.json', (c) => c.json(document))
  return app
}
