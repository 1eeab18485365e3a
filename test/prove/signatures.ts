// npm run prove:signatures [-- --count N] [--flips N] [--softhsm | --key FILE --roots FILE] [--with xmlsec1,xml-crypto,xadesjs,java]
//
// Signs generated documents and has all of them verified by programs that share no code with the gateway; flips bits in them.
// Without --with it asks xmlsec1, xml-crypto, xadesjs and, where a JDK is at hand, Java's own XML signature validation.
// The example PKI's seal signs: from its file, or with --softhsm on a token made for this. With --key it is any kind of signer: FILE
// is JSON with what stands under `key:` of a signer in gateway.yaml, and --roots the PEM file of its root.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { signerKey, signerKinds } from '../../gateway/signers/find-signer-kinds.ts'
import { openPkcs11Signer } from '../../gateway/signers/pkcs11/pkcs11-signer.ts'
import type { OpenSigner } from '../../gateway/signers/signer-kind.ts'
import { examplePki } from '../support/pki.ts'
import { makeSealToken, settingsFor } from '../support/soft-token.ts'
import { javaVersion, startJavaOpinion } from './java-opinion.ts'
import { type Opinion, xmlCrypto, xmlsec } from './second-opinions.ts'
import { proveSignatures } from './signature-proof.ts'
import { xadesjs } from './xades-opinion.ts'

const string = { type: 'string' } as const
const { values } = parseArgs({
  options: { count: string, flips: string, key: string, roots: string, softhsm: { type: 'boolean' }, with: string },
})
const pki = await examplePki()

const abort = new AbortController()
/** Of the token made for this; it goes when the proof is over. */
let tokenFolder: string | undefined

const openSigner = async (): Promise<OpenSigner> => {
  if (values.softhsm) {
    tokenFolder = mkdtempSync(join(tmpdir(), 'ecoc-prove-token-'))
    return openPkcs11Signer(await settingsFor(await makeSealToken(tokenFolder)), abort.signal)
  }
  const pem = { kind: 'pem', key: pki.file('signer.key'), certificates: [pki.file('signer.chain.pem')] }
  const key = signerKey.parse(values.key === undefined ? pem : JSON.parse(readFileSync(values.key, 'utf8')))
  const kind = signerKinds.get(key.kind)
  if (!kind) throw new Error(`there is no kind of signer "${key.kind}"`)
  const context = {
    name: 'proof',
    path: (file: string) => resolve(file),
    signal: abort.signal,
    clock: () => new Date(),
  }
  return kind.open(key, context)
}

const java = javaVersion() === undefined ? undefined : startJavaOpinion()
const known: Readonly<Record<string, Opinion>> = {
  xmlsec1: xmlsec,
  'xml-crypto': xmlCrypto,
  xadesjs,
  ...(java ? { java: java.ask } : {}),
}
const names = values.with?.split(',') ?? Object.keys(known)
const opinions = Object.fromEntries(
  names.map((name) => {
    const ask = known[name]
    if (!ask) throw new Error(`there is no "${name}" here, but ${Object.keys(known).join(', ')}`)
    return [name, ask]
  }),
)

const signer = await openSigner()
const begun = performance.now()
const proof = await proveSignatures({
  signer,
  roots: values.roots ?? pki.file('root.crt'),
  count: Number(values.count ?? 10_000),
  flips: Number(values.flips ?? 400),
  opinions,
  progress: (line) => process.stderr.write(`${line}\r`),
})
const { respelled } = proof
const isProved =
  proof.refusedGood.length === 0 &&
  proof.acceptedBad.length === 0 &&
  proof.badBase64 === 0 &&
  respelled.takenBy.gateway === 0
const few = (list: readonly string[]): string =>
  list.length === 0 ? 'none' : `${list.length}: ${list.slice(0, 10).join('; ')}`
console.log(`${proof.documents} documents signed, each verified by the gateway, ${names.join(', ')}`)
console.log(`  good ones refused   ${few(proof.refusedGood)}`)
console.log(
  `  bits flipped        ${Object.entries(proof.flipped)
    .map(([part, n]) => `${n} in ${part}`)
    .join(', ')}`,
)
console.log(`  bad ones accepted   ${few(proof.acceptedBad)}`)
console.log(`  values not in canonical base64: ${proof.badBase64}`)
console.log(
  `  values in another spelling: ${respelled.documents}, taken by ${Object.entries(respelled.takenBy)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ')}`,
)
console.log(`  ${isProved ? 'proved' : 'NOT proved'} in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
java?.end()
await signer.close?.()
if (tokenFolder !== undefined) rmSync(tokenFolder, { recursive: true, force: true })
process.exit(isProved ? 0 : 1)
