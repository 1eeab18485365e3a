import { defineSignerKind } from '../signer-kind.ts'
import { pkcs11SignerConfig } from './config.ts'

export default defineSignerKind({
  kind: 'pkcs11',
  schema: pkcs11SignerConfig,
  open: async (key, { name, path, signal, clock, recovered }) => {
    const { openPkcs11Signer } = await import('./pkcs11-signer.ts')
    const certificates = key.certificates.map(path)
    const settings = { ...key, name, clock, certificates, module: path(key.module), pinFile: path(key.pinFile) }
    return openPkcs11Signer({ ...settings, recovered }, signal)
  },
  look: async (key, { path, clock }) => {
    const { lookAtTokens } = await import('./look-at-tokens.ts')
    return lookAtTokens(key, path, clock())
  },
})
