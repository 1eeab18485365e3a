import { createHash, verify as cryptoVerify } from 'node:crypto'
import { XmlC14NMode } from 'libxml2-wasm'
import type { Finding } from '../contract/finding.ts'
import type { Certificate } from '../trust/certificate.ts'
import { minimumRsaBits } from './algorithms.ts'
import type { DigestedReference } from './read-references.ts'
import { findSignature } from './read-signature.ts'
import type { SignatureParts } from './read-signature.ts'
import { refuse, withXml } from './strict-xml.ts'

const error = (code: string, message: string): Finding => {
  return { code, layer: 'signature', severity: 'error', path: '/', message }
}
const hashOf = (name: string, data: Buffer): Buffer => createHash(name).update(data).digest()

/**
 * Digest of the document without its signature, in canonical form.
 * Parses the same bytes once more: `readSignature` uses its own copy up.
 */
const documentDigest = (bytes: Buffer, { canonicalization, hash: name }: DigestedReference): Buffer =>
  withXml(bytes, (doc) => {
    const hash = createHash(name)
    const isExclusive = canonicalization === 'exclusive'
    const mode = isExclusive ? XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 : XmlC14NMode.XML_C14N_1_0
    findSignature(doc).remove()
    const write = (part: Uint8Array): number => {
      hash.update(part)
      return part.length
    }
    doc.canonicalize({ write, close: () => true }, { mode })
    return hash.digest()
  })

/** Whether the key of this certificate made the signature over SignedInfo. */
const isSignedBy = ({ signedInfo, value, hash }: SignatureParts, { x509 }: Certificate): boolean => {
  const key = x509.publicKey
  return key.asymmetricKeyType === 'rsa' && cryptoVerify(hash, signedInfo, key, value)
}

/**
 * The certificate that the signature claims: for XAdES the one that SigningCertificateV2 names (so that a second
 * certificate for the same key cannot take its place), otherwise the one in KeyInfo whose key fits.
 * Refuses with `SIG-141` when the named one is not there or is another.
 */
export const signerOf = (parts: SignatureParts): Certificate => {
  const { properties, certificates } = parts
  if (!properties) return certificates.find((c) => isSignedBy(parts, c)) ?? certificates[0]
  const { hash, value } = properties.certificateDigest
  const named = certificates.find((c) => hashOf(hash, c.der).equals(value))
  if (!named) return refuse('SIG-141', 'SigningCertificateV2 names a certificate that the signature does not carry.')
  if (properties.issuerSerial && !properties.issuerSerial.equals(named.issuerSerial)) {
    refuse('SIG-141', 'SigningCertificateV2 names another issuer or serial number than its certificate has.')
  }
  return named
}

/**
 * Checks the signature value, the signed properties and the document. `SIG-130` the document, `SIG-131` the properties were changed,
 * `SIG-132` not the signer's signature, `SIG-143` a key that is not accepted.
 */
export const checkSignature = (bytes: Buffer, parts: SignatureParts, signer: Certificate): Finding[] => {
  const findings: Finding[] = []
  const { publicKey } = signer.x509
  if (publicKey.asymmetricKeyType !== 'rsa' || (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < minimumRsaBits) {
    findings.push(error('SIG-143', `The signer's key is not RSA with at least ${minimumRsaBits} bits.`))
  } else if (!isSignedBy(parts, signer)) {
    findings.push(error('SIG-132', "The signature was not made with the signer's key, or what it signs was changed."))
  }
  const { properties } = parts
  if (properties && !hashOf(properties.reference.hash, properties.canonical).equals(properties.reference.digest)) {
    findings.push(error('SIG-131', 'The signed properties (time, certificate) were changed after signing.'))
  }
  if (!documentDigest(bytes, parts.documentReference).equals(parts.documentReference.digest)) {
    findings.push(error('SIG-130', 'The document was changed after signing.'))
  }
  return findings
}
