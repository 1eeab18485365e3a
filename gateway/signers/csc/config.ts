import { z } from 'zod'
import { duration } from '../../config/durations.ts'

const file = z.string().min(1)
const isLoopback = (hostname: string): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)

/** Secrets go there: TLS always, but for a service on this very machine. */
const secureUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((text) => {
    const { protocol, hostname, username, password } = new URL(text)
    return (protocol === 'https:' || isLoopback(hostname)) && username === '' && password === ''
  }, 'must be https, without a user in it')
const base = secureUrl.transform((text) => text.replace(/\/+$/, ''))

/** Which credential signs. All that are given must match; several matches are refused. */
const credential = z.strictObject({
  id: z.string().min(1).max(200).optional().describe('The credentialID at the service.'),
  subject: z
    .string()
    .min(3)
    .max(200)
    .optional()
    .describe('Part of the certificate’s subject, such as O=Example Bodies.'),
  issuer: z.string().min(3).max(200).optional().describe('Part of the issuer of the certificate.'),
  certificateSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 small hexadecimal digits')
    .optional()
    .describe('Fingerprint of the certificate.'),
})

/** A key at a trust service provider that speaks the API of the Cloud Signature Consortium, version 1 or 2. */
export const cscSignerConfig = z.strictObject({
  kind: z.literal('csc'),
  url: base.describe('The service without /csc/v1 or /csc/v2.'),
  version: z.enum(['v1', 'v2']),
  token: z
    .strictObject({
      url: base.optional().describe('Where tokens are issued; oauth2/token below the API where nothing is said.'),
      clientId: z.string().min(1).max(500),
      clientSecretFile: file.optional().describe('Left out where the client certificate is enough.'),
      scope: z.string().min(1).max(200).optional().describe('`service` at most providers.'),
    })
    .describe('OAuth 2.0 client credentials.'),
  userId: z.string().min(1).max(200).optional().describe('Owner of the credentials, where the service wants it.'),
  credential: credential.prefault({}),
  secrets: z
    .record(z.string().min(1).max(100), file)
    .default({})
    .describe(
      'Files by id of the authentication object: PIN, OTP. A refused one is not used again until its file changes.',
    ),
  signaturesPerAuthorisation: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .describe('Signatures asked for at once, where an authorisation is not bound to hashes (SCAL 1).'),
  asynchronous: z
    .boolean()
    .default(false)
    .describe('Asks for signatures and collects them later (v2, operationMode A).'),
  gather: duration.prefault('5ms').describe('Hashes that come within this time share an authorisation.'),
  timeout: duration.prefault('15s').describe('For one call.'),
  patience: duration.prefault('60s').describe('For an authorisation or signature that the service answers later.'),
  poll: duration.prefault('500ms').describe('How often such an answer is asked for.'),
  tls: z
    .strictObject({
      certificate: file.optional().describe('Client certificate with its issuers (PEM).'),
      key: file.optional(),
      trustAnchors: z
        .array(file)
        .min(1)
        .optional()
        .describe('Roots of the service; those of the system where left out.'),
    })
    .refine(
      ({ certificate, key }) => (certificate === undefined) === (key === undefined),
      'certificate and key go together',
    )
    .optional(),
  proxy: z
    .url({ protocol: /^http$/ })
    .optional()
    .describe('http://host:port'),
})
export type CscSignerConfig = z.output<typeof cscSignerConfig>
