// needs: xmlsec1
import { test } from 'tap'
import { flip, proveSignatures } from '../../prove/signature-proof.ts'
import { xmlCrypto, xmlsec } from '../../prove/second-opinions.ts'
import { pki, signed, signer } from './helpers.ts'

const roots = pki.file('root.crt')

test('fifty documents verify with three programs, and one flipped bit with none', async (t) => {
  const proof = await proveSignatures({ signer, roots, count: 50, flips: 8 })
  t.same(proof, {
    documents: 50,
    refusedGood: [],
    flipped: { document: 8, SignedInfo: 8, SignedProperties: 8, certificate: 8 },
    acceptedBad: [],
    badBase64: 0,
  })
})

test('the proof can fail: each program tells good from bad, and each untrusted root', async (t) => {
  const documents = [signed.bytes, flip(signed.bytes, 'document'), signed.bytes]
  t.same(await xmlsec(documents, roots), [true, false, true])
  t.same(await xmlCrypto(documents, roots), [true, false, true])
  t.same(await xmlsec([signed.bytes], pki.file('other-root.crt')), [false])
  t.same(await xmlCrypto([signed.bytes], pki.file('other-root.crt')), [false])
})
