import { z } from 'zod'

const file = z.string().min(1)
const header = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'the name of a header')
const fingerprint = z
  .string()
  .transform((text) => text.replaceAll(':', '').toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{64}$/, 'the SHA-256 of a certificate, 64 hexadecimal digits'))

const bearer = z.strictObject({
  tokenFile: file.describe('File whose first line is the token that callers send as `Authorization: Bearer …`.'),
})
const hmac = z.strictObject({
  secretFile: file.describe('File whose first line is the shared secret.'),
  header: header
    .default('X-Signature-256')
    .describe('Header with the HMAC-SHA-256 of the body, after an optional `sha256=`.'),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  timestampHeader: header
    .optional()
    .describe(
      'Header with the Unix time of the call; then the HMAC is that of `<time>.<body>`, and old calls are refused.',
    ),
  toleranceSeconds: z.int().min(1).max(86_400).default(300).describe('How old a call with a time may be.'),
})
const certificate = z.strictObject({
  fingerprints: z.array(fingerprint).min(1).max(100).describe('SHA-256 of the client certificates that may call.'),
  proxyHeader: header
    .optional()
    .describe(
      'Header in which a reverse proxy that ends TLS hands on the SHA-256 of the proven certificate. Only where the gateway is reached through that proxy alone, and the proxy takes the header away from callers.',
    ),
})
const callback = z.strictObject({
  url: z
    .string()
    .regex(/^https?:\/\/[^\s]+$/, 'an address that begins with http:// or https://')
    .describe('Where the status of a record is posted as JSON; `{recordKey}` and `{vin}` are filled in.'),
  tokenFile: file.optional().describe('File with a bearer token to send along.'),
  secretFile: file.optional().describe('File with a secret: the body is signed in `X-Signature-256`.'),
  ca: file.optional().describe('Certificates (PEM) that the server may be signed under, instead of the public ones.'),
  proxy: z
    .string()
    .regex(/^https?:\/\/[^\s]+$/, 'an address that begins with http:// or https://')
    .optional()
    .describe('HTTP proxy to go through.'),
})

/** What is configured of bearer, hmac and certificate must all be proven by a call. */
export const pushConfig = z
  .strictObject({
    bearer: bearer.optional().describe('The caller knows a token.'),
    hmac: hmac.optional().describe('The caller signs the body with a shared secret.'),
    certificate: certificate.optional().describe('The caller has a TLS client certificate.'),
    callback: callback.optional().describe('Where the caller is told what became of its records.'),
  })
  .refine(({ bearer, hmac, certificate }) => bearer ?? hmac ?? certificate, {
    message: 'name how callers prove who they are: bearer, hmac or certificate',
  })
export type PushConfig = z.infer<typeof pushConfig>
