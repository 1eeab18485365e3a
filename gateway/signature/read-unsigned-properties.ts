import { XmlC14NMode } from 'libxml2-wasm'
import type { XmlElement } from 'libxml2-wasm'
import { GatewayError } from '../contract/errors.ts'
import { readCertificate } from '../trust/certificate.ts'
import type { Certificate } from '../trust/certificate.ts'
import type { RevocationEvidence } from '../trust/revocation.ts'
import { algorithm, namespace } from './algorithms.ts'
import { attribute, base64, childElements, children, optionalChild, refuse } from './strict-xml.ts'

/** What was added to a signature after signing; each piece is signed by somebody of its own (EN 319 132-1, 5.3 and 5.4). */
export interface UnsignedProperties {
  readonly timeStamps: readonly {
    readonly token: Buffer
    /** The canonical SignatureValue, which it must stamp. */
    readonly stamped: Buffer
  }[]
  readonly certificates: readonly Certificate[]
  readonly revocation: readonly RevocationEvidence[]
}

export const noUnsignedProperties: UnsignedProperties = { timeStamps: [], certificates: [], revocation: [] }

/** More of each than any signature of ten years has; a bound for what has to be parsed. */
const maxTimeStamps = 10
const maxValues = 50
const derEncoding = 'http://uri.etsi.org/01903/v1.2.2#DER'

/** Properties of EN 319 132-1 that the gateway does not use: they say nothing about what was signed. */
const ignored = new Set([
  'CompleteCertificateRefs',
  'CompleteRevocationRefs',
  'AttributeCertificateRefs',
  'AttributeRevocationRefs',
  'SigAndRefsTimeStamp',
  'RefsOnlyTimeStamp',
  'AttrAuthoritiesCertValues',
  'AttributeRevocationValues',
  'ArchiveTimeStamp',
])

const isXades = ({ namespaceUri }: XmlElement): boolean =>
  namespaceUri === namespace.xades || namespaceUri === namespace.xades141

const modes: Readonly<Record<string, (typeof XmlC14NMode)[keyof typeof XmlC14NMode]>> = {
  [algorithm.exclusiveC14n]: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
  [algorithm.inclusiveC14n]: XmlC14NMode.XML_C14N_1_0,
}

const encapsulated = (parent: XmlElement, name: string): Buffer[] =>
  childElements(parent)
    .filter((element) => element.namespaceUri === namespace.xades && element.name === name)
    .map((element) => {
      const encoding = attribute(element, 'Encoding')
      if (encoding !== undefined && encoding !== derEncoding)
        refuse('SIG-128', `The encoding ${encoding.slice(0, 80)} of ${name} is not accepted, only DER.`)
      return base64(element)
    })

const readTimeStamp = (stamp: XmlElement, value: XmlElement): UnsignedProperties['timeStamps'] => {
  const method = optionalChild(stamp, namespace.ds, 'CanonicalizationMethod')
  // Without a method the inclusive one is meant (XMLDSig, 4.4.3.2).
  const mode = modes[(method && attribute(method, 'Algorithm')) ?? algorithm.inclusiveC14n]
  const tokens = encapsulated(stamp, 'EncapsulatedTimeStamp')
  if (mode === undefined || (method && childElements(method).length > 0) || tokens.length === 0)
    return refuse('SIG-128', 'The time stamp on the signature is not built as it should be.')
  const stamped = Buffer.from(value.canonicalizeToString({ mode }))
  return tokens.map((token) => ({ token, stamped }))
}

const certificateOf = (der: Buffer): Certificate => {
  try {
    return readCertificate(der)
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause
    return refuse('SIG-142', 'A certificate among the values of the signature cannot be read.')
  }
}

const readRevocation = (values: XmlElement): RevocationEvidence[] => {
  const crls = optionalChild(values, namespace.xades, 'CRLValues')
  const ocsps = optionalChild(values, namespace.xades, 'OCSPValues')
  return [
    ...(crls ? encapsulated(crls, 'EncapsulatedCRLValue') : []).map((der) => ({ kind: 'crl' as const, der })),
    ...(ocsps ? encapsulated(ocsps, 'EncapsulatedOCSPValue') : []).map((der) => ({ kind: 'ocsp' as const, der })),
  ]
}

/** The unsigned properties one by one; validation data for time stamps lie one level deeper (EN 319 132-1, 5.5.1). */
const listProperties = (qualifying: XmlElement): XmlElement[] => {
  const [signed, unsigned, ...more] = childElements(qualifying)
  if (signed?.name !== 'SignedProperties' || more.length > 0 || (unsigned && !isXades(unsigned)))
    refuse('SIG-113', 'The signature is not built as it should be: its QualifyingProperties hold something else.')
  if (!unsigned) return []
  if (unsigned.name !== 'UnsignedProperties') refuse('SIG-113', `${unsigned.name} stands beside the signed properties.`)
  return children(unsigned, namespace.xades, 'UnsignedSignatureProperties')
    .flatMap(childElements)
    .flatMap((property) => {
      if (!isXades(property)) return refuse('SIG-126', `The unsigned property ${property.name} is not known.`)
      return property.name === 'TimeStampValidationData' ? childElements(property) : [property]
    })
}

/**
 * Reads what was added after signing: time stamps, certificates, revocation values. `value` is the SignatureValue element.
 * Nothing is verified here. Refuses with `SIG-113`, `SIG-126` (a property that is not known), `SIG-128` and `SIG-142`.
 */
export const readUnsignedProperties = (qualifying: XmlElement, value: XmlElement): UnsignedProperties => {
  const timeStamps: UnsignedProperties['timeStamps'][number][] = []
  const certificates: Buffer[] = []
  const revocation: RevocationEvidence[] = []
  for (const property of listProperties(qualifying)) {
    if (property.name === 'SignatureTimeStamp') timeStamps.push(...readTimeStamp(property, value))
    else if (property.name === 'CertificateValues')
      certificates.push(...encapsulated(property, 'EncapsulatedX509Certificate'))
    else if (property.name === 'RevocationValues') revocation.push(...readRevocation(property))
    else if (!ignored.has(property.name)) refuse('SIG-126', `The unsigned property ${property.name} is not accepted.`)
  }
  if (timeStamps.length > maxTimeStamps || certificates.length > maxValues || revocation.length > maxValues)
    refuse('SIG-128', 'The signature carries more time stamps or values than any signature needs.')
  return { timeStamps, certificates: certificates.map(certificateOf), revocation }
}
