import { z } from 'zod'

export const sftpConfig = z
  .strictObject({
    host: z.string().min(1).max(253).describe('Name or address of the SFTP server.'),
    port: z.int().min(1).max(65_535).default(22).describe('Its port.'),
    hostKey: z
      .array(z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'a fingerprint as `ssh-keygen -lf` prints it: SHA256:…'))
      .min(1)
      .max(10)
      .describe('Fingerprints of the server’s host keys; any other server is refused.'),
    user: z.string().min(1).max(200).describe('Name to log in with.'),
    password: z.string().min(1).optional().describe('File that holds the password.'),
    privateKey: z.string().min(1).optional().describe('File that holds the private key (OpenSSH or PEM).'),
    passphrase: z.string().min(1).optional().describe('File that holds the passphrase of the private key.'),
    folder: z.string().min(1).max(1000).default('.').describe('The watched folder on the server.'),
    archive: z
      .string()
      .regex(/^[^/\0]{1,200}$/, 'a plain folder name')
      .refine((name) => name !== '.' && name !== '..', 'would be the watched folder itself, or outside')
      .default('archive')
      .describe('Where taken files are put away: a folder in the watched one.'),
  })
  .refine(({ password, privateKey }) => password !== undefined || privateKey !== undefined, {
    path: ['password'],
    message: 'name a file with a password, or `privateKey`',
  })
  .refine(({ passphrase, privateKey }) => passphrase === undefined || privateKey !== undefined, {
    path: ['passphrase'],
    message: 'belongs to `privateKey`',
  })
export type SftpConfig = z.infer<typeof sftpConfig>
