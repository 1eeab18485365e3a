import { createHash } from 'node:crypto'
import { ParseOption, XmlDocument, XmlError } from 'libxml2-wasm'
import type { XmlElement } from 'libxml2-wasm'
import { GatewayError } from '../../contract/errors.ts'
import { readCertificate } from '../certificate.ts'
import type { Certificate } from '../certificate.ts'
import { certificateDigests, faultOfSignature } from './signature-algorithms.ts'
import type { Canonical } from './signature-parts.ts'
import {
  attribute,
  broken,
  BrokenSignature,
  bytesOf,
  canonicalOf,
  childElements,
  named,
  only,
  propertiesOf,
  referenceOf,
  signatureOf,
} from './signature-parts.ts'
import { namespaces } from './xml-piece.ts'

const { xades } = namespaces

/** What a list's own signature is worth, before anybody asks who may sign it. */
export type ListSignature =
  | { readonly state: 'holds'; readonly signer: Certificate }
  | { readonly state: 'broken'; readonly why: string }
  | { readonly state: 'absent' }

const maxCertificates = 20

const withDocument = <T>(bytes: Buffer, work: (document: XmlDocument) => T): T => {
  const { XML_PARSE_NO_XXE, XML_PARSE_NONET, XML_PARSE_HUGE } = ParseOption
  const document = XmlDocument.fromBuffer(bytes, { option: XML_PARSE_NO_XXE | XML_PARSE_NONET | XML_PARSE_HUGE })
  try {
    return work(document)
  } finally {
    document.dispose()
  }
}

/** Canonicalising an element visits its whole document; what stands beside the signature does not change the result. */
const isolate = (document: XmlDocument, signature: XmlElement): void => {
  for (const element of childElements(document.root)) if (!element.isSameNode(signature)) element.remove()
}

const canonicalBytes = (element: XmlElement, canonical: Canonical): Buffer =>
  Buffer.from(element.canonicalizeToString(canonical))

/** The certificate in KeyInfo that the signed properties name (SigningCertificate, or V2 of it). */
const signerOf = (signature: XmlElement, properties: XmlElement): Certificate => {
  const signed = only(properties, 'SignedSignatureProperties', xades)
  const [first] = [...named(signed, 'SigningCertificateV2', xades), ...named(signed, 'SigningCertificate', xades)]
  const [cert] = first ? named(first, 'Cert', xades) : []
  if (!cert) return broken('it does not name the certificate it was made with')
  const digest = only(cert, 'CertDigest', xades)
  const hash = certificateDigests.get(attribute(only(digest, 'DigestMethod'), 'Algorithm'))
  if (hash === undefined) return broken('it names its certificate by a digest that is not accepted')
  const value = bytesOf(only(digest, 'DigestValue'))
  const carried = named(only(signature, 'KeyInfo'), 'X509Data').flatMap((data) => named(data, 'X509Certificate'))
  if (carried.length > maxCertificates) return broken(`it carries ${carried.length} certificates`)
  const der = carried.map(bytesOf).find((bytes) => createHash(hash).update(bytes).digest().equals(value))
  return der ? readCertificate(der) : broken('it does not carry the certificate that it names')
}

interface Checked {
  readonly signer: Certificate
  readonly hash: string
  readonly digest: Buffer
  readonly canonical: Canonical
}

/** Everything but the digest of the list itself. Undefined where there is no signature. */
const checkSignature = (document: XmlDocument): Checked | undefined => {
  const signature = signatureOf(document)
  if (!signature) return undefined
  const signedInfo = only(signature, 'SignedInfo')
  const references = named(signedInfo, 'Reference').map(referenceOf)
  const whole = references.filter(({ uri }) => uri === '')
  const properties = propertiesOf(signature)
  const id = attribute(properties, 'Id')
  const ofProperties = references.filter(({ uri }) => id !== '' && uri === `#${id}`)
  const [list] = whole
  const [own] = ofProperties
  if (!list?.isEnveloped || whole.length > 1) return broken('it does not cover the whole list')
  if (!own || own.isEnveloped || ofProperties.length > 1) return broken('it does not cover its own XAdES properties')
  if (references.length > 2) return broken('it covers something beside the list')
  isolate(document, signature)
  const digest = createHash(own.hash).update(canonicalBytes(properties, own.canonical)).digest()
  if (!digest.equals(own.digest)) return broken('its time or certificate was changed after signing')
  const signer = signerOf(signature, properties)
  const method = attribute(only(signedInfo, 'SignatureMethod'), 'Algorithm')
  const info = canonicalBytes(signedInfo, canonicalOf(only(signedInfo, 'CanonicalizationMethod')))
  const fault = faultOfSignature(method, signer.x509.publicKey, info, bytesOf(only(signature, 'SignatureValue')))
  if (fault !== undefined) return broken(fault)
  return { signer, hash: list.hash, digest: list.digest, canonical: list.canonical }
}

const wholeDigest = (document: XmlDocument, { hash, canonical }: Checked): Buffer => {
  signatureOf(document)?.remove()
  const digest = createHash(hash)
  const write = (part: Uint8Array): number => {
    digest.update(part)
    return part.length
  }
  document.canonicalize({ write, close: () => true }, canonical)
  return digest.digest()
}

/**
 * Checks the signature of a trusted list: enveloped XAdES baseline B over the whole list (TS 119 612, 5.7 and annex B) with
 * exclusive or inclusive C14N. `bytes` must have passed `readList`, which refuses DTDs, entities and other encodings. Who the
 * signer is, is for `judgeLists`. Throws nothing.
 */
export const checkListSignature = (bytes: Buffer): ListSignature => {
  try {
    const checked = withDocument(bytes, checkSignature)
    if (!checked) return { state: 'absent' }
    const digest = withDocument(bytes, (document) => wholeDigest(document, checked))
    if (!digest.equals(checked.digest)) return { state: 'broken', why: 'the list was changed after signing' }
    return { state: 'holds', signer: checked.signer }
  } catch (error) {
    const isTold = error instanceof BrokenSignature || error instanceof GatewayError || error instanceof XmlError
    if (!isTold) throw error
    return { state: 'broken', why: error.message.slice(0, 300) }
  }
}
