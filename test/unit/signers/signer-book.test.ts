import { test } from 'tap'
import { z } from 'zod'
import { GatewayError, type Signer } from '../../../gateway/contract/index.ts'
import type { DocumentFacts } from '../../../gateway/signers/document-facts.ts'
import { signerKinds } from '../../../gateway/signers/find-signer-kinds.ts'
import type { SignerProfile } from '../../../gateway/signers/profile.ts'
import { SignerBook } from '../../../gateway/signers/signer-book.ts'
import { defineSignerKind, type OpenSigner } from '../../../gateway/signers/signer-kind.ts'
import { readCertificates } from '../../../gateway/trust/certificate.ts'
import { sealChain } from '../../../gateway/signers/seal-chain.ts'
import { examplePki } from '../../support/pki.ts'

const facts: DocumentFacts = {
  ...{ market: 'EU', approval: 'e4*2018/858*00123*02', manufacturer: 'Example', representative: undefined, stage: 'C' },
  ...{ accessPoint: 'nl', environment: 'production', signatories: [] },
}

/** A book with a kind that only notes what happens to it. */
const bookOf = (profiles: SignerProfile[]) => {
  const log: string[] = []
  const state = { now: new Date('2026-11-22T12:00:00Z'), fails: 0, spent: new Set<Signer>() }
  const noted = defineSignerKind({
    kind: 'noted',
    schema: z.strictObject({ kind: z.literal('noted'), id: z.string() }),
    async open({ id }, { name }): Promise<OpenSigner> {
      log.push(`open ${name} ${id}`)
      if (state.fails-- > 0) throw new GatewayError({ kind: 'config', code: 'SIG-001', message: 'not there' })
      const signer: OpenSigner = {
        ...{ name, chain: [], sign: async (data: Buffer) => data },
        get isSpent(): boolean {
          return state.spent.has(signer)
        },
        close: async () => void log.push(`close ${name} ${id}`),
      }
      return signer
    },
  })
  const kinds = new Map([['noted', noted]])
  const options = { profiles, kinds, path: (file: string) => file, signal: new AbortController().signal }
  return { book: new SignerBook({ ...options, clock: () => state.now }), log, state }
}
const profile = (name: string, more: Partial<SignerProfile> = {}): SignerProfile => {
  return { name, key: { kind: 'noted', id: 'first' }, signs: {}, ...more }
}

test('a signer is opened at its first use, once, and closed at the end', async (t) => {
  const { book, log } = bookOf([
    profile('eu', { signs: { markets: ['EU'] } }),
    profile('uk', { signs: { markets: ['UK'] } }),
  ])
  const [a, b] = await Promise.all([book.signerFor(facts), book.signerFor(facts), book.named('eu')])
  t.equal(a, b)
  t.same(log, ['open eu first'])
  await book.signerFor({ ...facts, market: 'UK' })
  await book.close()
  await book.close()
  t.same(log, ['open eu first', 'open uk first', 'close eu first', 'close uk first'])
})

test('one that cannot be opened is tried again at its next use', async (t) => {
  const { book, log, state } = bookOf([profile('eu')])
  state.fails = 1
  await t.rejects(book.signerFor(facts), { code: 'SIG-001' })
  t.equal((await book.signerFor(facts)).name, 'eu')
  t.equal(log.length, 2)
})

test('one that is spent is closed and opened anew', async (t) => {
  const { book, log, state } = bookOf([profile('eu')])
  const first = await book.signerFor(facts)
  state.spent.add(first)
  const [again, too] = await Promise.all([book.signerFor(facts), book.signerFor(facts)])
  t.not(again, first)
  t.equal(again, too)
  t.same(log, ['open eu first', 'close eu first', 'open eu first'])
})

test('the next key takes over without a restart, and the one before is not closed under a signature', async (t) => {
  const next = { from: '2027-01-01T00:00:00Z', key: { kind: 'noted', id: 'second' } }
  const { book, log, state } = bookOf([profile('eu', { next })])
  await book.signerFor(facts)
  state.now = new Date('2027-01-01T00:00:00Z')
  await book.signerFor(facts)
  t.same(log, ['open eu first', 'open eu second'])
})

test('nobody is guessed', async (t) => {
  const { book } = bookOf([profile('one'), profile('two')])
  await t.rejects(book.signerFor(facts), { code: 'SIG-602', kind: 'config', message: /one, two/ })
  await t.rejects(book.named(), { code: 'CFG-009', hint: /one, two/ })
  await t.rejects(book.named('three'), { code: 'CFG-009' })
  const none = bookOf([profile('uk', { signs: { markets: ['UK'] } })]).book
  await t.rejects(none.signerFor(facts), { code: 'SIG-601', kind: 'config' })
  t.equal((await none.named()).name, 'uk', 'the only one is the one that is meant')
  const odd = bookOf([profile('odd', { key: { kind: 'abacus' } })]).book
  await t.rejects(odd.named(), { code: 'SIG-605', message: /abacus/ })
})

test('kinds are found by their folders; files sign as they stand in the configuration', async (t) => {
  t.ok(['csc', 'pem', 'pkcs12'].every((kind) => signerKinds.get(kind)?.kind === kind))
  const pki = await examplePki()
  const keys = [
    { kind: 'pem', key: 'signer.key', certificates: ['signer.chain.pem'] },
    { kind: 'pkcs12', file: 'signer.p12', passwordFile: 'signer.p12.password' },
  ]
  const profiles = keys.map((key): SignerProfile => ({ name: key.kind, key, signs: {} }))
  const { signal } = new AbortController()
  const book = new SignerBook({ profiles, path: pki.file, signal, clock: () => new Date() })
  const data = Buffer.from('x')
  const signatures = await Promise.all(keys.map(async ({ kind }) => (await book.named(kind)).sign(data)))
  t.same(signatures[0], signatures[1])
  const early = new SignerBook({ profiles, path: pki.file, signal, clock: () => new Date('2020-01-01') })
  await t.rejects(early.named('pem'), { code: 'SIG-007' }, 'valid at the time of the clock')
})

test('a certificate that ends is looked for anew', async (t) => {
  const pki = await examplePki()
  const state = { now: new Date() }
  const options = { path: pki.file, signal: new AbortController().signal, clock: () => state.now }
  const key = { kind: 'pem', key: 'signer.key', certificates: ['signer.chain.pem'] }
  const book = new SignerBook({ ...options, profiles: [{ name: 'eu', key, signs: {} }] })
  t.equal(await book.signerFor(facts), await book.signerFor(facts))
  state.now = new Date(Date.now() + 3 * 366 * 86_400_000)
  await t.rejects(book.signerFor(facts), { code: 'SIG-007', kind: 'config' }, 'nothing is signed with it any more')
})

test('a chain is the signer and its issuers in order, without the root; what cannot seal is refused', async (t) => {
  const pki = await examplePki()
  const all = [...readCertificates(pki.read('root.crt')), ...readCertificates(pki.read('signer.chain.pem')).reverse()]
  const leaf = readCertificates(pki.read('signer.crt'))[0]!
  const now = new Date()
  t.same(
    sealChain('s', all, leaf, now),
    readCertificates(pki.read('signer.chain.pem')).map((c) => c.der),
  )
  t.same(sealChain('s', [leaf], leaf, now), [leaf.der], 'as far as it is given')
  for (const [name, code] of [
    ['expired', 'SIG-007'],
    ['wrong-usage', 'SIG-009'],
  ] as const)
    t.throws(() => sealChain('s', [], readCertificates(pki.read(`${name}.crt`))[0]!, now), { code })
})
