import { X509Certificate } from 'node:crypto'
import { test } from 'tap'
import { chooseKey, type GivenCertificates } from '../../../gateway/signers/pkcs11/choose-key.ts'
import { findToken, pinObstacle } from '../../../gateway/signers/pkcs11/find-token.ts'
import type { KeyFacts, TokenContents, TokenFacts } from '../../../gateway/signers/pkcs11/messages.ts'
import { readCertificate } from '../../../gateway/trust/certificate.ts'
import { examplePki } from '../../support/pki.ts'

const pki = await examplePki()
const certificate = (name: string) => readCertificate(pki.read(`${name}.crt`))
const modulus = (name: string): string => {
  const { n } = new X509Certificate(pki.read(`${name}.crt`)).publicKey.export({ format: 'jwk' })
  return Buffer.from(n!, 'base64url').toString('hex')
}
const key = (name: string, more: Partial<KeyFacts> = {}): KeyFacts => ({
  handle: '01',
  label: name,
  id: '0a',
  type: 'rsa',
  modulus: modulus(name),
  maySign: true,
  alwaysAuthenticate: false,
  derived: false,
  ...more,
})
const contents = (keys: readonly KeyFacts[], mechanisms = { hashing: true, bare: true }): TokenContents => ({
  keys,
  certificates: [],
  mechanisms,
})
const given = (files: readonly string[], onToken: readonly (readonly [string, string])[] = []): GivenCertificates => ({
  fromFiles: files.map(certificate),
  fromToken: onToken.map(([name, id]) => ({ certificate: certificate(name), id })),
})
const now = new Date()

test('the key that has the name and can seal is chosen', async (t) => {
  const two = contents([key('signer'), key('chassis-signer', { id: '0B' })])
  const both = given(['signer', 'chassis-signer', 'issuing'])
  t.equal(chooseKey(two, both, { label: 'signer' }, now).leaf.sha256, certificate('signer').sha256)
  t.equal(chooseKey(two, both, { id: '0b' }, now).key.label, 'chassis-signer', 'ids in any case')
  t.throws(() => chooseKey(two, both, {}, now), { code: 'SIG-521' })
  t.equal(chooseKey(two, given(['signer']), {}, now).key.label, 'signer', 'the other one has no certificate')
  const same = contents([
    key('signer', { label: 'seal', type: 'ec', modulus: undefined }),
    key('signer', { label: 'seal' }),
  ])
  t.equal(chooseKey(same, both, { label: 'seal' }, now).key.type, 'rsa', 'one label, one that can')
})

test('what cannot seal is refused', async (t) => {
  const all = given(['signer', 'expired', 'wrong-usage'])
  const refused = (more: Partial<KeyFacts>, code: string): unknown =>
    t.throws(() => chooseKey(contents([key('signer', more)]), all, {}, now), { code })
  refused({ type: 'ec' }, 'SIG-522')
  refused({ type: 'other' }, 'SIG-522')
  refused({ maySign: false }, 'SIG-522')
  refused({ modulus: 'ff'.repeat(128) }, 'SIG-522')
  refused({ derived: true }, 'SIG-520')
  const choose = (name: string) => () => chooseKey(contents([key(name)]), all, {}, now)
  t.throws(choose('expired'), { code: 'SIG-007' })
  t.throws(choose('wrong-usage'), { code: 'SIG-009' })
  t.throws(choose('chassis-signer'), { code: 'SIG-524' })
  t.throws(() => chooseKey(contents([key('signer')]), all, {}, new Date('2100-01-01')), { code: 'SIG-007' })
  const unfit = contents([key('expired'), key('wrong-usage')])
  t.throws(() => chooseKey(unfit, all, {}, now), { code: 'SIG-522', message: /expired.*not for signing/ })
})

test('certificates belong to a key by its modulus, else by id', async (t) => {
  const silent = contents([key('signer', { modulus: undefined })])
  t.equal(chooseKey(silent, given([], [['signer', '0a']]), {}, now).leaf.subject, certificate('signer').subject)
  t.throws(() => chooseKey(silent, given([], [['signer', '0b']]), {}, now), { code: 'SIG-524' })
  const foreign = given([], [['chassis-signer', '0a']])
  t.throws(
    () => chooseKey(contents([key('signer')]), foreign, {}, now),
    { code: 'SIG-524' },
    'the id alone is not enough',
  )
})

test('the mechanism follows what the token can do', async (t) => {
  const choose = (mechanisms: { hashing: boolean; bare: boolean }) =>
    chooseKey(contents([key('signer')], mechanisms), given(['signer']), {}, now).mechanism
  t.equal(choose({ hashing: true, bare: true }), 'hashing')
  t.equal(choose({ hashing: false, bare: true }), 'bare')
  t.throws(() => choose({ hashing: false, bare: false }), { code: 'SIG-523' })
})

test('a token is found by label and serial', async (t) => {
  const token = (label: string, serial: string, flags = 0x408): TokenFacts => ({
    slot: serial,
    label,
    serial,
    manufacturer: '',
    model: '',
    flags,
  })
  const tokens = [token('ecoc', '1'), token('ecoc', '2'), token('other', '3')]
  t.equal(findToken(tokens, { label: 'other' }).serial, '3')
  t.equal(findToken(tokens, { label: 'ecoc', serial: '2' }).serial, '2')
  t.throws(() => findToken(tokens, { label: 'ecoc' }), { code: 'SIG-507' })
  t.throws(() => findToken(tokens, { label: 'other', serial: '2' }), { code: 'SIG-508', kind: 'operational' })
  t.throws(() => findToken([], { label: 'ecoc' }), { code: 'SIG-508', hint: /No slot holds a token/ })
  t.equal(pinObstacle(token('ecoc', '1')), undefined)
  t.equal(pinObstacle(token('ecoc', '1', 0x1_0408)), undefined, 'a low count is no obstacle, the final try is')
  const codes = [0x8, 0x400, 0x2_0408, 0x4_0408, 0x8_0408, 0x508].map((flags) => pinObstacle(token('ecoc', '1', flags)))
  t.match(
    codes,
    ['SIG-506', 'SIG-506', 'SIG-513', 'SIG-512', 'SIG-514', 'SIG-515'].map((code) => ({ code })),
  )
})
