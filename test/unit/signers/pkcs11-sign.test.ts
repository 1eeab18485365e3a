// needs: softhsm2-util
import { verify, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from 'tap'
import type { GatewayError } from '../../../gateway/contract/errors.ts'
import type { Signer } from '../../../gateway/contract/signer.ts'
import { listTokens } from '../../../gateway/signers/pkcs11/list-tokens.ts'
import { openPkcs11Signer, type Pkcs11Signer } from '../../../gateway/signers/pkcs11/pkcs11-signer.ts'
import kind from '../../../gateway/signers/pkcs11/signer-kind.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { verifyDocument } from '../../../gateway/signature/verify-document.ts'
import { examplePki } from '../../support/pki.ts'
import { makeFaulty, makeSealToken, noToken, settingsFor } from '../../support/soft-token.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const skip = noToken() ?? false
const data = Buffer.from('what is to be signed')

const holds = (signer: Signer, bytes: Buffer, signature: Buffer): boolean => {
  const [leaf] = signer.chain
  return leaf !== undefined && verify('sha256', bytes, new X509Certificate(leaf).publicKey, signature)
}
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error as GatewayError).code,
  )

test('a key on a token signs', { skip }, async (t) => {
  const pki = await examplePki()
  const token = await makeSealToken(await tempFolder(t))
  const faulty = await makeFaulty(token.folder)
  const open = async (more: Record<string, unknown> = {}): Promise<Pkcs11Signer> => {
    const signer = await openPkcs11Signer(await settingsFor(token, more))
    t.teardown(() => signer.close())
    return signer
  }

  await t.test('as node:crypto and the gateway verify it', async (t) => {
    const signer = await open()
    t.strictSame(
      signer.chain.map((der) => new X509Certificate(der).fingerprint256),
      ['signer.crt', 'issuing.crt'].map((file) => new X509Certificate(pki.read(file)).fingerprint256),
      'the chain: the signer from the token, its issuer from a file, no root',
    )
    t.ok(holds(signer, data, await signer.sign(data)))
    const xmlns = 'http://eu.ereg.initialvehicleinformation.v2'
    const bytes = Buffer.from(`<InitialVehicleInformation xmlns="${xmlns}"><A>1</A></InitialVehicleInformation>`)
    const signed = await signDocument(bytes, signer, { signingTime: new Date() })
    const verification = verifyDocument(signed.bytes, { trustAnchors: [pki.read('root.crt')] })
    t.match(verification, { valid: true, trust: 'trusted', findings: [] })
  })

  await t.test('many at once on several sessions, each its own data', async (t) => {
    const signer = await open({ sessions: 6 })
    const many = Array.from({ length: 120 }, (_, i) => Buffer.from(`document ${i}`))
    const signatures = await Promise.all(many.map((bytes) => signer.sign(bytes)))
    t.equal(signatures.filter((signature, i) => holds(signer, many[i]!, signature)).length, many.length)
    t.equal(new Set(signatures.map((s) => s.toString('hex'))).size, many.length)
  })

  await t.test('with the gateway hashing, where the token cannot', async (t) => {
    await faulty.order('cannot-hash')
    const signer = await open(faulty.settings)
    t.ok(holds(signer, data, await signer.sign(data)))
  })

  await t.test('again after its process was killed; what was under way fails as retryable', async (t) => {
    await faulty.order('none', 0, 300_000)
    const signer = await open(faulty.settings)
    const lost = signer.sign(data)
    await pause(50)
    process.kill(signer.process!, 'SIGKILL')
    const error = (await lost.catch((e: unknown) => e)) as GatewayError
    t.match(error, { code: 'SIG-533', kind: 'operational' })
    t.match(await signer.sign(data).catch((e: unknown) => e), { code: 'SIG-530', kind: 'operational' }, 'not queued')
    while (signer.state.is !== 'ready') await pause(20)
    await faulty.order('none')
    t.ok(holds(signer, data, await signer.sign(data)))
    t.match(signer.state, { recoveries: 1, reason: undefined })
  })

  await t.test('no more than may wait', async (t) => {
    await faulty.order('none', 0, 100_000)
    const signer = await open({ ...faulty.settings, sessions: 1, queue: 2 })
    const codes = await Promise.all([1, 2, 3, 4, 5].map(() => codeOf(signer.sign(data))))
    t.strictSame(codes, ['none', 'none', 'none', 'SIG-534', 'SIG-534'])
  })

  await t.test('not after its certificate has run out', async (t) => {
    let now = new Date()
    const signer = await openPkcs11Signer({ ...(await settingsFor(token)), clock: () => now })
    t.teardown(() => signer.close())
    now = new Date('2100-01-01')
    t.equal(await codeOf(signer.sign(data)), 'SIG-007')
    now = new Date()
    t.ok(await signer.sign(data))
  })

  await t.test('not after it was closed; its process is gone then', async (t) => {
    const signer = await open()
    const pid = signer.process!
    await signer.close()
    await signer.close()
    t.equal(await codeOf(signer.sign(data)), 'SIG-535')
    t.equal(signer.state.is, 'closed')
    for (let i = 0; i < 100; i++) {
      try {
        process.kill(pid, 0)
        await pause(20)
      } catch {
        return
      }
    }
    t.fail('the process still runs')
  })

  await t.test('as the kind of signer that the configuration names', async (t) => {
    const abort = new AbortController()
    const { name, clock, ...settings } = await settingsFor(token)
    const context = { name, clock, signal: abort.signal, path: (file: string) => join('/nowhere', '..', file) }
    const key = kind.schema.parse({ ...settings, deadline: '5s' })
    const signer = await kind.open(key, context)
    t.ok(holds(signer, data, await signer.sign(data)))
    abort.abort()
    t.equal(await codeOf(signer.sign(data)), 'SIG-535', 'closed when the gateway ends')
  })

  await t.test('and shows itself without a PIN', async (t) => {
    await faulty.order('none')
    const before = (await faulty.logins()).length
    const listed = await listTokens({
      ...faulty.settings,
      environment: { ...token.environment, ...faulty.settings.environment },
    })
    t.match(listed[0], {
      label: 'ecoc',
      obstacle: undefined,
      keys: [{ label: 'seal', id: '10', type: 'rsa', obstacle: undefined }],
    })
    t.match(listed[0]?.keys[0]?.certificate?.subject, /CN=/)
    t.equal((await faulty.logins()).length, before)
    t.match(listed[1]?.obstacle, /no user PIN/, 'the slot for a new token')
    await t.rejects(listTokens({ module: '/nowhere.so' }), { code: 'SIG-501' })
  })
})

test('keys that want the PIN with each signature get it', { skip }, async (t) => {
  const pki = await examplePki()
  const token = await makeSealToken(await tempFolder(t))
  const [key, certificate] = [pki.file('chassis-signer.key'), pki.file('chassis-signer.crt')]
  await token.add({ label: 'careful', id: '11', key, certificate, alwaysAuthenticate: true })
  const faulty = await makeFaulty(token.folder)
  const settings = await settingsFor(token, { ...faulty.settings, key: { label: 'careful' } })
  const signer = await openPkcs11Signer(settings)
  t.teardown(() => signer.close())
  const signatures = await Promise.all([1, 2, 3, 4, 5].map((n) => signer.sign(Buffer.from([n]))))
  signatures.forEach((signature, i) => t.ok(holds(signer, Buffer.from([i + 1]), signature)))
  t.strictSame(await faulty.logins(), ['1 0x0', ...Array.from({ length: 5 }, () => '2 0x0')])
})
