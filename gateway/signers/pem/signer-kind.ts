import { z } from 'zod'
import { loadPemSigner } from '../../signature/file-signer.ts'
import { defineSignerKind } from '../signer-kind.ts'

const file = z.string().min(1)

/** A key as a PEM file, with its certificates: the signer's first, then its issuers without the root. */
export default defineSignerKind({
  kind: 'pem',
  isFile: true,
  schema: z.strictObject({
    kind: z.literal('pem'),
    key: file,
    certificates: z.array(file).min(1),
    passwordFile: file.optional().describe('For an encrypted key.'),
  }),
  open: ({ key, certificates, passwordFile }, { name, path, clock }) =>
    loadPemSigner({
      name,
      keyFile: path(key),
      certificateFiles: certificates.map(path),
      passwordFile: passwordFile === undefined ? undefined : path(passwordFile),
      at: clock(),
    }),
})
