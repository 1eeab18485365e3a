import { z } from 'zod'
import { loadPkcs12Signer } from '../../signature/file-signer.ts'
import { defineSignerKind } from '../signer-kind.ts'

/** Key and certificates in one PKCS#12 file (.p12, .pfx). */
export default defineSignerKind({
  kind: 'pkcs12',
  isFile: true,
  schema: z.strictObject({ kind: z.literal('pkcs12'), file: z.string().min(1), passwordFile: z.string().min(1) }),
  open: ({ file, passwordFile }, { name, path, clock }) =>
    loadPkcs12Signer({ name, file: path(file), passwordFile: path(passwordFile), at: clock() }),
})
