import { z } from 'zod'
import { withProfile } from '../profiles/with-profile.ts'
import { classifiers } from './classifiers.ts'
import { DEFAULT_NAMESPACE, duration, named, qname } from './config-parts.ts'
import { addressingConfig, securityConfig } from './security-config.ts'
import { template } from './template.ts'

const action = z
  .string()
  .max(500)
  .regex(/^[^"\s<>]*$/, 'an action is an address or a word')

const body = z
  .strictObject({
    submit: qname.default(named('SubmitIvi')),
    query: qname.default(named('QueryIvi')),
    retrieve: qname.default(named('RetrieveIvi')),
    reference: qname.default(named('IviReferenceId')),
    vin: qname.default(named('VehicleIdentificationNumber')),
    document: qname.default(named('Document')),
    /** Elements between the wrapper of a submission and the document, the outermost first. */
    around: z.array(qname).max(8).default([]),
    /** What stands in the wrapper of a submission before these. */
    before: template.optional(),
  })
  .prefault({})

const settings = z.strictObject({
  /** A member state (`NL`): its profile's settings count where none is given here. */
  profile: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** What the site knows: by whom and when this interface was confirmed. Without it the profile is called unverified. */
  confirmed: z.string().min(10).max(500).optional(),
  endpoint: z
    .url({ protocol: /^https$/ })
    .refine((u) => new URL(u).username === '' && new URL(u).password === '', 'no user name or password in the address'),
  soapVersion: z.enum(['1.1', '1.2']).default('1.1'),
  soapAction: z
    .strictObject({
      submit: action.default(`${DEFAULT_NAMESPACE}/SubmitIvi`),
      query: action.default(`${DEFAULT_NAMESPACE}/QueryIvi`),
      retrieve: action.default(`${DEFAULT_NAMESPACE}/RetrieveIvi`),
    })
    .prefault({}),
  /** What it offers besides taking documents. */
  offers: z.strictObject({ query: z.boolean().default(true), retrieve: z.boolean().default(true) }).prefault({}),
  /** By what a status is asked for: our IviReferenceId, or the reference out of its own first answer. */
  queryBy: z.enum(['iviReferenceId', 'theirReference']).default('iviReferenceId'),
  /** Elements of the SOAP Body: the wrappers, what stands in them, and what a retrieved document stands in. */
  body,
  /** How a document stands in its element: as XML, as base64 of its bytes, or as escaped text. */
  document: z.enum(['inline', 'base64', 'text']).default('inline'),
  messageId: z
    .strictObject({ in: z.enum(['header', 'body', 'none']), element: qname.default(named('MessageId')) })
    .default({ in: 'header', element: named('MessageId') }),
  /** Further header blocks. */
  header: template.optional(),
  addressing: addressingConfig.optional(),
  security: securityConfig.optional(),
  /** Besides the chain: the server's certificate must be one of these (SHA-256 of its DER, in hex). */
  serverCertificates: z
    .array(
      z
        .string()
        .transform((text) => text.replaceAll(':', '').toLowerCase())
        .pipe(z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 fingerprint: 64 hex digits')),
    )
    .min(1)
    .max(10)
    .optional(),
  classifiers,
  /** Only where the access point's operator says so in writing: it decides whether an unknown outcome may be sent again. */
  idempotentByReference: z.boolean().default(false),
  /** What "known already" means where it does not say which content it holds. */
  duplicate: z.enum(['ours', 'ask']).default('ask'),
  maxProcessing: duration(0, 7 * 24 * 3_600_000).prefault('15min'),
  versionAfterRejection: z.enum(['same', 'next']).default('same'),
  timeout: duration(100, 600_000).prefault('60s'),
  connectTimeout: duration(100, 60_000).prefault('10s'),
  /** Largest request it takes, in bytes. */
  maxBytes: z
    .int()
    .min(32 * 1024)
    .max(100 * 1024 * 1024)
    .default(10 * 1024 * 1024),
})

/**
 * The profile of a national access point that speaks SOAP. No WSDL of the real ones is public, so everything that can
 * differ is declared here; the defaults fit the simulated access point. `profile` names a member state whose known settings
 * are taken first (connectors/access-points/profiles).
 */
export const euSoapConfig = z.preprocess(withProfile, settings)
export type EuSoapConfig = z.infer<typeof settings>
