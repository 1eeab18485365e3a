import { z } from 'zod'
import { duration } from '../durations.ts'
import { file, name } from './names.ts'

const address = z.email().max(254)

const mail = z.strictObject({
  kind: z.literal('mail'),
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535).default(587),
  security: z
    .enum(['starttls', 'tls', 'none'])
    .default('starttls')
    .describe('`starttls` is insisted on; `none` is for a relay on the same machine.'),
  trustAnchors: z.array(file).max(20).optional(),
  user: z.string().max(254).optional(),
  passwordFile: file.optional(),
  from: address,
  to: z.array(address).min(1).max(20),
})
const files = z.strictObject({
  kind: z.literal('files'),
  connector: name.describe('A connector of files, such as folder, sftp, ftps or s3.'),
  config: z.record(z.string(), z.unknown()),
})

/** A maker of the next stage, who gets our eCoC when it was accepted. */
export const handover = z.strictObject({
  name,
  completion: z
    .array(z.enum(['I', 'C', 'V']))
    .min(1)
    .default(['I'])
    .describe('Stages of completion that are built on: incomplete (I), complete for alteration (C).'),
  mappers: z.array(name).max(100).optional().describe('Only vehicles of these flows.'),
  timeout: duration.prefault('60s'),
  retry: duration.prefault('5min'),
  to: z.discriminatedUnion('kind', [files, mail]),
})
export type HandoverSettings = z.infer<typeof handover>
export type MailSettings = z.infer<typeof mail>
