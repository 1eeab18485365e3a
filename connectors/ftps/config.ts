import { z } from 'zod'

export const ftpsConfig = z.strictObject({
  host: z.string().min(1).max(253).describe('Name of the FTPS server; its certificate must be for it.'),
  port: z.int().min(1).max(65_535).default(21).describe('Its port: 21 as a rule, 990 where TLS is implicit.'),
  tls: z
    .enum(['explicit', 'implicit'])
    .default('explicit')
    .describe('Whether TLS begins by a command (AUTH TLS) or with the connection. Plain FTP is not spoken.'),
  trustAnchors: z
    .array(z.string().min(1))
    .min(1)
    .max(20)
    .optional()
    .describe('Files with the certificates that the server’s may be issued under; those of the system when absent.'),
  user: z.string().min(1).max(200).describe('Name to log in with.'),
  password: z.string().min(1).describe('File that holds the password.'),
  folder: z
    .string()
    .min(1)
    .max(1000)
    .regex(/^[^\r\n\0]+$/, 'no line breaks')
    .default('.')
    .describe('The watched folder on the server.'),
  archive: z
    .string()
    .regex(/^[^/\0\r\n]{1,200}$/, 'a plain folder name')
    .refine((name) => name !== '.' && name !== '..', 'would be the watched folder itself, or outside')
    .default('archive')
    .describe('Where taken files are put away: a folder in the watched one.'),
})
export type FtpsConfig = z.infer<typeof ftpsConfig>
