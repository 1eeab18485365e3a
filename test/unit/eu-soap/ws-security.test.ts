// needs: xmlsec1
import { execFile } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { test, type Test } from 'tap'
import eusoap from '../../../connectors/access-points/eu-soap/access-point.ts'
import { euSoapConfig } from '../../../connectors/access-points/eu-soap/config.ts'
import { secureEnvelope } from '../../../connectors/access-points/eu-soap/security/secure-envelope.ts'
import type { AccessPointContext } from '../../../gateway/contract/access-point.ts'
import { testFiles } from '../../support/site-files.ts'
import { testFacts } from '../../support/submission-facts.ts'
import { clientTls, makeDocument, pkiDir } from '../simulated-access-point/harness.ts'

const run = promisify(execFile)
const soapNs = { '1.1': 'http://schemas.xmlsoap.org/soap/envelope/', '1.2': 'http://www.w3.org/2003/05/soap-envelope' }
const wsu = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
const wsa = 'http://www.w3.org/2005/08/addressing'

const setUp = async (t: Test) => {
  const pki = await pkiDir()
  const tls = await clientTls(pki)
  const dir = t.testdir()
  const context: AccessPointContext = { signal: new AbortController().signal, tls, files: testFiles }
  const document = makeDocument('<!-- c --><x a="1"  b=\'2\'/>')
  const secure = async (security: unknown, more: Record<string, unknown> = {}, given = context) => {
    const config = euSoapConfig.parse({ endpoint: 'https://nap.example/ivi', security, ...more })
    const envelope = eusoap.envelope(config, document, 'm-1' as never, testFacts)
    return (await secureEnvelope(config, envelope, given)).bytes.toString()
  }
  /** xmlsec1 checks digests and signature value with the certificate's key. */
  const verify = async (xml: string, version: '1.1' | '1.2' = '1.1'): Promise<boolean> => {
    const file = join(dir, 'envelope.xml')
    await writeFile(file, xml)
    const named = [
      `${soapNs[version]}:Body`,
      `${wsu}:Timestamp`,
      ...['To', 'Action', 'MessageID', 'ReplyTo'].map((n) => `${wsa}:${n}`),
    ]
    const secext = wsu.replace('utility', 'secext')
    const ids = [...named, `${secext}:UsernameToken`].flatMap((name) => ['--id-attr:Id', name])
    const key = ['--pubkey-cert-pem', join(pki, 'client.crt')]
    return run('xmlsec1', ['--verify', '--enabled-reference-uris', 'same-doc', ...key, ...ids, file]).then(
      () => true,
      () => false,
    )
  }
  return { pki, dir, context, document, secure, verify }
}

test('a signature over body, time and addresses is verified by another library', async (t) => {
  const { secure, verify, document } = await setUp(t)
  for (const version of ['1.1', '1.2'] as const) {
    const parts = ['body', 'timestamp', 'addressing']
    const security = { timestamp: {}, signature: { parts } }
    const xml = await secure(security, { soapVersion: version, addressing: { mustUnderstand: true } })
    t.equal(xml.match(/<ds:Reference /g)?.length, 6)
    t.ok(xml.includes(document.bytes.toString()), 'the document stands there as it was signed')
    t.ok(await verify(xml, version), `SOAP ${version}`)
    t.notOk(await verify(xml.replace(document.iviReferenceId, 'x'), version), 'another document')
    t.notOk(await verify(xml.replace(/(<wsu:Expires>)20/, '$121'), version), 'another time')
    t.notOk(
      await verify(xml.replace('https://nap.example/ivi</wsa:To>', 'https://other/</wsa:To>'), version),
      'another address',
    )
  }
})

test('each part is a switch', async (t) => {
  const { secure, dir, context, pki } = await setUp(t)
  t.notMatch(await secure(undefined), /wsse:/)
  const timed = await secure({ timestamp: { validFor: '2min' }, mustUnderstand: false, actor: 'urn:nap' })
  t.match(timed, /<wsse:Security [^>]*soap:actor="urn:nap"><wsu:Timestamp/)
  const [created, expires] = [...timed.matchAll(/<wsu:(?:Created|Expires)>([^<]+)</g)].map((m) =>
    Date.parse(m[1] ?? ''),
  )
  t.equal((expires ?? 0) - (created ?? 0), 120_000)
  t.notMatch(timed, /Signature|mustUnderstand/)

  await writeFile(join(dir, 'password'), 'pa<ss&word\n')
  const token = { username: 'maker&co', passwordFile: join(dir, 'password') }
  t.match(
    await secure({ usernameToken: { ...token, type: 'text' } }),
    /maker&amp;co.*#PasswordText">pa&lt;ss&amp;word</,
  )
  const digested = await secure({ usernameToken: token })
  t.notMatch(digested, /pa&lt;ss/)
  const of = (name: string): string => new RegExp(`<\\w+:${name}[^>]*>([^<]+)<`).exec(digested)?.[1] ?? ''
  const expected = createHash('sha1')
    .update(Buffer.from(of('Nonce'), 'base64'))
    .update(`${of('Created')}pa<ss&word`)
  t.equal(of('Password'), expected.digest('base64'))
  t.not(await secure({ usernameToken: token }), digested, 'no nonce is used twice')

  const own = { key: join(pki, 'signer.key'), certificate: join(pki, 'signer.crt') }
  const signed = await secure({ timestamp: {}, signature: own }, {}, { ...context, tls: undefined })
  t.match(signed, /rsa-sha256/, 'with a key of its own')
})

test('a key on a curve signs too', async (t) => {
  const { secure, dir } = await setUp(t)
  const key = join(dir, 'ec.key')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeFile(key, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const certificate = join(dir, 'ec.crt')
  await run('openssl', ['req', '-x509', '-key', key, '-subj', '/CN=ec', '-days', '2', '-out', certificate])
  const xml = await secure({ signature: { key, certificate, parts: ['body'] } })
  await writeFile(join(dir, 'ec.xml'), xml)
  const id = ['--id-attr:Id', `${soapNs['1.1']}:Body`, '--enabled-reference-uris', 'same-doc']
  await t.resolves(run('xmlsec1', ['--verify', '--pubkey-cert-pem', certificate, ...id, join(dir, 'ec.xml')]))
})

test('an encrypted body is opened by another library, and only with its key', async (t) => {
  const { secure, document, pki, dir, verify } = await setUp(t)
  const certificate = join(pki, 'server.crt')
  const xml = await secure({ timestamp: {}, signature: {}, encryption: { certificate } })
  t.notOk(xml.includes(document.iviReferenceId), 'nothing of the document is readable')
  t.notOk(await verify(xml), 'it was signed before')
  // xmlsec1 looks for the key inside the data; WS-Security keeps it in the header. The bytes are the same.
  const key = /<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/.exec(xml)?.[0] ?? ''
  const inner = key
    .replace(/<ds:KeyInfo.*<\/ds:KeyInfo>/, '')
    .replace(/<xenc:ReferenceList>.*<\/xenc:ReferenceList>/, '')
  const moved = xml
    .replace(/<wsse:Security .*<\/wsse:Security>/, '')
    .replace(
      /<wsse:SecurityTokenReference xmlns:wsse="[^"]*"><wsse:Reference URI="#EncryptedKey"\/><\/wsse:SecurityTokenReference>/,
      inner,
    )
  const file = join(dir, 'encrypted.xml')
  await writeFile(file, moved)
  const open = (name: string) => run('xmlsec1', ['--decrypt', '--privkey-pem', join(pki, name), file])
  // xmlsec1 writes attributes in its own way.
  const readable = document.bytes.toString().replace(`  b='2'`, ' b="2"')
  t.ok((await open('server.key')).stdout.includes(readable), 'the document comes out')
  await t.rejects(open('client.key'), 'not with another key')
  const again = moved.replace(
    /(<xenc:CipherValue>)(.)(.{30,}<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/,
    (_, a: string, b: string, c: string) => a + (b === 'A' ? 'B' : 'A') + c,
  )
  await writeFile(file, again)
  t.not(again, moved)
  await t.rejects(open('server.key'), 'a changed bit is noticed')
})

test('what cannot be secured is surely not sent', async (t) => {
  const { secure, context, pki } = await setUp(t)
  const missing = { key: '/nowhere.key', certificate: '/nowhere.crt' }
  const mixed = { key: join(pki, 'signer.key'), certificate: join(pki, 'client.crt') }
  const not = { name: 'SendError', dispatched: false }
  await t.rejects(secure({ signature: missing, timestamp: {} }), not)
  await t.rejects(secure({ signature: mixed, timestamp: {} }), { ...not, message: /does not belong/ })
  await t.rejects(secure({ signature: {}, timestamp: {} }, {}, { ...context, tls: undefined }), not)
  await t.rejects(secure({ usernameToken: { username: 'x', passwordFile: '/nowhere' } }), not)
  await t.rejects(secure({ encryption: { certificate: join(pki, 'client.key') } }), not)
  for (const bad of [
    { signature: {} },
    { signature: { key: 'x' }, timestamp: {} },
    { encryption: true },
    { timestamp: { validFor: '30h' } },
  ])
    t.notOk(euSoapConfig.safeParse({ endpoint: 'https://x', security: bad }).success, JSON.stringify(bad))
})

test('with WS-Security the stored envelope holds no secret and is made anew', async (t) => {
  const security = { usernameToken: { username: 'x', passwordFile: '/run/p' }, timestamp: {} }
  const config = euSoapConfig.parse({ endpoint: 'https://nap.example/ivi', security })
  const { reusesEnvelope, maxBytes } = eusoap.delivery(config)
  t.equal(reusesEnvelope, false)
  t.ok(maxBytes < config.maxBytes, 'room is left for the header')
  t.notMatch(eusoap.envelope(config, makeDocument(), 'm' as never, testFacts).bytes.toString(), /wsse:|Timestamp/)
  t.equal(eusoap.delivery(euSoapConfig.parse({ endpoint: 'https://nap.example/ivi' })).reusesEnvelope, true)
})
