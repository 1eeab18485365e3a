import { z } from 'zod'
import { duration } from '../durations.ts'
import { handover } from './base-handover.ts'
import { file, name, twice, webAddress } from './names.ts'

/** Plain http only to this machine: a reverse proxy, a test. */
const template = z
  .string()
  .max(1000)
  .regex(/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/])/, 'an address that begins with https://')
const withVin = template.refine((url) => url.includes('{vin}'), 'an address with {vin} in it')

const call = {
  name,
  proxy: webAddress.optional(),
  trustAnchors: z.array(file).max(20).optional().describe('Roots of the server, where it has none that all trust.'),
  timeout: duration.prefault('20s'),
  maxBytes: z.int().min(1).max(64_000_000).default(5_000_000),
}
const header = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'the name of a header')

const page = z.strictObject({
  kind: z.literal('page'),
  ...call,
  url: withVin.describe('The public page of a VIN.'),
  link: z.string().min(1).max(200).default('.xml').describe('Text in the link that leads from the page to the XML.'),
  none: z.array(z.string().min(1).max(200)).max(20).default([]).describe('Text on a page that knows no such VIN.'),
})
const rest = z.strictObject({
  kind: z.literal('rest'),
  ...call,
  url: template.describe('`{vin}` in address or body is replaced by the VIN.'),
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: z.record(header, z.string().max(500)).default({}),
  secrets: z.record(header, file).default({}).describe('Headers whose value is the first line of a file.'),
  body: z.string().max(10_000).optional(),
  document: z
    .string()
    .regex(/^(\/[^/]{1,100}){1,10}$/, 'a JSON pointer such as /result/document')
    .optional()
    .describe('Where in a JSON answer the document stands, as text or Base64.'),
})
const files = z.strictObject({
  kind: z.literal('files'),
  name,
  connector: name.describe('A connector of files, such as folder, sftp, ftps or s3.'),
  poll: duration.prefault('1min'),
  timeout: duration.prefault('60s'),
  include: z.array(z.string().min(1).max(200)).max(50).default(['*.xml']),
  maxBytes: z.int().min(1).max(64_000_000).default(5_000_000),
  config: z.record(z.string(), z.unknown()),
})
const accessPoints = z.strictObject({
  kind: z.literal('access-points'),
  names: z.array(name).max(100).optional().describe('Only these, in this order; else all that can be asked.'),
})

const origin = z.discriminatedUnion('kind', [accessPoints, page, rest, files])
export type OriginSettings = z.infer<typeof origin>
export type PageSettings = z.infer<typeof page>
export type RestSettings = z.infer<typeof rest>
export type FilesSettings = z.infer<typeof files>

const areUnique = (all: readonly object[]): boolean => {
  const names = all.flatMap((one) => ('name' in one ? [one.name] : []))
  return new Set(names).size === names.length
}

/** Where base eCoCs are looked for and how often, what is watched, and who gets ours. */
export const base = z.strictObject({
  retry: duration.prefault('10min').describe('After which a vehicle without base eCoC is looked at again.'),
  origins: z
    .array(origin)
    .max(50)
    .default([{ kind: 'access-points' }])
    .refine(areUnique, twice)
    .describe('Places that are asked for a base eCoC, one after the other.'),
  watch: z
    .strictObject({
      every: duration.prefault('1d').describe('How often a base in use is asked for again, in case it was corrected.'),
      for: duration.prefault('90d').describe('How long after the last vehicle on it was accepted.'),
    })
    .prefault({}),
  goodsIn: z
    .strictObject({ every: duration.prefault('1h') })
    .prefault({})
    .describe('Bases of announced vehicles.'),
  handover: z.array(handover).max(50).default([]).refine(areUnique, twice),
})
export type BaseSettings = z.infer<typeof base>
