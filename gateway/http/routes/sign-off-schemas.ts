import { z } from 'zod'
import { languages } from '../../ivi/coc/coc.ts'
import type { Operation, Paths } from '../env.ts'
import { jsonAnswer, jsonBody, pathParameter, problems, queryParameters, schemaOf } from '../openapi-parts.ts'
import { ecocItem } from '../views/ecoc-view.ts'
import {
  approversView,
  decisionWord,
  delegationView,
  signOffView,
  variantView,
  whyNotView,
} from '../views/sign-off-view.ts'

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hexadecimal')
const confirmation = z
  .strictObject({ password: z.string().min(1).max(256) })
  .optional()
  .describe('The caller’s password again. A session must give it, a token need not.')

export const signOffBody = z.strictObject({
  decision: z.enum(['approve', 'refuse', 'reweigh']),
  comment: z.string().trim().max(2000).default(''),
  documentSha256: hash.describe('Of the document that was shown'),
  shownSha256: hash
    .optional()
    .describe('Of everything that was shown; needed where the same document was shown before with other findings'),
  reason: z.string().max(40).optional().describe('Code of the site’s list'),
  confirmation,
})
export const delegationBody = z.strictObject({
  to: z.string().min(1).max(64).describe('The person who decides for the caller'),
  until: z.iso.datetime({ offset: true }).describe('At most 92 days ahead'),
  reason: z.string().trim().min(1).max(500),
  confirmation,
})
export const queueQuery = z.strictObject({
  state: z
    .enum(['open', 'decided'])
    .default('open')
    .describe('Open: who waits longest first; decided: the newest first'),
})

const text = z.string().nullable()
const queueView = z.strictObject({
  items: z.array(
    z.strictObject({
      ...{ id: z.string(), ecocId: z.string(), vin: z.string(), mapper: z.string(), variant: variantView },
      ...{ requestedAt: z.string(), decision: decisionWord, decidedAt: text, approvers: approversView },
      headline: z.string().describe('The gravest finding'),
      ...{ findings: z.number().int(), remindedAt: text, escalatedAt: text },
      ...{ mayDecide: z.boolean(), whyNot: whyNotView },
    }),
  ),
})
const settingsView = z.strictObject({
  reasons: z.array(z.strictObject({ code: z.string(), text: z.string() })),
  requireReason: z.boolean(),
  maxAttachmentBytes: z.number().int(),
  confirmation: z.enum(['password', 'none']).describe('What this caller must give with a decision'),
  me: z.strictObject({ name: z.string(), mayDecide: z.boolean(), onBehalfOf: z.array(z.string()) }),
})

const tags = ['Sign-off']
const id = pathParameter('id', 'The eCoC')
const read = (operationId: string, summary: string, schema: z.ZodType, parameters: object[] = []): Operation => ({
  ...{ operationId, summary, tags, 'x-permission': 'read', parameters },
  responses: { 200: jsonAnswer(summary, schemaOf(schema)), ...problems(400, 401, 403, 404) },
})

export const signOffPaths: Paths = {
  '/api/v1/sign-offs': {
    get: read('listSignOffs', 'What waits for quality, or was decided', queueView, queryParameters(queueQuery)),
  },
  '/api/v1/ecocs/{id}/sign-off': {
    get: read('getSignOff', 'The newest sign-off of an eCoC, with everything that a decision needs', signOffView, [
      id,
      ...queryParameters(z.strictObject({ language: z.enum(languages).default('en') })),
    ]),
    post: {
      operationId: 'signOff',
      summary: 'Approves, refuses or sends back to the scale what drifted; names what was shown',
      tags,
      'x-permission': 'signOff',
      parameters: [id],
      requestBody: jsonBody(signOffBody),
      responses: {
        200: jsonAnswer('The eCoC as it stands afterwards', schemaOf(ecocItem)),
        ...problems(400, 401, 403, 404, 409, 413, 415, 422, 429),
      },
    },
  },
  '/api/v1/sign-off/settings': {
    get: read('signOffSettings', 'Reasons to choose from, and what the caller may do', settingsView),
  },
  '/api/v1/sign-off/delegations': {
    get: read('listDelegations', 'Who decides for whom', z.strictObject({ items: z.array(delegationView) })),
    post: {
      operationId: 'delegate',
      summary: 'Lets another person decide for the caller, until a day',
      tags,
      'x-permission': 'signOff',
      requestBody: jsonBody(delegationBody),
      responses: {
        201: jsonAnswer('The delegation', schemaOf(delegationView)),
        ...problems(400, 401, 403, 413, 415, 422, 429),
      },
    },
  },
  '/api/v1/sign-off/delegations/{delegation}': {
    delete: {
      operationId: 'endDelegation',
      summary: 'Ends a delegation that the caller gave or got',
      tags,
      'x-permission': 'signOff',
      parameters: [pathParameter('delegation', 'The delegation')],
      responses: { 204: { description: 'It is ended' }, ...problems(401, 403, 404) },
    },
  },
}
