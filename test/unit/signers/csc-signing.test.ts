import { createHash, verify, X509Certificate } from 'node:crypto'
import { test, type Test } from 'tap'
import type { Signer } from '../../../gateway/contract/signer.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { verifyDocument } from '../../../gateway/signature/verify-document.ts'
import { cscFixture, credentialOf } from '../../support/csc-fixture.ts'

const texts = (count: number) => Array.from({ length: count }, (_, i) => Buffer.from(`text ${i}`))
const isSigned = ({ chain }: Signer, data: Buffer, signature: Buffer) =>
  verify('sha256', data, new X509Certificate(chain[0]!).publicKey, signature)
const signAll = async (t: Test, signer: Signer, data: readonly Buffer[]) => {
  const signatures = await Promise.all(data.map((d) => signer.sign(d)))
  t.ok(
    data.every((d, i) => isSigned(signer, d, signatures[i]!)),
    'each has its own signature',
  )
}
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('base64')

for (const version of ['v1', 'v2'] as const) {
  const hashes = version === 'v1' ? 'hash' : 'hashes'

  test(`${version}: what comes together shares one authorisation bound to its hashes, in order`, async (t) => {
    const { server, open } = await cscFixture(t)
    const signer = await open(version)
    t.equal(signer.chain.length, 2, 'the root stays out')
    const data = texts(7)
    await signAll(t, signer, data)
    const [authorised, ...more] = server.bodies('credentials/authorize')
    t.same(more, [], 'one authorisation')
    t.same(authorised?.[hashes], data.map(sha256))
    t.equal(authorised?.['numSignatures'], 7)
    t.same(server.bodies('signatures/signHash')[0]?.[hashes], data.map(sha256))
    t.equal(server.bodies('oauth2/token').length, 1, 'one token')
  })

  test(`${version}: batches are never larger than the credential allows`, async (t) => {
    const { server, open } = await cscFixture(t, { credentials: [credentialOf('signer', { multisign: 4 })] })
    await signAll(t, await open(version, { gather: '50ms' }), texts(10))
    t.same(
      server.bodies('signatures/signHash').map((b) => (b[hashes] as string[]).length),
      [4, 4, 2],
    )
  })

  test(`${version}: nothing of a document leaves, only its hash`, async (t) => {
    const { server, open, pki } = await cscFixture(t)
    const signer = await open(version)
    const document = Buffer.from(
      '<InitialVehicleInformation xmlns="http://eu.ereg.initialvehicleinformation.v2"><VehicleIdentificationNumber>' +
        'WVWZZZ1JZXW000001</VehicleIdentificationNumber></InitialVehicleInformation>',
    )
    const signed = await signDocument(document, signer, { signingTime: new Date() })
    t.same(verifyDocument(signed.bytes, { trustAnchors: [pki.read('root.crt')] }).findings, [])
    t.ok(server.calls.length >= 6)
    const allowed = new Set([
      ...['grant_type', 'client_id', 'client_secret', 'credentialID', 'certificates', 'certInfo', 'authInfo'],
      ...['numSignatures', 'hash', 'hashes', 'hashAlgo', 'hashAlgorithmOID', 'signAlgo', 'SAD', 'PIN', 'authData'],
    ])
    const info = /<ds:SignedInfo .*<\/ds:SignedInfo>/.exec(signed.bytes.toString())![0]
    for (const { method, body, raw } of server.calls) {
      t.same(
        Object.keys(body).filter((key) => !allowed.has(key)),
        [],
        `${method} says nothing else`,
      )
      for (const secret of [
        'WVWZZZ',
        'Vehicle',
        'SignedInfo',
        document.toString('base64'),
        Buffer.from(info).toString('base64'),
      ])
        t.notMatch(raw, secret)
      for (const hash of [body[hashes] ?? []].flat()) t.equal(Buffer.from(hash as string, 'base64').length, 32)
    }
    t.same(server.bodies('signatures/signHash')[0]?.[hashes], [sha256(Buffer.from(info))])
  })
}

test('signatures that the service makes later are collected', async (t) => {
  const { server, open } = await cscFixture(t)
  await signAll(t, await open('v2', { asynchronous: true }), texts(3))
  t.equal(server.bodies('signatures/signHash')[0]?.['operationMode'], 'A')
  t.equal(server.bodies('signatures/signPolling').length, 2)
  server.deferSign = 1_000_000
  const impatient = await open('v2', { asynchronous: true, patience: '50ms' })
  await t.rejects(impatient.sign(Buffer.from('x')), { code: 'SIG-401', kind: 'operational' })
})

test('an authorisation that is given later is waited for', async (t) => {
  const { server, open } = await cscFixture(t)
  server.deferAuthorise = 3
  await signAll(t, await open('v2'), texts(2))
  t.equal(server.bodies('credentials/authorize').length, 1)
  t.equal(server.bodies('credentials/authorizeCheck').length, 3)
  server.deferAuthorise = 1_000_000
  await t.rejects((await open('v2', { patience: '50ms' })).sign(Buffer.from('x')), { code: 'SIG-401' })
})

test('a signature that does not verify is never given out', async (t) => {
  const { server, open } = await cscFixture(t)
  const signer = await open('v2')
  server.tamper = (all) => [...all].reverse()
  const outcomes = await Promise.allSettled(texts(2).map((data) => signer.sign(data)))
  t.match(
    outcomes.map((o) => (o.status === 'rejected' ? (o.reason as unknown) : o.status)),
    [{ code: 'SIG-411', kind: 'security' }, { code: 'SIG-411' }],
    'answers in another order',
  )
  t.equal(signer.isSpent, true, 'the credential is looked at anew')
  server.tamper = (all) => all.map((text) => ` ${text}`)
  await t.rejects(signer.sign(Buffer.from('x')), { code: 'SIG-411' }, 'base64 with a blank')
  server.tamper = (all) => all.slice(1)
  await t.rejects(Promise.all(texts(2).map((data) => signer.sign(data))), { code: 'SIG-404' }, 'one is missing')
})

test('a closed signer refuses, and whoever waits hears of it', async (t) => {
  const { open } = await cscFixture(t)
  const signer = await open('v2', { gather: '1h' })
  const waiting = signer.sign(Buffer.from('x'))
  const refused = t.rejects(waiting, { code: 'SIG-417', kind: 'operational' })
  await signer.close?.()
  await signer.close?.()
  await refused
  await t.rejects(signer.sign(Buffer.from('x')), { code: 'SIG-417' })
})
