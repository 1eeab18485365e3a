import { z } from 'zod'
import { confirmed, deliverySettings, headerName, httpsAddress, siteFile } from '../support/common-settings.ts'

/** Sourced: VCA eCoC REST API guide v1.2 (2026-05-13, status alpha), tables "Before you start" and "Environment Values". */
const TENANT = '37e4cd23-987e-4c94-a17d-c1ea08f6ebd9'
export const environments = {
  preprod: {
    host: 'https://ecoc-api-preprod.vehicle-certification-agency.gov.uk',
    scope: 'api://7d84c5ec-ed94-4082-b329-9a7e0b92034f/.default',
  },
  production: {
    host: 'https://ecoc-api.vehicle-certification-agency.gov.uk',
    scope: 'api://7f347c17-ecb9-4abc-b595-1040951a27ad/.default',
  },
} as const

const paths = z.array(z.string().min(1).max(200)).min(1).max(20)
const codes = z.array(z.string().min(1).max(100)).max(100)

/** `{iviReferenceId}` and `{submissionId}` are filled in. */
const pathTemplate = z.string().regex(/^\/[^\s?#]{0,300}(\?[^\s#]{0,300})?$/, 'a path that begins with /')

const outcome = z.enum(['accepted', 'accepted_with_warnings', 'pending', 'rejected', 'duplicate', 'technical'])

/**
 * Unverified: the published guide is cut off before paths, header names, statuses and error body. Every default here is
 * ours, and any of them is changed by configuration.
 */
const interfaceSettings = {
  paths: z
    .strictObject({
      submit: pathTemplate.default('/api/v1/ivi'),
      status: pathTemplate.default('/api/v1/submissions/{submissionId}'),
      /** For a submission whose answer never came; `null` where the service has no such query. */
      statusByReference: pathTemplate.nullable().default('/api/v1/submissions?iviReferenceId={iviReferenceId}'),
    })
    .prefault({}),
  headers: z
    .strictObject({
      manufacturerId: headerName.default('manufacturer-id'),
      contactId: headerName.default('contact-id'),
      messageId: headerName.default('x-correlation-id'),
    })
    .prefault({}),
  /** Which status word means what; case, spaces, `_` and `-` do not count. Any other word is not understood. */
  statuses: z.record(z.string().min(1).max(100), outcome).default({
    queued: 'pending',
    received: 'pending',
    processing: 'pending',
    inProgress: 'pending',
    pending: 'pending',
    accepted: 'accepted',
    completed: 'accepted',
    succeeded: 'accepted',
    acceptedWithWarnings: 'accepted_with_warnings',
    completedWithWarnings: 'accepted_with_warnings',
    rejected: 'rejected',
    failed: 'rejected',
    duplicate: 'duplicate',
  }),
  /** Error codes that are no rejection of the document. */
  codes: z
    .strictObject({
      /** With 404: only these are believed, since a wrong path is a 404 too. */
      notFound: codes.default(['SUBMISSION_NOT_FOUND', 'NOT_FOUND', 'NotFound']),
      duplicate: codes.default(['DUPLICATE', 'DUPLICATE_SUBMISSION']),
      technical: codes.default(['MISSING_HEADER', 'INVALID_HEADER']),
    })
    .prefault({}),
  /** Where parts of an answer stand; the first path that has something counts. `*` is each element of a list. */
  reply: z
    .strictObject({
      submissionId: paths.default(['submissionId', 'id', 'items.*.submissionId', 'items.*.id']),
      status: paths.default(['status', 'items.*.status']),
      iviReferenceId: paths.default(['iviReferenceId', 'items.*.iviReferenceId']),
      sha256: paths.default(['sha256', 'items.*.sha256']),
      messages: paths.default([
        'errors.*',
        'warnings.*',
        'messages.*',
        'error',
        'items.*.errors.*',
        'items.*.warnings.*',
      ]),
      /** Lists of a query that found nothing: empty means not found. */
      found: paths.default(['items']),
      message: z.strictObject({ code: paths, text: paths, severity: paths, path: paths }).default({
        code: ['code', 'errorCode'],
        text: ['message', 'detail', 'description'],
        severity: ['severity', 'level'],
        path: ['path', 'field', 'target', 'xpath'],
      }),
    })
    .prefault({}),
} as const

/** The channel of the United Kingdom's Vehicle Certification Agency. */
export const gbVcaConfig = z.strictObject({
  environment: z.enum(['preprod', 'production']),
  clientId: z.string().min(1).max(200),
  /** File whose first line is the client secret. */
  clientSecret: siteFile,
  manufacturerId: z.guid(),
  contactId: z.guid(),
  tenant: z.guid().default(TENANT),
  /** Instead of the environment's own. */
  host: httpsAddress.optional(),
  scope: z.string().min(1).max(300).optional(),
  /** Microsoft Entra's token service of the tenant, unless another is named. */
  tokenEndpoint: httpsAddress.optional(),
  /** PEM files; only these count when given. */
  trustAnchors: z.array(siteFile).min(1).max(50).optional(),
  ...interfaceSettings,
  ...deliverySettings,
  confirmed,
})
export type GbVcaConfig = z.infer<typeof gbVcaConfig>

export const hostOf = (config: GbVcaConfig): string =>
  (config.host ?? environments[config.environment].host).replace(/\/+$/, '')
