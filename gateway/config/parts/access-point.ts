import { z } from 'zod'
import { accessPointDelivery } from './delivery.ts'
import { file, name, webAddress } from './names.ts'
import { signature, timeStamp } from './signature.ts'

/** Node's TLS takes the client's key as bytes only (docs/decisions/0024-soap-by-profile.md). */
const keyFile = file.refine(
  (name) => !name.startsWith('pkcs11:'),
  'a client key in a token cannot be used for TLS: name a file, or end TLS in a proxy of yours that holds the token',
)

/** A place that documents go to. */
export const accessPoint = z.strictObject({
  name,
  connector: name,
  environment: z.enum(['sandbox', 'acceptance', 'production']),
  testOf: name
    .optional()
    .describe(
      'The access point whose acceptance environment this is: flows in test mode submit here instead of there.',
    ),
  tls: z.strictObject({ certificate: file, key: keyFile, trustAnchors: z.array(file).min(1) }).optional(),
  proxy: webAddress.optional().describe('HTTP proxy through which this access point is reached.'),
  signature: signature.prefault({}),
  timeStamp: timeStamp.optional().describe('Who stamps documents for this access point; else `trust.timeStamp`.'),
  delivery: accessPointDelivery.prefault({}),
  config: z.record(z.string(), z.unknown()),
})
