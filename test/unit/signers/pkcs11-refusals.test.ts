// needs: softhsm2-util
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test, type Test } from 'tap'
import { GatewayError } from '../../../gateway/contract/errors.ts'
import { pkcs11SignerConfig } from '../../../gateway/signers/pkcs11/config.ts'
import { listTokens } from '../../../gateway/signers/pkcs11/list-tokens.ts'
import { openPkcs11Signer } from '../../../gateway/signers/pkcs11/pkcs11-signer.ts'
import { examplePki } from '../../support/pki.ts'
import { makeFaulty, makeSealToken, noToken, settingsFor } from '../../support/soft-token.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const skip = noToken() ?? false
const run = promisify(execFile)

test('what cannot sign is refused with the reason', { skip }, async (t) => {
  const pki = await examplePki()
  const folder = await tempFolder(t)
  const token = await makeSealToken(folder)
  const faulty = await makeFaulty(folder)
  const make = async (name: string, args: readonly string[]): Promise<{ key: string; certificate: string }> => {
    const [key, certificate] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)]
    await run('openssl', ['genpkey', ...args, '-out', key])
    const usage = 'keyUsage=critical,digitalSignature,nonRepudiation'
    await run('openssl', ['req', '-x509', '-key', key, '-subj', `/CN=${name}`, '-addext', usage, '-out', certificate])
    return { key, certificate }
  }
  const ec = await make('ec', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'])
  const short = await make('short', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'])
  const bare = await make('bare', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'])
  await token.add({ label: 'curve', id: '20', ...ec })
  await token.add({ label: 'short', id: '21', ...short })
  await token.add({ label: 'bare', id: '22', key: bare.key })
  const from = (name: string) => ({ key: pki.file(`${name}.key`), certificate: pki.file(`${name}.crt`) })
  await token.add({ label: 'old', id: '23', ...from('expired') })
  await token.add({ label: 'tls', id: '24', ...from('wrong-usage') })

  const refused = async (t: Test, more: Record<string, unknown>, code: string, words: RegExp): Promise<void> => {
    const error = await openPkcs11Signer(await settingsFor(token, more)).then(
      (signer) => signer.close(),
      (e: unknown) => e,
    )
    t.ok(error instanceof GatewayError)
    t.match(error, { code, message: words })
    t.ok((error as GatewayError).hint)
  }

  await t.test('keys', async (t) => {
    await refused(t, { key: { label: 'curve' } }, 'SIG-522', /elliptic-curve key, but IVI signatures are RSA only/)
    await refused(t, { key: { id: '21' } }, 'SIG-522', /1024 bits, at least 2048/)
    await refused(t, { key: { label: 'bare' } }, 'SIG-524', /no certificate for key "bare" \(id 22\)/)
    await refused(t, { key: { label: 'old' } }, 'SIG-007', /expired/)
    await refused(t, { key: { label: 'tls' } }, 'SIG-009', /not for signing documents/)
    await refused(t, { key: { label: 'nobody' } }, 'SIG-520', /no key with label nobody/)
    await refused(t, { key: { label: 'seal', id: '20' } }, 'SIG-520', /label seal, id 20/)
  })

  await t.test('libraries and tokens', async (t) => {
    await refused(t, { module: '/nowhere/lib.so' }, 'SIG-501', /cannot be loaded/)
    const library = '/lib/x86_64-linux-gnu/libm.so.6'
    await refused(t, { module: library }, 'SIG-502', /not for PKCS#11/)
    await faulty.order('cant-lock')
    await refused(t, faulty.settings, 'SIG-505', /several threads/)
    await faulty.order('init-fails')
    await refused(t, faulty.settings, 'SIG-504', /does not start/)
    await faulty.order('none')
    await refused(t, { token: { label: 'ecco' } }, 'SIG-508', /no token "ecco"/)
    await refused(t, { token: { label: 'ecoc', serial: '1' } }, 'SIG-508', /serial 1/)
  })

  await t.test('files', async (t) => {
    await refused(t, { pinFile: join(folder, 'no-pin') }, 'SIG-510', /cannot be read/)
    await refused(t, { certificates: [join(folder, 'no.crt')] }, 'SIG-526', /cannot be read/)
    await writeFile(join(folder, 'odd.crt'), 'odd')
    await refused(t, { certificates: [join(folder, 'odd.crt')] }, 'SIG-526', /cannot be read/)
  })

  await t.test('without a name only when exactly one key can seal', async (t) => {
    const signer = await openPkcs11Signer(await settingsFor(token))
    await signer.close()
    await token.add({ label: 'second', id: '30', ...from('chassis-signer') })
    await refused(t, {}, 'SIG-521', /(?=.*key "seal" \(id 10\)).*key "second" \(id 30\).*None is guessed/)
    const named = await openPkcs11Signer(await settingsFor(token, { key: { id: '30' } }))
    await named.close()
  })

  await t.test('doctor sees the same reasons, without a PIN', async (t) => {
    const [listed] = await listTokens({ module: (await settingsFor(token)).module, environment: token.environment })
    const obstacles = Object.fromEntries(
      (listed?.keys ?? []).map(({ label, obstacle }) => [label, obstacle ?? 'can seal']),
    )
    t.match(obstacles, {
      seal: 'can seal',
      second: 'can seal',
      curve: /elliptic/,
      short: /1024 bits/,
      bare: /no certificate/,
      old: /expired/,
      tls: /not for signing/,
    })
  })

  await t.test('two tokens of one name', async (t) => {
    await token.addToken('ecoc')
    await refused(t, {}, 'SIG-507', /Several tokens fit: .*serial .*None is guessed/)
  })
})

test('the configuration names a token, and never a slot', async (t) => {
  const config = { kind: 'pkcs11', module: '/lib/x.so', pinFile: 'pin', token: { label: 'ecoc' } }
  t.match(pkcs11SignerConfig.parse(config), { sessions: 4, deadline: 5000, queue: 1000, certificates: [], key: {} })
  for (const wrong of [{ token: {} }, { token: { slot: 0 } }, { key: { id: 'x' } }, { sessions: 0 }, { pin: '1234' }])
    t.equal(pkcs11SignerConfig.safeParse({ ...config, ...wrong }).success, false, JSON.stringify(wrong))
})
