// needs: xmlsec1
import { createPrivateKey, sign } from 'node:crypto'
import { test } from 'tap'
import type { Signer } from '../../../gateway/contract/signer.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { verifyDocument } from '../../../gateway/signature/verify-document.ts'
import { readCertificates } from '../../../gateway/trust/certificate.ts'
import {
  changed,
  codes,
  documentOf,
  pki,
  resigned,
  root,
  signed,
  signer,
  signerOf,
  signingTime,
  verify,
} from './helpers.ts'

const text = signed.bytes.toString()
const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(text)?.[0] ?? ''
const unsigned = text.replace(signature, '')
const exclusive = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>'
/** A plain XMLDSig signature, as the official specimens have it: ours without its properties. */
const plain = changed(/<ds:Reference Type=.*?<\/ds:Reference>/s, '', changed(/<ds:Object>.*<\/ds:Object>/s, ''))

/** A signer made of any key and chain, past the checks of the loader. */
const anySigner = (name: string, ...chain: string[]): Signer => {
  const key = createPrivateKey(pki.read(`${name}.key`))
  const certificates = chain.flatMap((file) => readCertificates(pki.read(file))).map(({ der }) => der)
  return { name, chain: certificates, sign: (data) => Promise.resolve(sign('sha256', data, key)) }
}
const signedBy = async (by: Signer): Promise<Buffer> =>
  (await signDocument(documentOf(['x']), by, { signingTime })).bytes

test('a change of what is signed is found, each with its code', (t) => {
  t.same(codes(changed('WEXAMPLE000000001', 'WEXAMPLE000000002')), ['SIG-130'])
  t.same(codes(changed('<Header>', '<Header> ')), ['SIG-130'], 'even white space')
  t.same(codes(changed('2026-11-22T10:00:00Z', '2026-11-22T10:00:01Z')), ['SIG-131'])
  t.same(codes(changed('text/xml', 'text/xhtml')), ['SIG-131'])
  t.same(codes(changed(/(<ds:SignatureValue>)..../, '<ds:SignatureValue>AAAA')), ['SIG-132'])
  const digest = /<ds:DigestValue>([^<]+)/.exec(text)?.[1] ?? ''
  t.same(codes(changed(digest, Buffer.alloc(32).toString('base64'))), ['SIG-132', 'SIG-130'])
  t.match(verify(changed('<Header>', '<Header> ')), { valid: false, trust: 'unknown' })
  t.end()
})

test('plain XMLDSig is accepted as such, with and without a canonicalisation among the transforms', async (t) => {
  t.match(verify(await resigned(plain)), {
    valid: true,
    level: 'XMLDSig',
    trust: 'trusted',
    signedAt: undefined,
    findings: [],
  })
  // No canonicalisation named: inclusive C14N, which prints the unused namespace that the exclusive one leaves out.
  const inclusive = changed(
    exclusive,
    '',
    changed('<InitialVehicleInformation', '<InitialVehicleInformation xmlns:u="urn:u"', plain),
  )
  t.match(verify(await resigned(inclusive)), { valid: true, level: 'XMLDSig' })
  t.same(codes(changed('xmlns:u="urn:u"', 'xmlns:u="urn:v"', await resigned(inclusive))), ['SIG-130'])
})

test('a foreign layout is accepted: declaration, comment before the root, indentation, another place and prefix', async (t) => {
  const indented = unsigned.replaceAll('><', '>\n\t<')
  const other = signature.replaceAll('ds:', 'sig:').replaceAll(':ds=', ':sig=').replaceAll('><', '>\r\n  <')
  const source = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n${indented.replace('<Header>', `${other}<Header>`)}\n`
  t.match(verify(await resigned(Buffer.from(source))), {
    valid: true,
    level: 'XAdES-B',
    trust: 'trusted',
    findings: [],
  })
})

test('a signature that is built otherwise is refused although it holds', async (t) => {
  const c14n = '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"'
  const rsa = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
  const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
  const xpath = `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not(ancestor-or-self::*[local-name()="Value0"])</ds:XPath></ds:Transform>`
  const prefixes = '<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="ds"/>'
  const cases: [string, Buffer][] = [
    ['SIG-102', changed(/^/, '<!DOCTYPE InitialVehicleInformation>')],
    ['SIG-103', changed('WEXAMPLE000', 'WEXAMPLE<!-- c -->000')],
    ['SIG-103', changed('<ds:SignatureValue>', '<!-- c --><ds:SignatureValue>')],
    ['SIG-104', changed('<Type>', '<?target data?><Type>')],
    ['SIG-105', changed('<Type>', `<Type Id="${/ Id="([^"]+)"/.exec(text)?.[1] ?? ''}">`, plain)],
    ['SIG-112', changed('</Header>', `${signature}</Header>`, changed(signature, ''))],
    [
      'SIG-120',
      changed(c14n, '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"'),
    ],
    [
      'SIG-120',
      changed(c14n, '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#WithComments"'),
    ],
    ['SIG-120', changed('></ds:CanonicalizationMethod>', `>${prefixes}</ds:CanonicalizationMethod>`)],
    ['SIG-121', changed(rsa, 'http://www.w3.org/2000/09/xmldsig#rsa-sha1')],
    ['SIG-121', changed(sha256, 'http://www.w3.org/2000/09/xmldsig#sha1', plain)],
    ['SIG-122', changed(rsa, 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512')],
    ['SIG-122', changed(sha256, 'http://www.w3.org/2001/04/xmlenc#sha512', plain)],
    ['SIG-123', changed(exclusive, xpath + exclusive)],
    ['SIG-123', changed(exclusive, exclusive + exclusive)],
    ['SIG-123', changed(exclusive, exclusive.replace('></', `>${prefixes}</`))],
    ['SIG-124', changed('URI=""', 'URI="#part"', changed('<Type>', '<Type Id="part">', plain))],
    ['SIG-124', changed(/Type="http:\/\/uri.etsi.org\/01903#SignedProperties" /, '')],
    ['SIG-125', changed(/<ds:Reference Type=.*?<\/ds:Reference>/s, '')],
    ['SIG-125', changed(/ Target="#[^"]*"/, ' Target="#other"')],
    ['SIG-140', changed(/<ds:KeyInfo>.*<\/ds:KeyInfo>/s, '')],
    ['SIG-113', changed('</ds:Object>', '</ds:Object><ds:Object>more</ds:Object>')],
    ['SIG-113', changed('</xades:QualifyingProperties>', '</xades:QualifyingProperties><more></more>')],
    [
      'SIG-141',
      changed(
        /(<xades:CertDigest>.*?<ds:DigestValue [^>]*>)[^<]+/s,
        `${/<xades:CertDigest>.*?<ds:DigestValue [^>]*>/s.exec(text)?.[0] ?? ''}${Buffer.alloc(32).toString('base64')}`,
      ),
    ],
    ['SIG-113', changed('2026-11-22T10:00:00Z', 'soon')],
    ['SIG-141', changed(/<xades:IssuerSerialV2>[^<]+/, '<xades:IssuerSerialV2>MAA=')],
    ['SIG-141', changed(/<xades:SigningCertificateV2>.*<\/xades:SigningCertificateV2>/s, '')],
  ]
  for (const [code, source] of cases) {
    const bytes = await resigned(source).catch(() => source) // xmlsec1 itself refuses some of them
    t.same(codes(bytes), [code], source.toString().slice(0, 60))
    t.equal(verify(bytes).valid, false)
  }
})

test('signature wrapping is refused: copies, envelopes, none', (t) => {
  const forged = unsigned.replace('WEXAMPLE000000001', 'WEXAMPLE000000009')
  const inside = (root: string, content: string): Buffer =>
    Buffer.from(root.replace(/<\/InitialVehicleInformation>$/, `${content}$&`))
  t.same(codes(Buffer.from(unsigned)), ['SIG-110'])
  t.same(codes(inside(forged, text)), ['SIG-112'], 'the signed document inside a forged one')
  t.same(codes(inside(forged, signature)), ['SIG-130'], 'the signature moved to a forged document')
  t.same(codes(inside(text, signature)), ['SIG-105'], 'the signature twice')
  t.same(codes(inside(text, signature.replaceAll('ecoc-', 'other-'))), ['SIG-111'], 'a second signature')
  const original = `<ds:Object>${text}</ds:Object></ds:Signature>`
  t.notSame(
    codes(inside(forged, signature.replace(/<\/ds:Signature>$/, original))),
    [],
    'the original inside the signature',
  )
  t.end()
})

test('what is no XML, too big, or broken inside is a finding and never an exception', (t) => {
  t.same(codes(Buffer.from('')), ['SIG-101'])
  t.same(codes(Buffer.from('<a><b></a>')), ['SIG-101'])
  t.same(codes(Buffer.from([0, 255, 254, 1])), ['SIG-101'])
  t.same(codes(Buffer.alloc(11 * 1024 * 1024, 'a')), ['SIG-101'])
  t.same(codes(changed(/<ds:X509Certificate>MIIE|<ds:X509Certificate>..../, '<ds:X509Certificate>AAAA')), ['SIG-142'])
  t.same(codes(changed(/<ds:SignatureValue>./, '<ds:SignatureValue>*')), ['SIG-114'])
  t.same(codes(changed('<ds:SignatureMethod ', '<ds:Other ', changed('</ds:SignatureMethod>', '</ds:Other>'))), [
    'SIG-113',
  ])
  t.end()
})

test('any single changed byte of a signed document is refused', (t) => {
  // The prefix of a declaration that repeats one further out: another name there means the same, and is not signed.
  const redundant = new Set<number>()
  for (const { index } of text.matchAll(/xmlns:(?:ds|xades)=/g)) {
    const start = Buffer.byteLength(text.slice(0, index))
    for (let at = start; at < start + 'xmlns:xades'.length; at++) redundant.add(at)
  }
  const unnoticed: string[] = []
  for (let at = 0; at < signed.bytes.length; at += 5) {
    if (redundant.has(at)) continue
    const bytes = Buffer.from(signed.bytes)
    bytes[at] = bytes[at]! ^ 0x01
    if (verify(bytes).valid) unnoticed.push(`${at}: ${signed.bytes.subarray(at - 20, at + 20).toString()}`)
  }
  t.same(unnoticed, [])
  t.end()
})

test('a certificate of somebody else does not pass for the signer', async (t) => {
  t.same(codes(await signedBy(anySigner('chassis-signer', 'signer.chain.pem'))), ['SIG-132'])
  const foreign = pki
    .read('chassis-signer.crt')
    .toString()
    .replace(/-----[^-]+-----|\s/g, '')
  const swap = (source: Buffer): Buffer =>
    changed(/<ds:X509Certificate>[^<]+/, `<ds:X509Certificate>${foreign}`, source)
  t.same(codes(swap(signed.bytes)), ['SIG-141'])
  t.same(codes(swap(await resigned(plain))), ['SIG-132'])
})

test('who signed must be trusted, valid at the time, and allowed to sign', async (t) => {
  const chassis = await signedBy(await signerOf('chassis-signer'))
  t.match(verify(chassis), { valid: true, trust: 'trusted', signer: /Example Chassis/ })
  const expired = await signedBy(await signerOf('expired', new Date('2023-06-01')))
  t.match(verify(expired), { valid: false, trust: 'untrusted', findings: [{ code: 'TRU-101' }] })
  const server = await signedBy(anySigner('wrong-usage', 'wrong-usage.chain.pem'))
  t.match(verify(server), { valid: false, trust: 'untrusted', findings: [{ code: 'TRU-103' }] })
  t.same(codes(await signedBy(await signerOf('other-signer'))), ['TRU-104'])
  t.same(codes(await signedBy(anySigner('other-signer', 'other-signer.crt', 'other-root.crt'))), ['TRU-105'])
  t.same(codes(await signedBy(anySigner('signer', 'signer.crt'))), ['TRU-104'], 'the issuing CA is missing')
  const at = new Date('2040-01-01')
  t.same(verifyDocument(signed.bytes, { trustAnchors: [root], at }).findings[0]?.code, 'TRU-101')
})

test('without anchors the signature is judged and trust stays open; PEM bundles and DER are anchors', (t) => {
  t.match(verifyDocument(signed.bytes, { trustAnchors: [] }), {
    valid: true,
    trust: 'unknown',
    findings: [{ code: 'TRU-100', severity: 'warning' }],
  })
  const bundle = Buffer.concat([pki.read('other-root.crt'), root])
  const der = readCertificates(root)[0]!.der
  t.equal(verifyDocument(signed.bytes, { trustAnchors: [bundle] }).trust, 'trusted')
  t.equal(verifyDocument(signed.bytes, { trustAnchors: [der] }).trust, 'trusted')
  t.equal(verifyDocument(signed.bytes, { trustAnchors: [pki.read('other-root.crt')] }).trust, 'untrusted')
  t.throws(() => verifyDocument(signed.bytes, { trustAnchors: [Buffer.from('x')] }), { code: 'TRU-002' })
  t.end()
})

test('thousands of verifications do not grow the memory', (t) => {
  const bad = changed('<Header>', '<Header> ')
  const rounds = (count: number): number => {
    for (let i = 0; i < count; i++) {
      verify(i % 2 ? signed.bytes : bad)
      codes(Buffer.from('<a>'))
    }
    return process.memoryUsage().rss
  }
  const before = rounds(300)
  t.ok(rounds(1500) - before < 60 * 1024 * 1024)
  t.equal(signer.chain.length, 2)
  t.end()
})
