import { XmlC14NMode, XmlElement, XmlXPath } from 'libxml2-wasm'
import type { XmlDocument } from 'libxml2-wasm'
import { readCertificate } from '../trust/certificate.ts'
import type { Certificate } from '../trust/certificate.ts'
import { algorithm, namespace } from './algorithms.ts'
import { readReferences } from './read-references.ts'
import type { AcceptedHash, DigestedReference, Leniency } from './read-references.ts'
import { readSignedProperties } from './read-signed-properties.ts'
import type { SignedProperties } from './read-signed-properties.ts'
import { noUnsignedProperties, readUnsignedProperties } from './read-unsigned-properties.ts'
import type { UnsignedProperties } from './read-unsigned-properties.ts'
import { attribute, base64, child, childElements, optionalChild, refuse } from './strict-xml.ts'

/** A signature taken apart; nothing of it is verified yet. */
export interface SignatureParts {
  /** Canonical SignedInfo: what the key signed. */
  readonly signedInfo: Buffer
  readonly value: Buffer
  readonly hash: AcceptedHash
  /** In the order of KeyInfo, at least one. */
  readonly certificates: readonly [Certificate, ...Certificate[]]
  readonly documentReference: DigestedReference
  /** Undefined for a plain XMLDSig signature. */
  readonly properties: CoveredProperties | undefined
  /** What was added after signing. */
  readonly unsigned: UnsignedProperties
}

/** The XAdES properties in canonical form and the reference that covers them. */
export interface CoveredProperties extends SignedProperties {
  readonly canonical: Buffer
  readonly reference: DigestedReference
}

/** More certificates than any chain has; a bound for what has to be parsed. */
const maxCertificates = 20
const rootChildren = XmlXPath.compile('/*/*')
const signatures = XmlXPath.compile('//ds:Signature', { ds: namespace.ds })

const notOf = (...uris: readonly string[]): string => uris.map((uri) => `namespace-uri() != "${uri}"`).join(' and ')
const { ds, xades, xades141, dsig11 } = namespace
/** What lies inside a signature though nothing signs it, where readers might take it for the document or its properties. */
const foreign = XmlXPath.compile(
  `//ds:Signature//*[${notOf(ds, xades, xades141, dsig11)}] | //ds:KeyInfo//*[${notOf(ds, dsig11)}]` +
    ' | //xades:UnsignedProperties//xades:SignedProperties',
  { ds, xades },
)

/** The only signature of the document, which must be a child of its root. */
export const findSignature = (doc: XmlDocument): XmlElement => {
  const found = doc.find(signatures).filter((node) => node instanceof XmlElement)
  const [signature] = found
  if (!signature) return refuse('SIG-110', 'The document is not signed.')
  if (found.length > 1) refuse('SIG-111', `The document has ${found.length} signatures, exactly one is allowed.`)
  if (!signature.parent?.isSameNode(doc.root)) refuse('SIG-112', 'The signature is no child of the root element.')
  return signature
}

/** A plant's documents carry the same few certificates; parsing is pure, so the result may be kept. */
const known = new Map<string, Certificate>()
const maxKnown = 100

const certificateOf = (element: XmlElement): Certificate => {
  const der = base64(element)
  const key = der.toString('latin1')
  const seen = known.get(key)
  if (seen) return seen
  try {
    const certificate = readCertificate(der)
    if (known.size >= maxKnown) known.clear()
    known.set(key, certificate)
    return certificate
  } catch {
    return refuse('SIG-142', 'A certificate in the signature cannot be read.')
  }
}

const readCertificates = (signature: XmlElement): [Certificate, ...Certificate[]] => {
  const keyInfo = optionalChild(signature, namespace.ds, 'KeyInfo')
  const elements = (keyInfo ? childElements(keyInfo) : [])
    .filter((element) => element.namespaceUri === namespace.ds && element.name === 'X509Data')
    .flatMap((data) => childElements(data))
    .filter((element) => element.namespaceUri === namespace.ds && element.name === 'X509Certificate')
  if (elements.length > maxCertificates) refuse('SIG-142', `The signature carries ${elements.length} certificates.`)
  const [first, ...rest] = elements.map(certificateOf)
  return first ? [first, ...rest] : refuse('SIG-140', "The signature does not carry its signer's certificate.")
}

/**
 * Takes away what stands beside the signature. Canonicalising an element visits every node of its document; its
 * result depends on its ancestors only (exclusive C14N), so the others may go, which makes it several times faster.
 */
const isolate = (doc: XmlDocument, signature: XmlElement): void => {
  for (const element of doc.find(rootChildren)) {
    if (!element.isSameNode(signature)) element.remove()
  }
}

/** The element in exclusive canonical form, as bytes. */
const canonical = (element: XmlElement): Buffer =>
  Buffer.from(element.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 }))

/**
 * Finds the one signature of a document and takes it apart, strictly: only what the profile knows is accepted.
 * Removes everything beside the signature from `doc`.
 * Refuses with `SIG-110` no signature, `SIG-111` several, `SIG-112` not a child of the root, `SIG-113` built wrongly,
 * `SIG-120` another canonicalisation, `SIG-121` SHA-1, `SIG-122` another algorithm, `SIG-123` other transforms,
 * `SIG-124` the document is not covered or something else is, `SIG-125` the signed properties are not covered,
 * `SIG-126` something inside the signature that belongs to no signature, `SIG-128` values added after signing that are built
 * wrongly, `SIG-140` no certificate, `SIG-142` a certificate that cannot be read.
 */
export const readSignature = (doc: XmlDocument, leniency: Leniency = { legacySha1: false }): SignatureParts => {
  const element = findSignature(doc)
  const signedInfo = child(element, namespace.ds, 'SignedInfo')
  const method = child(signedInfo, namespace.ds, 'CanonicalizationMethod')
  const isExclusive = attribute(method, 'Algorithm') === algorithm.exclusiveC14n
  if (!isExclusive || childElements(method).length > 0) {
    refuse('SIG-120', 'The signature is not canonicalised by exclusive C14N without comments and prefix lists.')
  }
  const references = readReferences(signedInfo, leniency)
  const properties = readSignedProperties(element)
  if (properties?.id !== references.propertiesId) {
    refuse('SIG-125', 'The XAdES properties of the signature are not what it signs.')
  }
  const [stranger] = doc.find(foreign)
  if (stranger instanceof XmlElement)
    refuse('SIG-126', `The element ${stranger.name} lies inside the signature, where nothing signs it.`)
  isolate(doc, element)
  const value = child(element, namespace.ds, 'SignatureValue')
  return {
    signedInfo: canonical(signedInfo),
    value: base64(value),
    hash: references.signatureHash,
    certificates: readCertificates(element),
    documentReference: references.document,
    properties:
      properties && references.properties
        ? { ...properties, reference: references.properties, canonical: canonical(properties.element) }
        : undefined,
    unsigned: properties ? readUnsignedProperties(properties.qualifying, value) : noUnsignedProperties,
  }
}
