import { createHash, verify as cryptoVerify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { Finding } from '../contract/finding.ts'
import type { Signer } from '../contract/signer.ts'
import { readCertificate } from '../trust/certificate.ts'
import { minimumRsaBits } from './algorithms.ts'
import type { SignatureForm } from './sign-document.ts'

const hash = (data: Buffer | string): string => createHash('sha256').update(data).digest('base64')
const error = (code: string, message: string): Finding => {
  return { code, layer: 'signature', severity: 'error', path: '/', message }
}

/** What the signer's certificates alone decide. */
interface Expected {
  readonly key: KeyObject
  readonly certificateDigest: string
  readonly issuerSerial: string
  readonly certificates: string
}
const expectedBySigner = new WeakMap<Signer, Expected>()

const expectedOf = (signer: Signer): Expected | undefined => {
  const known = expectedBySigner.get(signer)
  if (known) return known
  const [leaf] = signer.chain
  if (!leaf) return undefined
  const certificate = readCertificate(leaf)
  const expected = {
    key: certificate.x509.publicKey,
    certificateDigest: hash(leaf),
    issuerSerial: certificate.issuerSerial.toString('base64'),
    certificates: signer.chain
      .map((der) => `<ds:X509Certificate>${der.toString('base64')}</ds:X509Certificate>`)
      .join(''),
  }
  expectedBySigner.set(signer, expected)
  return expected
}

/*
 * The signature once more in plain text, on purpose not shared with what writes it: each is the other's double entry.
 * All of it is in exclusive canonical form, so hashes are taken over it as it stands.
 */
const propertiesText = (id: string, time: string, { certificateDigest, issuerSerial }: Expected): string =>
  `<xades:SignedProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Id="${id}-properties"><xades:SignedSignatureProperties><xades:SigningTime>${time}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${certificateDigest}</ds:DigestValue></xades:CertDigest><xades:IssuerSerialV2>${issuerSerial}</xades:IssuerSerialV2></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties><xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference="#${id}-document"><xades:MimeType>text/xml</xades:MimeType></xades:DataObjectFormat></xades:SignedDataObjectProperties></xades:SignedProperties>`

const signedInfoText = (id: string, document: string, properties: string): string =>
  `<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference Id="${id}-document" URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${document}</ds:DigestValue></ds:Reference><ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#${id}-properties"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${properties}</ds:DigestValue></ds:Reference></ds:SignedInfo>`

const plainSignedInfoText = (document: string): string =>
  `<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod><ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"></ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${document}</ds:DigestValue></ds:Reference></ds:SignedInfo>`

/** SignedInfo and what stands before and after the signature value. */
type Around = readonly [signedInfo: string, before: string, after: string]

const xadesAround = (digest: Buffer, signingTime: Date, expected: Expected): Around => {
  const id = `ecoc-${digest.toString('hex', 0, 16)}`
  const properties = propertiesText(id, signingTime.toISOString().replace(/\.\d{3}Z$/, 'Z'), expected)
  const signedInfo = signedInfoText(id, digest.toString('base64'), hash(properties))
  return [
    signedInfo,
    `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="${id}">${signedInfo}<ds:SignatureValue>`,
    `</ds:SignatureValue><ds:KeyInfo><ds:X509Data>${expected.certificates}</ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#${id}">${properties}</xades:QualifyingProperties></ds:Object></ds:Signature></InitialVehicleInformation>`,
  ]
}
const plainAround = (digest: Buffer, expected: Expected): Around => {
  const signedInfo = plainSignedInfoText(digest.toString('base64'))
  return [
    signedInfo,
    `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${signedInfo}<ds:SignatureValue>`,
    `</ds:SignatureValue><ds:KeyInfo><ds:X509Data>${expected.certificates}</ds:X509Data></ds:KeyInfo></ds:Signature></InitialVehicleInformation>`,
  ]
}

const rootEnd = Buffer.from('</InitialVehicleInformation>')
/** What readers could understand in more than one way, or that is a signature already, is not ours to send. */
const never = ['<!', '<?', '/>', '\r', 'http://www.w3.org/2000/09/xmldsig#'].map((text) => Buffer.from(text))

const isOurs = (document: Buffer): boolean =>
  document.subarray(-rootEnd.length).equals(rootEnd) && !never.some((text) => document.includes(text))

/**
 * Checks a signature directly after `signDocument` made it: the cheap check of our own documents, before they are sent.
 * The signed bytes must be the document, with the one signature that this document, this signer's certificates and this
 * time allow as the last child of its root; every byte of it is compared, except for the signature value, which must
 * verify under the public key of the signer's certificate. So a wrong key, a faulty token or a changed byte is found.
 * It parses nothing: that `document` is canonical is the document writer's work, and `verifyDocument` finds it out.
 * An empty list means that it holds. `SIG-130` the document was changed (or is none that can be signed), `SIG-150` the
 * signature is not the one expected, `SIG-132` the value does not verify, `SIG-143` no RSA key of 2048 bits or more,
 * `SIG-140` the signer has no certificate.
 */
export const verifyOwnSignature = (
  signed: Buffer,
  made: {
    readonly document: Buffer
    readonly signer: Signer
    readonly signingTime: Date
    readonly form?: SignatureForm
  },
): Finding[] => {
  const expected = expectedOf(made.signer)
  if (!expected) return [error('SIG-140', 'The signer has no certificate.')]
  const { key } = expected
  if (key.asymmetricKeyType !== 'rsa' || (key.asymmetricKeyDetails?.modulusLength ?? 0) < minimumRsaBits)
    return [error('SIG-143', `The signer's key is not RSA with at least ${minimumRsaBits} bits.`)]

  const bodyLength = made.document.length - rootEnd.length
  const body = signed.subarray(0, bodyLength)
  if (!isOurs(made.document) || !body.equals(made.document.subarray(0, bodyLength)))
    return [error('SIG-130', 'The document was changed after signing.')]

  const digest = createHash('sha256').update(body).update(rootEnd).digest()
  const [signedInfo, head, tail] =
    made.form === 'xmldsig' ? plainAround(digest, expected) : xadesAround(digest, made.signingTime, expected)
  const [before, after] = [Buffer.from(head), Buffer.from(tail)]
  const [from, to] = [bodyLength + before.length, signed.length - after.length]
  if (from > to || !signed.subarray(bodyLength, from).equals(before) || !signed.subarray(to).equals(after))
    return [error('SIG-150', 'The signature is not the one that this document, certificate and time make.')]
  const text = signed.toString('latin1', from, to)
  const value = Buffer.from(text, 'base64')
  // Base64 has more than one spelling of the same bytes; only the one that was to be written is taken.
  if (value.toString('base64') === text && cryptoVerify('sha256', Buffer.from(signedInfo), key, value)) return []
  return [error('SIG-132', "The signature was not made with the signer's key, or what it signs was changed.")]
}
