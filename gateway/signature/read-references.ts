import type { XmlElement } from 'libxml2-wasm'
import { algorithm, namespace, signedPropertiesType } from './algorithms.ts'
import { attribute, base64, child, childElements, children, optionalChild, refuse } from './strict-xml.ts'

/** SHA-1 only where the policy lets old signatures pass. */
export type AcceptedHash = 'sha256' | 'sha1'

/** What a verifier lets pass beyond the profile. */
export interface Leniency {
  /** Accept SHA-1 in old signatures; it is reported (`SIG-127`). */
  readonly legacySha1: boolean
}

export interface DigestedReference {
  readonly digest: Buffer
  readonly hash: AcceptedHash
  /** `inclusive` is what XMLDSig (4.4.3.2) takes when no canonicalisation is named. */
  readonly canonicalization: 'exclusive' | 'inclusive'
}

export interface References {
  /** Hash of the signature method. */
  readonly signatureHash: AcceptedHash
  readonly document: DigestedReference
  readonly properties: DigestedReference | undefined
  /** Id of the element that `properties` points to. */
  readonly propertiesId: string | undefined
}

const legacy = { rsa: `${namespace.ds}rsa-sha1`, digest: `${namespace.ds}sha1` }
const sha1 = /#(rsa-|dsa-|ecdsa-|hmac-)?sha1$/

/**
 * The hash of a method. Refuses one other than the wanted: `SIG-121` for SHA-1, where it is not let pass, `SIG-122` for the rest
 * and for parameters.
 */
const hashOf = (method: XmlElement, wanted: string, legacy: string, { legacySha1 }: Leniency): AcceptedHash => {
  const actual = attribute(method, 'Algorithm') ?? ''
  if (childElements(method).length > 0) refuse('SIG-122', `Parameters of ${method.name} are not accepted.`)
  if (legacySha1 && actual === legacy) return 'sha1'
  if (sha1.test(actual)) refuse('SIG-121', `SHA-1 is broken and not accepted (${actual}).`)
  if (actual !== wanted) refuse('SIG-122', `The algorithm "${actual}" is not accepted, only ${wanted}.`)
  return 'sha256'
}

const transformsOf = (reference: XmlElement): string[] => {
  const list = optionalChild(reference, namespace.ds, 'Transforms')
  return (list ? children(list, namespace.ds, 'Transform') : []).map((transform) => {
    if (childElements(transform).length > 0) refuse('SIG-123', 'Transforms with parameters are not accepted.')
    return attribute(transform, 'Algorithm') ?? ''
  })
}

const isList = (actual: readonly string[], ...wanted: string[]): boolean => actual.join(' ') === wanted.join(' ')

type Digest = Pick<DigestedReference, 'digest' | 'hash'>

const readDocumentReference = (reference: XmlElement, digest: Digest): DigestedReference => {
  const transforms = transformsOf(reference)
  if (isList(transforms, algorithm.enveloped, algorithm.exclusiveC14n)) {
    return { ...digest, canonicalization: 'exclusive' }
  }
  const isInclusive =
    isList(transforms, algorithm.enveloped) || isList(transforms, algorithm.enveloped, algorithm.inclusiveC14n)
  if (isInclusive) return { ...digest, canonicalization: 'inclusive' }
  return refuse('SIG-123', 'The document may be transformed by "enveloped" and exclusive C14N only, in this order.')
}

const readPropertiesReference = (reference: XmlElement, digest: Digest): DigestedReference => {
  if (attribute(reference, 'Type') !== signedPropertiesType) {
    refuse('SIG-124', 'The signature signs something beside the document and its XAdES properties.')
  }
  if (!isList(transformsOf(reference), algorithm.exclusiveC14n)) {
    refuse('SIG-123', 'The XAdES properties may be transformed by exclusive C14N only.')
  }
  return { ...digest, canonicalization: 'exclusive' }
}

/**
 * Reads what SignedInfo says is signed: the whole document (`URI=""`) once, and at most one element by its Id.
 * Refuses with `SIG-113` and `SIG-121` to `SIG-124`.
 */
export const readReferences = (signedInfo: XmlElement, leniency: Leniency): References => {
  const [, signatureMethod, ...list] = childElements(signedInfo)
  if (!signatureMethod || signatureMethod.name !== 'SignatureMethod' || signatureMethod.namespaceUri !== namespace.ds) {
    return refuse('SIG-113', 'The signature is not built as it should be: no SignatureMethod where it belongs.')
  }
  const signatureHash = hashOf(signatureMethod, algorithm.rsaSha256, legacy.rsa, leniency)
  let document: DigestedReference | undefined
  let properties: DigestedReference | undefined
  let propertiesId: string | undefined
  for (const reference of list) {
    if (reference.name !== 'Reference' || reference.namespaceUri !== namespace.ds) {
      refuse('SIG-113', `The signature is not built as it should be: ${reference.name} in SignedInfo.`)
    }
    const hash = hashOf(child(reference, namespace.ds, 'DigestMethod'), algorithm.sha256, legacy.digest, leniency)
    const digest = { digest: base64(child(reference, namespace.ds, 'DigestValue')), hash }
    const uri = attribute(reference, 'URI')
    if (uri === '' && !document) {
      document = readDocumentReference(reference, digest)
    } else if (uri?.startsWith('#') && uri.length > 1 && !properties) {
      properties = readPropertiesReference(reference, digest)
      propertiesId = uri.slice(1)
    } else {
      refuse('SIG-124', `The signature refers to "${uri?.slice(0, 80) ?? ''}" where it should not.`)
    }
  }
  if (!document) return refuse('SIG-124', 'The signature does not cover the whole document (no reference with URI="").')
  return { signatureHash, document, properties, propertiesId }
}
