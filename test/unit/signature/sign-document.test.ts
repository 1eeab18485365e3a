// needs: xmlsec1
import { createHash, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { test } from 'tap'
import { SignedXml } from 'xml-crypto'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import {
  changed,
  documentOf,
  pki,
  run,
  scratch,
  signed,
  signer,
  signerOf,
  signingTime,
  verify,
  xmlsec,
} from './helpers.ts'

const examples = fileURLToPath(new URL('../../../../shared/ivi/', import.meta.url))

test('a signed document verifies with xmlsec1 over the whole chain, and a changed one does not', async (t) => {
  await t.resolves(xmlsec([signed.bytes]))
  await t.rejects(xmlsec([changed('WEXAMPLE000000001', 'WEXAMPLE000000002')]))
  await t.rejects(xmlsec([changed('2026-11-22T10:00:00Z', '2026-11-22T10:00:01Z')]))
  const untrusted = await signDocument(documentOf(['x']), await signerOf('other-signer'), { signingTime })
  await t.rejects(xmlsec([untrusted.bytes]))
})

test('a signed document verifies with xml-crypto', (t) => {
  const check = (bytes: Buffer): boolean => {
    const xml = bytes.toString()
    const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(xml)?.[0] ?? ''
    const foreign = new SignedXml({ publicCert: pki.read('signer.crt'), getCertFromKeyInfo: () => null })
    foreign.loadSignature(signature)
    return foreign.checkSignature(xml)
  }
  t.equal(check(signed.bytes), true)
  t.throws(() => {
    if (!check(changed('WEXAMPLE000000001', 'WEXAMPLE000000002'))) throw new Error('refused')
  })
  t.end()
})

test('our own verification finds it valid, trusted, and says who and when', (t) => {
  t.match(verify(signed.bytes), {
    valid: true,
    level: 'XAdES-B',
    signer: /CN=Example Bodies eCoC Seal/,
    trust: 'trusted',
    signedAt: '2026-11-22T10:00:00Z',
    certificateSha256: signed.certificateSha256,
    findings: [],
  })
  const { raw } = new X509Certificate(pki.read('signer.crt'))
  t.equal(signed.certificateSha256, createHash('sha256').update(raw).digest('hex'))
  t.equal(signed.sha256, createHash('sha256').update(signed.bytes).digest('hex'))
  t.end()
})

test('the signature is the last child of the root, and everything else stays byte for byte', (t) => {
  const source = documentOf(['a', 'b'])
  return signDocument(source, signer, { signingTime }).then(({ bytes }) => {
    const text = bytes.toString()
    t.ok(text.endsWith('</ds:Signature></InitialVehicleInformation>'))
    t.equal(text.replace(/<ds:Signature .*<\/ds:Signature>/s, ''), source.toString())
  })
})

test('the same document, time and key give the same bytes; another document other ids', async (t) => {
  const source = documentOf(['a'])
  const [one, two, other] = await Promise.all(
    [source, source, documentOf(['b'])].map((bytes) => signDocument(bytes, signer, { signingTime })),
  )
  t.same(one!.bytes, two!.bytes)
  const idOf = (bytes: Buffer): string | undefined => /<ds:Signature [^>]*Id="([^"]+)"/.exec(bytes.toString())?.[1]
  t.match(idOf(one!.bytes), /^ecoc-[0-9a-f]{32}$/)
  t.not(idOf(one!.bytes), idOf(other!.bytes))
})

test('what is not a canonical unsigned document is refused before the key is used', async (t) => {
  const used: Buffer[] = []
  const spy = { ...signer, sign: (data: Buffer) => (used.push(data), signer.sign(data)) }
  const good = documentOf(['a']).toString()
  const bad = [
    `<?xml version="1.0"?>${good}`,
    `\uFEFF${good}`,
    `${good}\n`,
    good.replace('<Type>T</Type>', '<Type/>'),
    good.replace('<Type>', '<!-- c --><Type>'),
    good.replace('<Type>T', '<Type><![CDATA[T]]>'),
    good.replace('<Type>', '\r<Type>'),
    signed.bytes.toString(),
  ]
  for (const text of bad) {
    await t.rejects(signDocument(Buffer.from(text), spy, { signingTime }), { code: 'SIG-020', kind: 'bug' })
  }
  t.equal(used.length, 0)
})

test('IssuerSerialV2 is the DER that openssl reads as issuer name and serial number', async (t) => {
  const value = /<xades:IssuerSerialV2>([^<]+)</.exec(signed.bytes.toString())?.[1] ?? ''
  const file = join(scratch(), 'is.der')
  writeFileSync(file, Buffer.from(value, 'base64'))
  const { stdout } = await run('openssl', ['asn1parse', '-inform', 'DER', '-in', file])
  const leaf = new X509Certificate(pki.read('signer.crt'))
  t.match(stdout, /cont \[ 4 \]/)
  t.match(stdout, /Example Issuing CA/)
  t.match(stdout, new RegExp(`INTEGER\\s+:0?${leaf.serialNumber}`))
})

test('any values survive: signed documents verify with xmlsec1 and with us', async (t) => {
  const character = fc.oneof(
    fc.constantFrom('&', '<', '>', '\r', '\n', '\t', '"', "'", 'é', '\u0085', '\u2028', '𝄞', ' ', ']]>'),
    fc
      .string({ unit: 'binary', minLength: 1, maxLength: 1 })
      .filter((c) => /^[\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]$/u.test(c)),
  )
  const value = fc.array(character, { maxLength: 30 }).map((parts) => parts.join(''))
  const samples = fc.sample(fc.array(value, { maxLength: 8 }), 150)
  const documents = await Promise.all(
    samples.map((values) => signDocument(documentOf(values), signer, { signingTime })),
  )
  const refused = samples.filter((_, i) => !verify(documents[i]!.bytes).valid)
  t.same(refused, [])
  await t.resolves(xmlsec(documents.map(({ bytes }) => bytes)))
})

const skip = existsSync(join(examples, 'XAdES01903v132.xsd')) ? false : 'the ETSI schema is not on this machine'
test('the qualifying properties satisfy the ETSI schema', { skip }, async (t) => {
  const dir = scratch()
  const local = (name: string): string => readFileSync(join(examples, name), 'utf8')
  const xades = local('XAdES01903v132.xsd').replace(
    /schemaLocation="[^"]*xmldsig-core-schema.xsd"/,
    'schemaLocation="dsig.xsd"',
  )
  writeFileSync(join(dir, 'xades.xsd'), xades)
  writeFileSync(join(dir, 'dsig.xsd'), local('xmldsig-core-schema.xsd'))
  const validate = (bytes: Buffer, part: RegExp, schema: string): Promise<unknown> => {
    writeFileSync(join(dir, 'part.xml'), part.exec(bytes.toString())?.[0] ?? '')
    return run('xmllint', ['--nonet', '--noout', '--schema', join(dir, schema), join(dir, 'part.xml')])
  }
  const properties = /<xades:QualifyingProperties.*<\/xades:QualifyingProperties>/s
  await t.resolves(validate(signed.bytes, properties, 'xades.xsd'))
  await t.resolves(validate(signed.bytes, /<ds:Signature .*<\/ds:Signature>/s, 'dsig.xsd'))
  const wrong = changed(/<xades:SigningTime>[^<]*/, '<xades:SigningTime>soon')
  await t.rejects(validate(wrong, properties, 'xades.xsd'))
})
