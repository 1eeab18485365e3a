// needs: xmlsec1
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'tap'
import { loadPemSigner } from '../../../gateway/signature/file-signer.ts'
import { raiseLevel } from '../../../gateway/signature/raise-level.ts'
import type { RaiseOptions } from '../../../gateway/signature/raise-level.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { gatherEvidence } from '../../../gateway/signature/signing-evidence.ts'
import { verifyDocument } from '../../../gateway/signature/verify-document.ts'
import { verifyOwnSignature } from '../../../gateway/signature/verify-own-signature.ts'
import { verifyWithRevocation } from '../../../gateway/signature/verify-with-revocation.ts'
import { readCertificate } from '../../../gateway/trust/certificate.ts'
import { makeRevocationService } from '../../../gateway/trust/revocation-service.ts'
import { makeTimeStampService } from '../../../gateway/trust/time-stamp-service.ts'
import { makeTrustFetch } from '../../../gateway/trust/trust-fetch.ts'
import { startTrustServices } from '../../fakes/tsa-ocsp.ts'
import { changed, documentOf, run, scratch } from './helpers.ts'

const services = await startTrustServices()
const { pki, misbehave, url } = services
const anchors = [readCertificate(pki.read('root.crt'))]
const fetch = makeTrustFetch({ timeoutMs: 3_000 })
const timeStamp = makeTimeStampService({ fetch, url: `${url}/tsa`, anchors })
const online = () => makeRevocationService({ fetch })
const offline = makeRevocationService({})
const signerNamed = (name: string) =>
  loadPemSigner({
    name,
    keyFile: pki.file(`${name}.key`),
    certificateFiles: [pki.file(`${name}.crt`), pki.file('issuing.crt')],
  })
const signer = await signerNamed('signer')
const document = documentOf(['WEXAMPLE000000001', 'Müller & Söhne <x>'])
const signingTime = new Date()
const { bytes } = await signDocument(document, signer, { signingTime })
const raise = (level: 'T' | 'LT', more: Partial<RaiseOptions> = {}, from = bytes) =>
  raiseLevel(from, { level, anchors, timeStamp, revocation: online(), now: new Date(), ...more })
const trustAnchors = [pki.read('root.crt')]
const verify = (signed: Buffer, at?: Date) => verifyDocument(signed, { trustAnchors, ...(at ? { at } : {}) })
const inYears = (years: number): Date => new Date(Date.now() + years * 365 * 86_400_000)
const [t1, lt] = [(await raise('T')).bytes, (await raise('LT')).bytes]
const withoutUnsigned = (signed: Buffer): string =>
  signed.toString().replace(/<xades:UnsignedProperties>.*<\/xades:UnsignedProperties>/s, '')

test('level T has a trusted time, level LT everything for both paths; the signed bytes stay', async (t) => {
  t.match(verify(bytes), { valid: true, level: 'XAdES-B', timeStamp: undefined, findings: [] })
  const stamped = { authority: /Test tsa/, trust: 'trusted' }
  t.match(verify(t1), { valid: true, level: 'XAdES-T', timeStamp: stamped, revocation: undefined, findings: [] })
  t.match(verify(lt), {
    valid: true,
    level: 'XAdES-LT',
    timeStamp: stamped,
    revocation: { status: 'good' },
    findings: [],
  })
  t.equal(withoutUnsigned(t1), bytes.toString())
  t.equal(withoutUnsigned(lt), bytes.toString())
  t.same((await raise('LT', {}, lt)).bytes, lt, 'what has the level stays as it is')
  const raised = (await raise('LT', {}, t1)).bytes
  t.match(verify(raised), { level: 'XAdES-LT' }, 'from T to LT, under the same time stamp')
  const token = /<xades:EncapsulatedTimeStamp>[^<]+/.exec(t1.toString())?.[0] ?? 'none'
  t.ok(raised.includes(token))
})

test('xmlsec1 accepts all levels and the plain form, over the whole chain', async (t) => {
  const plain = await signDocument(document, signer, { signingTime, form: 'xmldsig' })
  const dir = scratch()
  for (const [i, signed] of [bytes, t1, lt, plain.bytes].entries()) {
    writeFileSync(join(dir, `${i}.xml`), signed)
    const args = [
      '--verify',
      '--enabled-key-data',
      'x509',
      '--trusted-pem',
      pki.file('root.crt'),
      join(dir, `${i}.xml`),
    ]
    await t.resolves(run('xmlsec1', args))
  }
})

test('openssl accepts the time stamp over the canonical signature value', async (t) => {
  const dir = scratch()
  const value = /<ds:SignatureValue>[^<]*<\/ds:SignatureValue>/.exec(t1.toString())?.[0] ?? ''
  const canonical = value.replace('>', ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')
  writeFileSync(join(dir, 'data'), canonical)
  const token = /<xades:EncapsulatedTimeStamp>([^<]+)/.exec(t1.toString())?.[1] ?? ''
  writeFileSync(join(dir, 'token'), Buffer.from(token, 'base64'))
  const by = ['-CAfile', pki.file('root.crt'), '-untrusted', pki.file('issuing.crt')]
  await t.resolves(
    run('openssl', ['ts', '-verify', '-token_in', '-in', join(dir, 'token'), '-data', join(dir, 'data'), ...by]),
  )
})

test('a time stamp outlives the seal, level LT without asking anybody', async (t) => {
  t.match(verify(bytes, inYears(3)).findings, [{ code: 'TRU-101' }])
  t.match(verify(t1, inYears(3)), { valid: true, level: 'XAdES-T' })
  t.match(await verifyWithRevocation(t1, { trustAnchors, revocation: offline, at: inYears(3) }), {
    valid: true,
    revocation: { status: 'unknown' },
    findings: [{ code: 'TRU-121', severity: 'warning' }],
  })
  const old = { trustAnchors, revocation: offline, at: inYears(10) }
  t.match(await verifyWithRevocation(lt, old), {
    valid: true,
    level: 'XAdES-LT',
    revocation: { status: 'good' },
    findings: [],
  })
  t.match(verify(lt, inYears(12)).findings, [{ code: 'TRU-101' }, { code: 'TRU-135' }], 'until the TSA expires')
})

test('revocation asked for: good, revoked and unknown', async (t) => {
  const ask = async (name: string, unknownIs?: 'error') => {
    const signed = await signDocument(document, await signerNamed(name), { signingTime })
    return verifyWithRevocation(signed.bytes, {
      trustAnchors,
      revocation: online(),
      ...(unknownIs ? { unknownIs } : {}),
    })
  }
  t.match(await ask('signer'), { valid: true, revocation: { status: 'good' }, findings: [] })
  t.match(await ask('revoked'), {
    valid: false,
    trust: 'trusted',
    revocation: { status: 'revoked', detail: /keyCompromise; OCSP/ },
    findings: [{ code: 'TRU-120', severity: 'error' }],
  })
  t.match(await ask('silent'), {
    valid: true,
    revocation: { status: 'unknown', detail: /names neither/ },
    findings: [],
  })
  t.match(await ask('silent', 'error'), { valid: false, findings: [{ code: 'TRU-121', severity: 'error' }] })
  t.match(await verifyWithRevocation(Buffer.from('x'), { trustAnchors, revocation: online() }), { valid: false })
  const before = services.asked.length
  const stranger = { trustAnchors: [pki.read('tsa-other.crt')], revocation: online() }
  t.match(await verifyWithRevocation(bytes, stranger), { trust: 'untrusted', valid: false })
  t.equal(services.asked.length, before, 'an untrusted certificate sends us nowhere')
})

test('what was kept at signing raises the level when nobody answers any more', async (t) => {
  t.teardown(() => misbehave.clear())
  const evidence = await gatherEvidence(signer, { anchors, revocation: online(), now: new Date() })
  const stored = JSON.parse(JSON.stringify(evidence)) as typeof evidence
  misbehave.set('/ocsp', 'error').set('/root.crl', 'error')
  await t.rejects(raise('LT', { timeStamp: { stamp: (...a) => timeStamp.stamp(...a) } }), {
    code: 'SIG-304',
    kind: 'operational',
  })
  t.match(await raise('LT', { evidence: stored }), { level: 'XAdES-LT' })
})

test('what cannot be raised is said', async (t) => {
  t.teardown(() => misbehave.clear())
  const plain = await signDocument(document, signer, { signingTime, form: 'xmldsig' })
  await t.rejects(raise('T', {}, plain.bytes), { code: 'SIG-301' })
  await t.rejects(raise('T', {}, Buffer.from('x')), { code: 'SIG-301' })
  await t.rejects(raise('T', {}, changed('WEXAMPLE000000001', 'W', bytes)), { code: 'SIG-302' })
  await t.rejects(raise('T', { anchors: [readCertificate(pki.read('tsa-other.crt'))] }), { code: 'SIG-302' })
  const revoked = await signDocument(document, await signerNamed('revoked'), { signingTime })
  await t.rejects(raise('LT', {}, revoked.bytes), { code: 'SIG-303', message: /keyCompromise/ })
  const silent = await signDocument(document, await signerNamed('silent'), { signingTime })
  await t.rejects(raise('LT', {}, silent.bytes), { code: 'SIG-304', message: /names neither/ })
  misbehave.set('/tsa', 'error')
  await t.rejects(raise('T'), { code: 'TRU-140' })
})

test('a revoked authority spoils its time stamps, unless the reason is harmless', async (t) => {
  const verdict = () => verifyWithRevocation(t1, { trustAnchors, revocation: online() })
  t.match(await verdict(), { valid: true, findings: [] })
  // Revocation counts whole seconds: within the second of the time stamp it would come before it.
  await setTimeout(1100)
  await pki.revoke('tsa', 'keyCompromise')
  t.match(await verdict(), { valid: false, findings: [{ code: 'TRU-138' }] })
  const index = readFileSync(pki.file('issuing.index'), 'utf8')
  const superseded = index.replace(/,keyCompromise(?=[^\n]*Test tsa\n)/, ',superseded')
  t.not(superseded, index)
  writeFileSync(pki.file('issuing.index'), superseded)
  await pki.writeCrl('issuing')
  t.match(await verdict(), { valid: true, findings: [] })
})

test('the plain form is that of the specimens, checked byte by byte like the other', async (t) => {
  const plain = await signDocument(document, signer, { signingTime, form: 'xmldsig' })
  const text = plain.bytes.toString()
  t.equal(text.match(/<ds:Reference /g)?.length, 1)
  t.match(
    text,
    /<ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="[^"]*#enveloped-signature"><\/ds:Transform><\/ds:Transforms>/,
  )
  t.notMatch(text, /xades|ds:Object| Id=/)
  t.match(verify(plain.bytes), { valid: true, level: 'XMLDSig', trust: 'trusted', findings: [] })
  const made = { document, signer, signingTime, form: 'xmldsig' } as const
  t.same(verifyOwnSignature(plain.bytes, made), [])
  t.match(verifyOwnSignature(bytes, made), [{ code: 'SIG-150' }], 'the other form')
  const copy = Buffer.from(plain.bytes)
  const passed: number[] = []
  for (let at = 0; at < copy.length; at += 3) {
    copy[at] = copy[at]! ^ 1
    if (verifyOwnSignature(copy, made).length === 0) passed.push(at)
    copy[at] = copy[at]! ^ 1
  }
  t.same(passed, [])
})

test('SHA-1 is refused, and let pass with a warning only where it is asked for', async (t) => {
  const dir = scratch()
  const sha1 = changed(
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    bytes,
  )
  writeFileSync(join(dir, 'in.xml'), sha1)
  await run('xmlsec1', [
    '--sign',
    '--privkey-pem',
    pki.file('signer.key'),
    '--output',
    join(dir, 'out.xml'),
    join(dir, 'in.xml'),
  ])
  const old = readFileSync(join(dir, 'out.xml'))
  t.match(verify(old), { valid: false, findings: [{ code: 'SIG-121' }] })
  t.match(verifyDocument(old, { trustAnchors, legacySha1: true }), {
    valid: true,
    findings: [{ code: 'SIG-127', severity: 'warning' }],
  })
  const broken = changed('WEXAMPLE000000001', 'W', old)
  t.match(verifyDocument(broken, { trustAnchors, legacySha1: true }), { valid: false })
})

const shared = fileURLToPath(new URL('../../../../shared/ivi/', import.meta.url))
const skip = existsSync(join(shared, 'XAdES01903v132.xsd')) ? false : 'the ETSI schema is not on this machine'
test('the properties of every level satisfy the ETSI schema', { skip }, async (t) => {
  const dir = scratch()
  const local = (name: string): string => readFileSync(join(shared, name), 'utf8')
  const xades = local('XAdES01903v132.xsd').replace(
    /schemaLocation="[^"]*xmldsig-core-schema.xsd"/,
    'schemaLocation="dsig.xsd"',
  )
  writeFileSync(join(dir, 'xades.xsd'), xades)
  writeFileSync(join(dir, 'dsig.xsd'), local('xmldsig-core-schema.xsd'))
  for (const signed of [bytes, t1, lt]) {
    const part = /<xades:QualifyingProperties.*<\/xades:QualifyingProperties>/s.exec(signed.toString())?.[0] ?? ''
    const own = part.replace('<xades:QualifyingProperties', '$& xmlns:ds="http://www.w3.org/2000/09/xmldsig#"')
    writeFileSync(join(dir, 'part.xml'), own)
    await t.resolves(run('xmllint', ['--nonet', '--noout', '--schema', join(dir, 'xades.xsd'), join(dir, 'part.xml')]))
  }
})

test('the services are closed', async () => services.close())
