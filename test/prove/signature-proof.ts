import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Signer } from '../../gateway/contract/signer.ts'
import { writeDocument } from '../../gateway/ivi/write-document.ts'
import { sampleBaseTree } from '../../gateway/sandbox/samples/base-vehicle.ts'
import { signDocument } from '../../gateway/signature/sign-document.ts'
import { verifyDocument } from '../../gateway/signature/verify-document.ts'
import { verifyOwnSignature } from '../../gateway/signature/verify-own-signature.ts'
import type { Vin } from '../../gateway/contract/index.ts'
import type { Opinion } from './second-opinions.ts'
import { respell } from './respell.ts'

export interface Proof {
  readonly documents: number
  /** Programs that found a good document bad; must be empty. */
  readonly refusedGood: readonly string[]
  /** Documents with one flipped bit, by the part it was flipped in. */
  readonly flipped: Readonly<Record<Part, number>>
  /** Programs that found a changed document good; must be empty. */
  readonly acceptedBad: readonly string[]
  /** Signature values that are not in canonical base64; must be 0. */
  readonly badBase64: number
  /** Documents whose signature value was given a second spelling, and how many of them each program took; the gateway must take none. */
  readonly respelled: { readonly documents: number; readonly takenBy: Readonly<Record<string, number>> }
}
export type Part = 'document' | 'SignedInfo' | 'SignedProperties' | 'certificate'

export const gateway: Opinion = (documents, roots) => {
  const trustAnchors = [readFileSync(roots)]
  return Promise.resolve(documents.map((bytes) => verifyDocument(bytes, { trustAnchors }).valid))
}

/** U+0085 and U+2028 are left out: xmldom, under xml-crypto, takes them for line ends, as XML 1.1 does and XML 1.0 does not. */
const strange = ['&amp;', '&lt;', '&gt;', '"', "'", 'é', 'Ω', '字', '𝄞', ' ', '  ', '&#xD;', '\t', '\n', ']]&gt;']
const words = (): string => Array.from({ length: randomInt(12) }, () => strange[randomInt(strange.length)]).join('')

/** A document of real shape with a VIN of its own and values that are hard on canonicalisation. */
const documentOf = (serial: number): Buffer => {
  const vin = `EXZPRVE${String(serial).padStart(10, '0')}` as Vin
  const text = writeDocument(sampleBaseTree(vin)).toString()
  return Buffer.from(text.replace(/<Make>([^<]*)/g, (_, make: string) => `<Make>${make}${words()}`))
}

const signAll = async (signer: Signer, from: number, count: number, signingTime: Date): Promise<Buffer[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const document = documentOf(from + i)
      const { bytes } = await signDocument(document, signer, { signingTime })
      const [fault] = verifyOwnSignature(bytes, { document, signer, signingTime })
      if (fault) throw new Error(`our own check refuses document ${from + i}: ${fault.message}`)
      return bytes
    }),
  )

const patterns: Readonly<Record<Exclude<Part, 'document'>, RegExp>> = {
  SignedInfo: /<ds:SignedInfo .*<\/ds:SignedInfo>/s,
  SignedProperties: /<xades:SignedProperties .*<\/xades:SignedProperties>/s,
  certificate: /(?<=<ds:X509Certificate>)[^<]+/,
}
/** A prefix that is declared once more means the same under any name; canonicalisation leaves it out. */
const redundant = /xmlns:(?:ds|xades)=/g

const flipInside = (
  bytes: Buffer,
  start: number,
  end: number,
  taboo: readonly (readonly [number, number])[],
): Buffer => {
  const copy = Buffer.from(bytes)
  for (;;) {
    const at = start + randomInt(end - start)
    if (taboo.some(([from, to]) => at >= from && at < to)) continue
    copy[at] = (copy[at] ?? 0) ^ (1 << randomInt(8))
    return copy
  }
}

/** The document with one bit flipped in the part; a certificate's bit is one of its DER. */
export const flip = (bytes: Buffer, part: Part): Buffer => {
  const text = bytes.toString('latin1')
  if (part === 'document') return flipInside(bytes, 0, text.indexOf('<ds:Signature '), [])
  const found = patterns[part].exec(text)
  if (!found) throw new Error(`the document has no ${part}`)
  const [whole] = found
  const end = found.index + whole.length
  if (part !== 'certificate') {
    const taboo = [...text.matchAll(redundant)].map((m) => [m.index, m.index + m[0].length] as const)
    return flipInside(bytes, found.index, end, taboo)
  }
  const der = Buffer.from(whole, 'base64')
  const changed = flipInside(der, 0, der.length, []).toString('base64')
  return Buffer.concat([bytes.subarray(0, found.index), Buffer.from(changed), bytes.subarray(end)])
}

/** The changed place with what is around it. */
const whereFlipped = (before: Buffer = Buffer.alloc(0), after: Buffer = Buffer.alloc(0)): string => {
  const at = before.findIndex((byte, i) => byte !== after[i])
  return JSON.stringify(after.toString('latin1', Math.max(0, at - 40), at + 20))
}

const isCanonicalBase64 = (bytes: Buffer): boolean => {
  const value = /<ds:SignatureValue>([^<]*)</.exec(bytes.toString())?.[1] ?? ''
  return value !== '' && Buffer.from(value, 'base64').toString('base64') === value
}

/** All programs at once: some of them are processes of their own. */
const askAll = (
  opinions: Readonly<Record<string, Opinion>>,
  documents: readonly Buffer[],
  roots: string,
): Promise<(readonly [name: string, verdicts: readonly boolean[]])[]> =>
  Promise.all(Object.entries(opinions).map(async ([name, ask]) => [name, await ask(documents, roots)] as const))

/**
 * Signs `count` generated documents and has each verified by the gateway and all of `opinions`; then flips one bit in `flips`
 * documents for each part that a signature must protect, and spells as many signature values in another way. `roots` is the PEM
 * file of the signer's root.
 */
export const proveSignatures = async (options: {
  readonly signer: Signer
  readonly roots: string
  readonly count: number
  readonly flips: number
  readonly opinions: Readonly<Record<string, Opinion>>
  readonly progress?: (line: string) => void
}): Promise<Proof> => {
  const { signer, roots, count, flips, progress } = options
  const opinions = { gateway, ...options.opinions }
  const refusedGood: string[] = []
  const acceptedBad: string[] = []
  const flipped = { document: 0, SignedInfo: 0, SignedProperties: 0, certificate: 0 }
  const parts = Object.keys(flipped) as Part[]
  const takenBy = Object.fromEntries(Object.keys(opinions).map((name) => [name, 0]))
  let [badBase64, respelled] = [0, 0]
  const lot = Math.min(500, count)
  for (let from = 0; from < count; from += lot) {
    const documents = await signAll(signer, from, Math.min(lot, count - from), new Date())
    badBase64 += documents.filter((bytes) => !isCanonicalBase64(bytes)).length
    for (const [name, verdicts] of await askAll(opinions, documents, roots))
      verdicts.forEach((isGood, i) => {
        if (!isGood) refusedGood.push(`${name}: document ${from + i}`)
      })
    const share = Math.min(Math.ceil((flips * documents.length) / count), flips - respelled)
    const chosen = Array.from({ length: share }, (_, i) => documents[i % documents.length] ?? Buffer.alloc(0))
    const changed = parts.flatMap((part) => chosen.map((before) => ({ part, before, after: flip(before, part) })))
    for (const part of parts) flipped[part] += share
    const after = changed.map((one) => one.after)
    for (const [name, verdicts] of await askAll(opinions, after, roots))
      verdicts.forEach((isGood, i) => {
        const { part, before, after } = changed[i] ?? {}
        if (isGood) acceptedBad.push(`${name}: ${String(part)}, ${whereFlipped(before, after)}`)
      })
    for (const [name, verdicts] of await askAll(opinions, chosen.map(respell), roots))
      takenBy[name] = (takenBy[name] ?? 0) + verdicts.filter(Boolean).length
    respelled += share
    progress?.(`${from + documents.length} documents`)
  }
  return {
    documents: count,
    refusedGood,
    flipped,
    acceptedBad,
    badBase64,
    respelled: { documents: respelled, takenBy },
  }
}
