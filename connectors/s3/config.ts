import { z } from 'zod'

const file = z.string().min(1)

export const s3Config = z.strictObject({
  endpoint: z
    .string()
    .regex(/^https?:\/\/[^\s/?#@]+\/?$/, 'an address such as https://s3.eu-central-1.amazonaws.com, without a path')
    .describe('Address of the storage service, without the bucket. With http:// what is read can be seen on the way.'),
  region: z
    .string()
    .regex(/^[a-z0-9-]{1,50}$/, 'a region such as eu-central-1')
    .default('us-east-1')
    .describe('Region that requests are signed for; services that know none take the default.'),
  pathStyle: z
    .boolean()
    .default(false)
    .describe('Whether the bucket stands in the path instead of the host name, as most own installations want it.'),
  bucket: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/, 'the name of a bucket, 3 to 63 characters')
    .describe('The bucket.'),
  prefix: z
    .string()
    .max(500)
    .regex(/^(?!\/)([^\0\r\n]*\/)?$/, 'such as export/sage-x3/: it ends with a slash and begins without one')
    .default('')
    .describe('What the keys of the watched objects begin with; what lies deeper is left alone.'),
  archive: z
    .string()
    .regex(/^[^/\\\0\r\n]{1,200}$/, 'a plain name')
    .refine((name) => name !== '.' && name !== '..', 'a plain name')
    .default('archive')
    .describe('Where taken objects are put away: under this name below the prefix.'),
  accessKeyId: file.describe('File that holds the id of the access key.'),
  secretAccessKey: file.describe('File that holds the secret of the access key.'),
  sessionToken: file.optional().describe('File that holds the session token of a temporary access key.'),
  trustAnchors: z
    .array(file)
    .min(1)
    .max(20)
    .optional()
    .describe('Files with the certificates that the service’s may be issued under; those of the system when absent.'),
  proxy: z
    .string()
    .regex(/^https?:\/\/[^\s]+$/, 'an address that begins with http:// or https://')
    .optional()
    .describe('HTTP proxy to go through.'),
  versions: z
    .boolean()
    .default(false)
    .describe(
      'Whether the bucket keeps versions: then exactly the listed version is read, and taking it hides it and deletes none.',
    ),
  conditional: z
    .boolean()
    .default(true)
    .describe(
      'Whether the service knows conditional deletes (If-Match); if not, the object is only looked at just before.',
    ),
  checksums: z
    .enum(['supported', 'required'])
    .default('supported')
    .describe('When checksums are sent and compared: wherever there are any, or where the protocol demands one.'),
})
export type S3Config = z.infer<typeof s3Config>
