import { sign as cryptoSign, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { test } from 'tap'
import type { Signer } from '../../../gateway/contract/signer.ts'
import { signDocument } from '../../../gateway/signature/sign-document.ts'
import { verifyOwnSignature } from '../../../gateway/signature/verify-own-signature.ts'
import { changed, documentOf, pki, signer, signerOf, signingTime, verify } from './helpers.ts'

const document = documentOf(['WEXAMPLE000000001', 'Müller & Söhne <x>'])
const { bytes } = await signDocument(document, signer, { signingTime })
const check = (signed: Buffer, made: Partial<Parameters<typeof verifyOwnSignature>[1]> = {}): string[] =>
  verifyOwnSignature(signed, { document, signer, signingTime, ...made }).map((finding) => finding.code)

test('what was just signed is found good, by both verifications', (t) => {
  t.same(check(bytes), [])
  t.ok(verify(bytes).valid)
  t.end()
})

test('any one changed byte is refused, wherever it stands', (t) => {
  const copy = Buffer.from(bytes)
  const passed: number[] = []
  for (let at = 0; at < copy.length; at++) {
    const was = copy[at]!
    for (const flip of [0x01, 0x20]) {
      copy[at] = was ^ flip
      if (check(copy).length === 0) passed.push(at)
    }
    copy[at] = was
  }
  t.same(passed, [])
  t.same(check(copy), [])
  t.end()
})

test('a byte more or less is refused, wherever it stands', (t) => {
  const passed: number[] = []
  for (let at = 0; at <= bytes.length; at += 7) {
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
    if (check(Buffer.concat([head, Buffer.from('\n'), tail])).length === 0) passed.push(at)
    if (at < bytes.length && check(Buffer.concat([head, tail.subarray(1)])).length === 0) passed.push(at)
  }
  t.same(passed, [])
  for (const length of [0, 1, document.length - 28, document.length, document.length + 50])
    t.not(check(bytes.subarray(0, length)).length, 0, `cut after ${length} bytes`)
  t.end()
})

test('each deviation has its code', async (t) => {
  const other = documentOf(['WEXAMPLE000000002', 'Müller & Söhne <x>'])
  t.same(check(bytes, { document: other }), ['SIG-130'], 'another document')
  t.same(check(changed('WEXAMPLE000000001', 'WEXAMPLE000000002', bytes)), ['SIG-130'], 'a changed document')
  t.same(check(bytes, { signingTime: new Date(signingTime.getTime() + 1000) }), ['SIG-150'], 'another time')
  t.same(check(bytes, { signer: await signerOf('chassis-signer') }), ['SIG-150'], 'another certificate')
  t.same(check(bytes, { signer: { ...signer, chain: signer.chain.slice(0, 1) } }), ['SIG-150'], 'a shorter chain')
  t.same(check(changed('SignatureValue>', 'SignatureValue> ', bytes)), ['SIG-132'], 'white space in the value')
  t.same(check(bytes, { signer: { ...signer, chain: [] } }), ['SIG-140'], 'no certificate')
  const another = (await signDocument(other, signer, { signingTime })).bytes
  const valueOf = (from: Buffer): string => /<ds:SignatureValue>([^<]+)/.exec(from.toString())![1]!
  t.same(check(changed(valueOf(bytes), valueOf(another), bytes)), ['SIG-132'], 'the value of another document')
})

test('a faulty token is found out before anything is sent', async (t) => {
  const key = createPrivateKey(pki.read('signer.key'))
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const faults: Record<string, Signer['sign']> = {
    'another key': async (data) => cryptoSign('sha256', data, privateKey),
    'another hash': async (data) => cryptoSign('sha512', data, key),
    'PSS padding': async (data) => cryptoSign('sha256', data, { key, padding: 6, saltLength: 32 }),
    'other data': async () => cryptoSign('sha256', Buffer.from('other'), key),
    'one bit flipped': async (data) => {
      const value = cryptoSign('sha256', data, key)
      value[100] = value[100]! ^ 1
      return value
    },
    'nothing at all': async () => Buffer.alloc(0),
    zeros: async () => Buffer.alloc(256),
  }
  for (const [name, sign] of Object.entries(faults)) {
    const faulty = { ...signer, sign }
    const { bytes: signed } = await signDocument(document, faulty, { signingTime })
    t.same(check(signed, { signer: faulty }), ['SIG-132'], name)
    t.notOk(verify(signed).valid, name)
  }
})

test('a document that no canonical writer made is refused, even where the bytes agree', (t) => {
  const wrap = (from: string, to: string): string[] => {
    const twist = (source: Buffer): Buffer => Buffer.from(source.toString().replace(from, to))
    return check(twist(bytes), { document: twist(document) })
  }
  t.same(wrap('<Type>T</Type>', '<Type>T<!-- c --></Type>'), ['SIG-130'])
  t.same(wrap('<Type>T</Type>', '<Type>T<?p?></Type>'), ['SIG-130'])
  t.same(wrap('<Type>T</Type>', '<Type/>'), ['SIG-130'])
  t.same(wrap('<Type>T</Type>', '<Type>U</Type>'), ['SIG-150'], 'agreeing bytes with the digest of others')
  t.end()
})

test('both verifications agree on whatever values a document holds', async (t) => {
  const value = fc.string({ unit: 'grapheme', maxLength: 40 })
  for (const values of fc.sample(fc.array(value, { maxLength: 6 }), 60)) {
    const source = documentOf(values)
    const { bytes: signed } = await signDocument(source, signer, { signingTime })
    if (check(signed, { document: source }).length > 0 || !verify(signed).valid) t.fail(JSON.stringify(values))
  }
  t.pass()
})
