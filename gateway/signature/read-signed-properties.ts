import type { XmlElement } from 'libxml2-wasm'
import { algorithm, namespace } from './algorithms.ts'
import { attribute, base64, child, childElements, children, optionalChild, refuse, text } from './strict-xml.ts'

/** The XAdES properties that the signer signed along with the document (EN 319 132-1, 5.2). */
export interface SignedProperties {
  readonly element: XmlElement
  /** What holds them, and the unsigned ones. */
  readonly qualifying: XmlElement
  readonly id: string
  /** As it stands there: an xs:dateTime the signer claims. */
  readonly signingTime: string
  readonly certificateDigest: { readonly hash: 'sha256' | 'sha512'; readonly value: Buffer }
  /** DER of IssuerSerial, where it is given. */
  readonly issuerSerial: Buffer | undefined
}

/** xs:dateTime; the time zone may be missing. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?$/

const certificateHashes: Readonly<Record<string, 'sha256' | 'sha512'>> = {
  [algorithm.sha256]: 'sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
}

const readSigningCertificate = (
  signatureProperties: XmlElement,
): Pick<SignedProperties, 'certificateDigest' | 'issuerSerial'> => {
  const property = optionalChild(signatureProperties, namespace.xades, 'SigningCertificateV2')
  // The first Cert is the signer's; more may follow for its issuers (EN 319 132-1, 5.2.2).
  const [cert] = property ? children(property, namespace.xades, 'Cert') : []
  if (!cert)
    return refuse('SIG-141', 'The signed properties do not name the signing certificate (SigningCertificateV2).')
  const digest = child(cert, namespace.xades, 'CertDigest')
  const method = attribute(child(digest, namespace.ds, 'DigestMethod'), 'Algorithm') ?? ''
  const hash = certificateHashes[method]
  if (!hash) {
    const code = method.endsWith('#sha1') ? 'SIG-121' : 'SIG-122'
    return refuse(code, `The digest of the signing certificate uses an algorithm that is not accepted: "${method}".`)
  }
  const issuerSerial = optionalChild(cert, namespace.xades, 'IssuerSerialV2')
  return {
    certificateDigest: { hash, value: base64(child(digest, namespace.ds, 'DigestValue')) },
    issuerSerial: issuerSerial && base64(issuerSerial),
  }
}

/**
 * The XAdES properties of a signature; undefined when it has no ds:Object at all (plain XMLDSig).
 * Anything else in ds:Object is refused: it would lie inside a signed document without being signed.
 * Refuses with `SIG-113`, `SIG-121`, `SIG-122`, `SIG-125` (properties of another signature) and `SIG-141`.
 */
export const readSignedProperties = (signature: XmlElement): SignedProperties | undefined => {
  const object = optionalChild(signature, namespace.ds, 'Object')
  if (!object) return undefined
  const [qualifying] = children(object, namespace.xades, 'QualifyingProperties')
  if (!qualifying || childElements(object).length > 1) {
    return refuse(
      'SIG-113',
      'The signature is not built as it should be: one QualifyingProperties belongs in its Object.',
    )
  }
  const signatureId = attribute(signature, 'Id')
  if (signatureId === undefined || attribute(qualifying, 'Target') !== `#${signatureId}`) {
    refuse('SIG-125', 'The XAdES properties belong to another signature.')
  }
  const element = child(qualifying, namespace.xades, 'SignedProperties')
  const id = attribute(element, 'Id')
  if (id === undefined) return refuse('SIG-125', 'The XAdES properties have no Id, so nothing can refer to them.')
  const signatureProperties = child(element, namespace.xades, 'SignedSignatureProperties')
  const signingTime = text(child(signatureProperties, namespace.xades, 'SigningTime'))
  if (!dateTime.test(signingTime)) refuse('SIG-113', 'The SigningTime of the signature is no time.')
  return { element, qualifying, id, signingTime, ...readSigningCertificate(signatureProperties) }
}
