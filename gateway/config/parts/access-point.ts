import { z } from 'zod'
import { file, name, webAddress } from './names.ts'

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
  tls: z.strictObject({ certificate: file, key: file, trustAnchors: z.array(file).min(1) }).optional(),
  proxy: webAddress.optional().describe('HTTP proxy through which this access point is reached.'),
  config: z.record(z.string(), z.unknown()),
})
