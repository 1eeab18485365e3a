import { createPublicKey, verify } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { loadPemSigner, loadPkcs12Signer } from '../../../gateway/signature/file-signer.ts'
import { readPkcs12 } from '../../../gateway/signature/pkcs12.ts'
import { pki, run, scratch } from './helpers.ts'

const pem = (key: string, ...certificates: string[]): Promise<unknown> =>
  loadPemSigner({ name: 's', keyFile: pki.file(key), certificateFiles: certificates.map(pki.file) })
const config = (code: string): { name: string; kind: string; code: string } => ({
  name: 'GatewayError',
  kind: 'config',
  code,
})
const data = Buffer.from('data')
const holds = (signature: Buffer): boolean => verify('sha256', data, createPublicKey(pki.read('signer.crt')), signature)

test('a PEM signer signs with RSA and SHA-256 and hands out its chain without the root, in order', async (t) => {
  const files = ['root.crt', 'issuing.crt', 'signer.crt'].map(pki.file)
  const signer = await loadPemSigner({ name: 'seal', keyFile: pki.file('signer.key'), certificateFiles: files })
  t.equal(signer.name, 'seal')
  t.same(signer.chain, [readDer('signer.crt'), readDer('issuing.crt')])
  t.ok(holds(await signer.sign(data)))
  t.notOk(holds(await signer.sign(Buffer.from('other'))))
})

const readDer = (name: string): Buffer =>
  Buffer.from(
    pki
      .read(name)
      .toString()
      .replace(/-----[^-]+-----|\s/g, ''),
    'base64',
  )

test('signing runs beside the event loop', async (t) => {
  const signer = await loadPkcs12Signer({
    name: 'p12',
    file: pki.file('signer.p12'),
    passwordFile: pki.file('signer.p12.password'),
  })
  const order: string[] = []
  const signing = signer.sign(data).then(() => order.push('signed'))
  order.push('went on')
  await signing
  t.same(order, ['went on', 'signed'])
})

test('PKCS#12 files of today and of older tools open to the same signer', async (t) => {
  const dir = scratch()
  const password = 'Pässword 12'
  writeFileSync(join(dir, 'password'), `${password}\r\n`)
  const schemes = [
    ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256'],
    ['-keypbe', 'AES-128-CBC', '-certpbe', 'AES-192-CBC', '-macalg', 'sha512'],
    ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'NONE', '-macalg', 'sha384', '-iter', '1'],
    ['-nodes'],
  ]
  for (const [i, scheme] of schemes.entries()) {
    const file = join(dir, `${i}.p12`)
    const input = [
      '-inkey',
      pki.file('signer.key'),
      '-in',
      pki.file('signer.crt'),
      '-certfile',
      pki.file('issuing.crt'),
    ]
    await run('openssl', ['pkcs12', '-export', ...input, ...scheme, '-passout', `pass:${password}`, '-out', file])
    const signer = await loadPkcs12Signer({ name: 'p12', file, passwordFile: join(dir, 'password') })
    t.same(signer.chain, [readDer('signer.crt'), readDer('issuing.crt')], scheme.join(' '))
    t.ok(holds(await signer.sign(data)))
    t.throws(() => readPkcs12(Buffer.concat([Buffer.from([0x30]), signer.chain[0]!]), password))
  }
  const wrong = join(dir, 'wrong')
  writeFileSync(wrong, 'wrong')
  const load = loadPkcs12Signer({ name: 's', file: join(dir, '0.p12'), passwordFile: wrong })
  await t.rejects(load, config('SIG-002'))
})

test('a PKCS#12 scheme that is not read is named, with the way out', async (t) => {
  const dir = scratch()
  const file = join(dir, 'x.p12')
  const input = ['-inkey', pki.file('signer.key'), '-in', pki.file('signer.crt'), '-passout', 'pass:x', '-out', file]
  writeFileSync(join(dir, 'password'), 'x')
  const load = (): Promise<unknown> => loadPkcs12Signer({ name: 's', file, passwordFile: join(dir, 'password') })
  await run('openssl', ['pkcs12', '-export', '-legacy', ...input])
  await t.rejects(load(), { ...config('SIG-003'), hint: /openssl pkcs12 -legacy/ })
  await run('openssl', ['pkcs12', '-export', '-nomac', ...input])
  await t.rejects(load(), config('SIG-003'))
})

test('every damaged PKCS#12 file is a clear refusal', async (t) => {
  const dir = scratch()
  const whole = pki.read('signer.p12')
  const file = join(dir, 'damaged.p12')
  for (let at = 0; at < whole.length; at += 97) {
    const bytes = Buffer.from(whole)
    bytes[at] = bytes[at]! ^ 0xff
    for (const content of [bytes, whole.subarray(0, at)]) {
      writeFileSync(file, content)
      const load = loadPkcs12Signer({ name: 's', file, passwordFile: pki.file('signer.p12.password') })
      await t.rejects(load, { name: 'GatewayError', kind: 'config', code: /^SIG-00[238]$/ }, `byte ${at}`)
    }
  }
})

test('a key or certificate that cannot sign IVI documents is refused with its reason', async (t) => {
  const dir = scratch()
  const make = async (name: string, ...key: string[]): Promise<[string, string]> => {
    const [keyFile, file] = [join(dir, `${name}.key`), join(dir, `${name}.crt`)]
    const usage = ['-addext', 'keyUsage=critical,digitalSignature']
    const args = ['req', '-new', '-x509', '-nodes', '-subj', `/CN=${name}`, ...usage]
    await run('openssl', [...args, '-newkey', ...key, '-keyout', keyFile, '-out', file])
    return [keyFile, file]
  }
  const load = ([keyFile, certificate]: [string, string], at?: Date): Promise<unknown> =>
    loadPemSigner({ name: 's', keyFile, certificateFiles: [certificate], ...(at ? { at } : {}) })
  const good = await make('good', 'rsa:2048')
  await t.resolves(load(good), 'the way these are made is not what is refused')
  await t.rejects(load(await make('ec', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256')), config('SIG-004'))
  await t.rejects(load(await make('short', 'rsa:1024')), config('SIG-005'))
  await t.rejects(pem('signer.key', 'chassis-signer.crt'), config('SIG-006'))
  await t.rejects(pem('expired.key', 'expired.crt'), { ...config('SIG-007'), message: /expired/ })
  await t.rejects(load(good, new Date('2020-01-01')), { ...config('SIG-007'), message: /not yet valid/ })
  await t.rejects(pem('wrong-usage.key', 'wrong-usage.crt'), config('SIG-009'))
  await t.rejects(pem('server.key', 'server.crt'), config('SIG-009'), 'digitalSignature, but for TLS only')
})

test('files that are missing, too big or something else are named', async (t) => {
  const dir = scratch()
  const big = join(dir, 'big')
  writeFileSync(big, Buffer.alloc(1024 * 1024 + 1))
  await t.rejects(pem('nowhere.key', 'signer.crt'), { ...config('SIG-001'), message: /nowhere\.key/ })
  await t.rejects(loadPemSigner({ name: 's', keyFile: big, certificateFiles: [] }), config('SIG-001'))
  await t.rejects(pem('signer.crt', 'signer.crt'), config('SIG-002'))
  await t.rejects(pem('signer.key', 'signer.key'), config('SIG-008'))
  await t.rejects(pem('signer.key'), config('SIG-006'))
})

test('an encrypted PEM key opens with its password file only', async (t) => {
  const dir = scratch()
  const [keyFile, passwordFile] = [join(dir, 'k.pem'), join(dir, 'password')]
  writeFileSync(passwordFile, 'secret\n')
  await run('openssl', ['pkcs8', '-topk8', '-in', pki.file('signer.key'), '-passout', 'pass:secret', '-out', keyFile])
  const options = { name: 's', keyFile, certificateFiles: [pki.file('signer.crt')] }
  await t.resolves(loadPemSigner({ ...options, passwordFile }))
  await t.rejects(loadPemSigner(options), config('SIG-002'))
  writeFileSync(passwordFile, 'other')
  await t.rejects(loadPemSigner({ ...options, passwordFile }), config('SIG-002'))
})
