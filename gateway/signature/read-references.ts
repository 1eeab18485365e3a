import type { XmlElement } from 'libxml2-wasm'
import { algorithm, namespace, signedPropertiesType } from './algorithms.ts'
import { attribute, base64, child, childElements, children, optionalChild, refuse } from './strict-xml.ts'

export interface DigestedReference {
  /** Expected SHA-256. */
  readonly digest: Buffer
  /** `inclusive` is what XMLDSig (4.4.3.2) takes when no canonicalisation is named. */
  readonly canonicalization: 'exclusive' | 'inclusive'
}

export interface References {
  readonly document: DigestedReference
  readonly properties: DigestedReference | undefined
  /** Id of the element that `properties` points to. */
  readonly propertiesId: string | undefined
}

const sha1 = /#(rsa-|dsa-|ecdsa-|hmac-)?sha1$/

/** Refuses a method other than the wanted one: `SIG-121` for SHA-1, `SIG-122` for the rest and for parameters. */
const expectMethod = (method: XmlElement, wanted: string): void => {
  const actual = attribute(method, 'Algorithm') ?? ''
  if (sha1.test(actual)) refuse('SIG-121', `SHA-1 is broken and not accepted (${actual}).`)
  if (actual !== wanted) refuse('SIG-122', `The algorithm "${actual}" is not accepted, only ${wanted}.`)
  if (childElements(method).length > 0) refuse('SIG-122', `Parameters of ${method.name} are not accepted.`)
}

const transformsOf = (reference: XmlElement): string[] => {
  const list = optionalChild(reference, namespace.ds, 'Transforms')
  return (list ? children(list, namespace.ds, 'Transform') : []).map((transform) => {
    if (childElements(transform).length > 0) refuse('SIG-123', 'Transforms with parameters are not accepted.')
    return attribute(transform, 'Algorithm') ?? ''
  })
}

const isList = (actual: readonly string[], ...wanted: string[]): boolean => actual.join(' ') === wanted.join(' ')

const readDocumentReference = (reference: XmlElement, digest: Buffer): DigestedReference => {
  const transforms = transformsOf(reference)
  if (isList(transforms, algorithm.enveloped, algorithm.exclusiveC14n)) return { digest, canonicalization: 'exclusive' }
  if (isList(transforms, algorithm.enveloped)) return { digest, canonicalization: 'inclusive' }
  return refuse('SIG-123', 'The document may be transformed by "enveloped" and exclusive C14N only, in this order.')
}

const readPropertiesReference = (reference: XmlElement, digest: Buffer): DigestedReference => {
  if (attribute(reference, 'Type') !== signedPropertiesType) {
    refuse('SIG-124', 'The signature signs something beside the document and its XAdES properties.')
  }
  if (!isList(transformsOf(reference), algorithm.exclusiveC14n)) {
    refuse('SIG-123', 'The XAdES properties may be transformed by exclusive C14N only.')
  }
  return { digest, canonicalization: 'exclusive' }
}

/**
 * Reads what SignedInfo says is signed: the whole document (`URI=""`) once, and at most one element by its Id.
 * Refuses with `SIG-113` and `SIG-121` to `SIG-124`.
 */
export const readReferences = (signedInfo: XmlElement): References => {
  const [, signatureMethod, ...list] = childElements(signedInfo)
  if (!signatureMethod || signatureMethod.name !== 'SignatureMethod' || signatureMethod.namespaceUri !== namespace.ds) {
    return refuse('SIG-113', 'The signature is not built as it should be: no SignatureMethod where it belongs.')
  }
  expectMethod(signatureMethod, algorithm.rsaSha256)
  let document: DigestedReference | undefined
  let properties: DigestedReference | undefined
  let propertiesId: string | undefined
  for (const reference of list) {
    if (reference.name !== 'Reference' || reference.namespaceUri !== namespace.ds) {
      refuse('SIG-113', `The signature is not built as it should be: ${reference.name} in SignedInfo.`)
    }
    expectMethod(child(reference, namespace.ds, 'DigestMethod'), algorithm.sha256)
    const digest = base64(child(reference, namespace.ds, 'DigestValue'))
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
  return { document, properties, propertiesId }
}
