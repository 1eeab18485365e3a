import { z } from 'zod'
import { confirmed, deliverySettings, headerName, httpsAddress, siteFile } from '../support/common-settings.ts'

/**
 * Sourced: paths, audience, scope, resource and production host from Statens vegvesen's API pages and an open client, the
 * token service from Digdir's Maskinporten guide. The test host is only that open client's.
 */
export const environments = {
  production: {
    host: 'https://www.vegvesen.no',
    audience: 'https://maskinporten.no/',
    tokenEndpoint: 'https://maskinporten.no/token',
  },
  test: {
    host: 'https://synt.utv.vegvesen.no',
    audience: 'https://test.maskinporten.no/',
    tokenEndpoint: 'https://test.maskinporten.no/token',
  },
} as const

const SERVICE = '/ws/no/vegvesen/kjoretoy/felles/innmelding/meldingompreregistrering/v1'

const paths = z.array(z.string().min(1).max(200)).min(1).max(20)
const pathTemplate = z.string().regex(/^\/[^\s?#]{0,300}$/, 'a path that begins with /')
const factName = z.string().min(1).max(100)

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'iu').source !== ''
  } catch {
    return false
  }
}
const pattern = z.string().min(1).max(300).refine(isPattern, 'no regular expression')

const grant = z
  .strictObject({
    /** The client id at Maskinporten: `iss` of the grant. */
    clientId: z.string().min(1).max(200),
    /** PEM of the RSA key that is registered with the client, or of the enterprise certificate. */
    key: siteFile,
    /** File whose first line opens the key. */
    passphrase: siteFile.optional(),
    /** Number of the registered key … */
    keyId: z.string().min(1).max(200).optional(),
    /** … or PEM of the enterprise certificate and its issuers, sent as `x5c`. */
    certificate: siteFile.optional(),
    scope: z.string().min(1).max(300).default('svv:kjoretoy/ecoc'),
    resource: z.string().min(1).max(300).nullable().default('https://www.vegvesen.no'),
    audience: httpsAddress.optional(),
    tokenEndpoint: httpsAddress.optional(),
  })
  .refine((g) => (g.keyId === undefined) !== (g.certificate === undefined), 'either keyId or certificate is needed')

/** The channel of Norway's road administration for eCoC (melding om preregistrering). */
export const noVegvesenConfig = z.strictObject({
  environment: z.enum(['test', 'production']),
  host: httpsAddress.optional(),
  maskinporten: grant,
  /** PEM files; only these count when given. */
  trustAnchors: z.array(siteFile).min(1).max(50).optional(),
  paths: z
    .strictObject({
      create: pathTemplate.default(`${SERVICE}/opprette`),
      delete: pathTemplate.default(`${SERVICE}/slette/ivireferanse/{iviReferanse}`),
    })
    .prefault({}),
  /** The portal's example shows an array, an open client sends an object. */
  body: z.enum(['object', 'array']).default('object'),
  /** Whether the reference stands beside the document, as the open client sends it. */
  sendReference: z.boolean().default(true),
  messageIdHeader: headerName.default('x-correlation-id'),
  /** Names of the mapper's facts for the Norwegian tax classification; a fact that a vehicle has not is left out. */
  facts: z
    .strictObject({
      taxCode: factName.default('avgiftsKode'),
      seats: factName.default('sitteplasser'),
      beds: factName.default('sengeplasser'),
    })
    .prefault({}),
  /** Where parts of an `EcocStatusResponse` stand. Unverified beyond melding.meldingstekst and iviIdentifikator. */
  reply: z
    .strictObject({
      iviReferenceId: paths.default(['iviIdentifikator.iviReferanse']),
      vin: paths.default(['iviIdentifikator.understellsnummerMerke.understellsnummer']),
      messages: paths.default(['melding', 'meldinger.*', 'feil.*', 'feilmeldinger.*']),
      warnings: paths.default(['varsler.*', 'advarsler.*']),
      message: z.strictObject({ code: paths, text: paths, severity: paths, path: paths }).default({
        code: ['meldingskode', 'kode'],
        text: ['meldingstekst', 'tekst'],
        severity: ['meldingstype', 'alvorlighetsgrad', 'type'],
        path: ['felt', 'sti'],
      }),
      /** A message of a positive answer that matches is a warning. */
      warningWhen: pattern.default('varsel|varsler|advarsel|warning'),
      /** A message of a refusal that matches means that the reference is known already; absent: never. */
      duplicateWhen: pattern.optional(),
    })
    .prefault({}),
  ...deliverySettings,
  confirmed,
})
export type NoVegvesenConfig = z.infer<typeof noVegvesenConfig>

export const hostOf = (config: NoVegvesenConfig): string =>
  (config.host ?? environments[config.environment].host).replace(/\/+$/, '')
