import { Hono } from 'hono'
import { z } from 'zod'
import { listStatus } from '../../certificates/import-lists.ts'
import type { HttpDeps } from '../deps.ts'
import type { Env, Paths } from '../env.ts'
import { needs } from '../middleware/authenticate.ts'
import { jsonAnswer, problems, schemaOf } from '../openapi-parts.ts'

const listView = z.strictObject({
  territory: z.string(),
  kind: z.enum(['list-of-lists', 'list']),
  operator: z.string(),
  sequence: z.number().int(),
  issued: z.string(),
  nextUpdate: z.string().nullable().describe('Null for a closed list'),
  stale: z.boolean().describe('Past its next update; it is used all the same'),
  ageDays: z.number().int(),
  signature: z.enum(['valid', 'invalid', 'absent', 'untrusted']).describe('Judged at the time of issue'),
  why: z.string().nullable(),
  services: z.number().int().describe('How many services it lists'),
  sha256: z.string(),
})
const use = z.enum(['signing', 'tls-client', 'server-ca', 'tsa', 'trust-anchor'])
const certificateView = z.strictObject({
  sha256: z.string(),
  subject: z.string(),
  issuer: z.string(),
  uses: z.array(use),
  usedBy: z.array(z.string()),
  from: z.array(z.string()).describe('Files, or the signer'),
  notBefore: z.string(),
  notAfter: z.string(),
  daysLeft: z.number().int().describe('Negative when it has ended'),
  state: z.enum(['not-yet-valid', 'valid', 'expired']),
  preparedFrom: z.string().nullable().describe('When it takes over, where it is only prepared'),
  next: z.strictObject({ sha256: z.string(), from: z.string() }).nullable().describe('What takes over'),
  quality: z
    .strictObject({
      quality: z.enum(['qualified-seal', 'qualified-signature', 'advanced-seal', 'advanced-signature', 'neither']),
      why: z.array(z.string()),
    })
    .nullable()
    .describe('Of certificates that sign: what the trusted lists say now'),
})
const registerView = z.strictObject({
  certificates: z.array(certificateView).describe('Those that end first come first'),
  problems: z
    .array(z.strictObject({ use, usedBy: z.string(), from: z.string(), problem: z.string() }))
    .describe('Places whose certificates could not be had'),
})

export const trustRoutes = ({ store, clock, certificates }: HttpDeps): Hono<Env> => {
  const app = new Hono<Env>()
  app.get('/trust', needs('read'), async (c) => c.json({ lists: await listStatus({ store, clock }) }))
  app.get('/certificates', needs('read'), async (c) => c.json(await certificates()))
  return app
}

export const trustPaths: Paths = {
  '/api/v1/trust': {
    get: {
      operationId: 'trustStatus',
      summary: 'The trusted lists and how they stand',
      tags: ['Trust'],
      'x-permission': 'read',
      responses: {
        200: jsonAnswer('The lists', schemaOf(z.strictObject({ lists: z.array(listView) }))),
        ...problems(401, 403),
      },
    },
  },
  '/api/v1/certificates': {
    get: {
      operationId: 'listCertificates',
      summary: 'All certificates that the gateway uses, with the days they have left',
      tags: ['Trust'],
      'x-permission': 'read',
      responses: { 200: jsonAnswer('The register', schemaOf(registerView)), ...problems(401, 403) },
    },
  },
}
