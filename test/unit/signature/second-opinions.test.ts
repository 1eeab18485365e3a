// needs: xmlsec1
import { test } from 'tap'
import { javaVersion, startJavaOpinion } from '../../prove/java-opinion.ts'
import { flip, proveSignatures } from '../../prove/signature-proof.ts'
import { xmlCrypto, xmlsec } from '../../prove/second-opinions.ts'
import { xadesjs } from '../../prove/xades-opinion.ts'
import { pki, signed, signer } from './helpers.ts'

const roots = pki.file('root.crt')

const skip = javaVersion() === undefined ? 'needs a JDK' : false

test('thirty documents verify with four programs, and one flipped bit with none', async (t) => {
  const opinions = { xmlsec1: xmlsec, 'xml-crypto': xmlCrypto, xadesjs }
  const proof = await proveSignatures({ signer, roots, count: 30, flips: 6, opinions })
  t.same(proof, {
    documents: 30,
    refusedGood: [],
    flipped: { document: 6, SignedInfo: 6, SignedProperties: 6, certificate: 6 },
    acceptedBad: [],
    badBase64: 0,
    respelled: { documents: 6, takenBy: { gateway: 0, xmlsec1: 6, 'xml-crypto': 6, xadesjs: 6 } },
  })
})

test('the proof can fail: each program tells good from bad, and each untrusted root', async (t) => {
  const documents = [signed.bytes, flip(signed.bytes, 'document'), signed.bytes]
  for (const [name, ask] of Object.entries({ xmlsec, xmlCrypto, xadesjs })) {
    t.same(await ask(documents, roots), [true, false, true], name)
    t.same(await ask([signed.bytes], pki.file('other-root.crt')), [false], name)
  }
})

test("Java's own XML signature validation agrees", { skip }, async (t) => {
  const java = startJavaOpinion()
  t.teardown(() => java.end())
  const { ask } = java
  const proof = await proveSignatures({ signer, roots, count: 20, flips: 6, opinions: { java: ask } })
  t.match(proof, { refusedGood: [], acceptedBad: [], respelled: { takenBy: { gateway: 0, java: 6 } } })
  t.same(await ask([signed.bytes, flip(signed.bytes, 'document'), signed.bytes], roots), [true, false, true])
  t.same(await ask([signed.bytes], pki.file('other-root.crt')), [false])
})
