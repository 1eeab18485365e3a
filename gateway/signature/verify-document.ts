import { createHash, verify as cryptoVerify } from 'node:crypto'
import { XmlC14NMode, XmlError } from 'libxml2-wasm'
import { GatewayError } from '../contract/errors.ts'
import { isValid } from '../contract/finding.ts'
import type { Finding } from '../contract/finding.ts'
import type { Verification } from '../contract/signer.ts'
import { buildPath } from '../trust/build-path.ts'
import { readCertificates } from '../trust/certificate.ts'
import type { Certificate } from '../trust/certificate.ts'
import { minimumRsaBits } from './algorithms.ts'
import type { DigestedReference } from './read-references.ts'
import { findSignature, readSignature } from './read-signature.ts'
import type { SignatureParts } from './read-signature.ts'
import { assertSafe, refuse, withXml } from './strict-xml.ts'

const error = (code: string, message: string): Finding => {
  return { code, layer: 'signature', severity: 'error', path: '/', message }
}
const hashOf = (name: string, data: Buffer): Buffer => createHash(name).update(data).digest()

/**
 * SHA-256 of the document without its signature, in canonical form.
 * Parses the same bytes once more: `readSignature` uses its own copy up.
 */
const documentDigest = (bytes: Buffer, { canonicalization }: DigestedReference): Buffer =>
  withXml(bytes, (doc) => {
    const hash = createHash('sha256')
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
const isSignedBy = ({ signedInfo, value }: SignatureParts, { x509 }: Certificate): boolean => {
  const key = x509.publicKey
  return key.asymmetricKeyType === 'rsa' && cryptoVerify('sha256', signedInfo, key, value)
}

/**
 * The certificate that the signature claims: for XAdES the one that SigningCertificateV2 names (so that a second
 * certificate for the same key cannot take its place), otherwise the one in KeyInfo whose key fits.
 */
const signerOf = (parts: SignatureParts): Certificate => {
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

const checkSignature = (bytes: Buffer, parts: SignatureParts, signer: Certificate): Finding[] => {
  const findings: Finding[] = []
  const { publicKey } = signer.x509
  if (publicKey.asymmetricKeyType !== 'rsa' || (publicKey.asymmetricKeyDetails?.modulusLength ?? 0) < minimumRsaBits) {
    findings.push(error('SIG-143', `The signer's key is not RSA with at least ${minimumRsaBits} bits.`))
  } else if (!isSignedBy(parts, signer)) {
    findings.push(error('SIG-132', "The signature was not made with the signer's key, or what it signs was changed."))
  }
  const { properties } = parts
  if (properties && !hashOf('sha256', properties.canonical).equals(properties.reference.digest)) {
    findings.push(error('SIG-131', 'The signed properties (time, certificate) were changed after signing.'))
  }
  if (!documentDigest(bytes, parts.documentReference).equals(parts.documentReference.digest)) {
    findings.push(error('SIG-130', 'The document was changed after signing.'))
  }
  return findings
}

const anchorsByFile = new WeakMap<Buffer, readonly Certificate[]>()
const readAnchors = (files: readonly Buffer[]): Certificate[] =>
  files.flatMap((file) => {
    const anchors = anchorsByFile.get(file) ?? readCertificates(file)
    anchorsByFile.set(file, anchors)
    return anchors
  })

const unreadable: Omit<Verification, 'findings'> = {
  valid: false,
  level: undefined,
  signer: undefined,
  trust: 'unknown',
  signedAt: undefined,
  certificateSha256: undefined,
}

const verifyBytes = (bytes: Buffer, anchors: readonly Certificate[], at: Date): Verification => {
  const parts = withXml(bytes, (doc) => {
    assertSafe(doc)
    return readSignature(doc)
  })
  const signer = signerOf(parts)
  const broken = checkSignature(bytes, parts, signer)
  const facts = {
    level: parts.properties ? 'XAdES-B' : 'XMLDSig',
    signer: signer.subject,
    signedAt: parts.properties?.signingTime,
    certificateSha256: signer.sha256,
  }
  // Who a broken signature claims to be from is not worth a path.
  if (broken.length > 0) return { ...facts, valid: false, trust: 'unknown', findings: broken }
  const { trust, findings } = buildPath({ leaf: signer, intermediates: parts.certificates, anchors, at })
  return { ...facts, valid: isValid(findings), trust, findings }
}

/**
 * Verifies the signature of an IVI document and who made it: enveloped XAdES baseline B, or plain XMLDSig with one
 * reference as in the official specimens. Strict about what was signed: everything but the signature itself.
 * `trustAnchors` are root certificates, PEM (also bundles) or DER; `at` is the time at which the certificates must
 * be valid (default: now). Revocation is not looked at. Without anchors `trust` is `unknown` and a warning says so.
 * `signedAt` is what the signer claims. Data problems are findings: `SIG-101` to `SIG-143` and `TRU-100` to `TRU-109`.
 * Throws `TRU-002` when a trust anchor cannot be read.
 */
export const verifyDocument = (
  bytes: Buffer,
  options: { readonly trustAnchors: readonly Buffer[]; readonly at?: Date },
): Verification => {
  const anchors = readAnchors(options.trustAnchors)
  try {
    return verifyBytes(bytes, anchors, options.at ?? new Date())
  } catch (cause) {
    if (cause instanceof GatewayError && cause.code.startsWith('SIG-1')) {
      return { ...unreadable, findings: [error(cause.code, cause.message)] }
    }
    if (!(cause instanceof XmlError)) throw cause
    const message = `This is no well-formed XML document: ${cause.message.trim().slice(0, 300)}`
    return { ...unreadable, findings: [error('SIG-101', message)] }
  }
}
