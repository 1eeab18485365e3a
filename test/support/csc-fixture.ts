import { createPrivateKey } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Test } from 'tap'
import { cscSignerConfig } from '../../gateway/signers/csc/config.ts'
import { openCscSigner } from '../../gateway/signers/csc/csc-signer.ts'
import { readCertificates } from '../../gateway/trust/certificate.ts'
import { CscServer, type CscServerOptions, type FakeCredential } from '../fakes/csc-server.ts'
import { examplePki } from './pki.ts'

const pki = await examplePki()

/** A credential of the fake service with a key of the example PKI. */
export const credentialOf = (name: string, more: Partial<FakeCredential> = {}): FakeCredential => {
  const key = createPrivateKey(pki.read(`${name}.key`))
  const chain = [...readCertificates(pki.read(`${name}.chain.pem`)), ...readCertificates(pki.read('root.crt'))]
  return { id: name, key, chain: chain.map(({ der }) => der), scal: 2, multisign: 10, ...more }
}

/** A running fake service, and signers opened on it. */
export const cscFixture = async (t: Test, options: Partial<CscServerOptions> = {}) => {
  const folder = t.testdir({ secret: 'client secret\n', pin: '123456\n', otp: '111111\n' })
  const credentials = options.credentials ?? [credentialOf('signer', { pin: '123456' })]
  const server = await CscServer.start({ clientSecret: 'client secret', ...options, credentials })
  const abort = new AbortController()
  t.teardown(async () => {
    abort.abort()
    await server.close()
  })
  const clock = { ahead: 0 }
  const open = (version: 'v1' | 'v2', more: Record<string, unknown> = {}) => {
    const token = { clientId: 'gateway', clientSecretFile: 'secret' }
    const given = {
      kind: 'csc',
      url: server.url,
      version,
      token,
      secrets: { PIN: 'pin' },
      poll: '10ms',
      timeout: '2s',
      ...more,
    }
    return openCscSigner(cscSignerConfig.parse(given), {
      name: 'seal',
      path: (file) => resolve(folder, file),
      signal: abort.signal,
      clock: () => new Date(Date.now() + clock.ahead),
    })
  }
  /** Writes a secret anew. */
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  return { server, open, write, clock, folder, pki }
}
