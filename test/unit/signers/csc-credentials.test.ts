import { execFileSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type Test } from 'tap'
import { cscFixture, credentialOf } from '../../support/csc-fixture.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import type { FakeCredential } from '../../fakes/csc-server.ts'

const pss = '1.2.840.113549.1.1.10'
const ecdsa = '1.2.840.10045.4.3.2'

/** A self-made seal with another kind of key. */
const madeBy = async (t: Test, ...newkey: string[]): Promise<Partial<FakeCredential>> => {
  const folder = await tempFolder(t)
  const at = (name: string) => join(folder, name)
  const usage = ['-addext', 'keyUsage=critical,digitalSignature', '-subj', '/CN=Odd Seal', '-days', '2']
  const files = ['-keyout', at('key'), '-out', at('crt')]
  execFileSync('openssl', ['req', '-x509', '-nodes', '-newkey', ...newkey, ...usage, ...files], { stdio: 'ignore' })
  return { key: createPrivateKey(readFileSync(at('key'))), chain: [new X509Certificate(readFileSync(at('crt'))).raw] }
}

for (const version of ['v1', 'v2'] as const) {
  test(`${version}: the credential is chosen by what was asked for, never by its place in the list`, async (t) => {
    const credentials = ['signer', 'chassis-signer', 'expired', 'wrong-usage'].map((name) => credentialOf(name))
    const { server, open } = await cscFixture(t, { credentials })
    const subjectOf = async (credential: object) =>
      new X509Certificate((await open(version, { credential })).chain[0]!).subject.replace(/\n/g, ', ')
    t.match(await subjectOf({ subject: 'Example Chassis' }), 'Example Chassis')
    t.match(await subjectOf({ id: 'signer' }), 'Example Bodies')
    const fingerprint = new X509Certificate(credentials[1]!.chain[0]!).fingerprint256.replaceAll(':', '').toLowerCase()
    t.match(await subjectOf({ certificateSha256: fingerprint }), 'Example Chassis')
    t.equal(server.bodies('signatures/signHash').length, 0)

    await t.rejects(open(version), { code: 'SIG-406', message: /signer .*Example Bodies.*chassis-signer/ }, 'two fit')
    await t.rejects(open(version, { credential: { issuer: 'Example Issuing CA' } }), { code: 'SIG-406' })
    await t.rejects(open(version, { credential: { subject: 'Nobody' } }), { code: 'SIG-405' })
    await t.rejects(open(version, { credential: { id: 'nobody' } }), { code: 'SIG-405' })
    await t.rejects(open(version, { credential: { id: 'signer', subject: 'Example Chassis' } }), { code: 'SIG-405' })
  })

  test(`${version}: what cannot sign is no candidate, and says why when it was meant`, async (t) => {
    const credentials = [credentialOf('signer', { keyStatus: 'disabled' }), credentialOf('chassis-signer')]
    const { server, open } = await cscFixture(t, { credentials })
    const signer = await open(version)
    t.match(new X509Certificate(signer.chain[0]!).subject, 'Example Chassis', 'the only one that can')
    const refused = async (code: string, more: Partial<FakeCredential>, name = 'signer') => {
      server.credentials.splice(0, 9, credentialOf(name, more))
      await t.rejects(open(version), { code, kind: 'config' }, code)
    }
    await refused('SIG-407', { keyStatus: 'disabled' })
    for (const certStatus of ['revoked', 'suspended', 'expired']) await refused('SIG-407', { certStatus })
    await refused('SIG-007', {}, 'expired')
    await refused('SIG-009', {}, 'wrong-usage')
    await refused('SIG-408', { algo: [pss] })
    await refused('SIG-408', { algo: [ecdsa] })
    await refused('SIG-409', { mode: 'oauth2code' })
    await refused('SIG-409', { pin: '123456', otps: ['1'] })
    await refused('SIG-004', await madeBy(t, 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'))
    await refused('SIG-004', await madeBy(t, 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'))
    await refused('SIG-005', await madeBy(t, 'rsa:1024'))
    t.same(server.bodies('credentials/authorize'), [], 'no PIN was sent to any of them')
  })
}

test('a key that names RSA only is asked for with SHA-256', async (t) => {
  const { server, open } = await cscFixture(t, {
    credentials: [credentialOf('signer', { algo: ['1.2.840.113549.1.1.1'] })],
  })
  t.ok(await (await open('v1')).sign(Buffer.from('x')))
  t.match(server.bodies('signatures/signHash')[0], {
    signAlgo: '1.2.840.113549.1.1.1',
    hashAlgo: '2.16.840.1.101.3.4.2.1',
  })
})

test('a PIN is enough where the service leaves the choice', async (t) => {
  const credentials = [credentialOf('signer', { pin: '123456', expression: 'PIN OR OTP' })]
  const { server, open } = await cscFixture(t, { credentials })
  t.ok(await (await open('v2')).sign(Buffer.from('x')))
  t.same(server.bodies('credentials/authorize')[0]?.['authData'], [{ id: 'PIN', value: '123456' }])
})

test('a service that is not what was configured is refused before any PIN is sent', async (t) => {
  const { server, open } = await cscFixture(t)
  server.specs = '1.0.4.0'
  await t.rejects(open('v2'), { code: 'SIG-414', message: /speaks 1\.0\.4\.0/ })
  server.specs = undefined
  server.misbehave.set('info', [{ status: 200, json: { specs: '2.0.0.2', methods: ['signatures/signDoc'] } }])
  await t.rejects(open('v2'), { code: 'SIG-414', message: /signatures\/signHash/ })
  await t.rejects(open('v2', { signaturesPerAuthorisation: 10 }), { code: 'SIG-414', message: /SCAL 2/ })
  server.misbehave.set('credentials/info', [{ status: 200, json: { key: 'none' } }])
  await t.rejects(open('v2'), { code: 'SIG-404', kind: 'operational' })
})
