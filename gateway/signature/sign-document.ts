import { createHash } from 'node:crypto'
import { GatewayError } from '../contract/errors.ts'
import type { Sha256 } from '../contract/ids.ts'
import type { Signer } from '../contract/signer.ts'
import { readCertificate } from '../trust/certificate.ts'
import { algorithm, namespace, signedPropertiesType } from './algorithms.ts'

const ds = `xmlns:ds="${namespace.ds}"`
const xades = `xmlns:xades="${namespace.xades}"`
const c14nTransform = `<ds:Transform Algorithm="${algorithm.exclusiveC14n}"></ds:Transform>`
const envelopedTransform = `<ds:Transform Algorithm="${algorithm.enveloped}"></ds:Transform>`

/** What depends on the signer's certificates only. */
interface Prepared {
  readonly certificateSha256: Sha256
  readonly certificateDigest: string
  readonly issuerSerial: string
  readonly keyInfo: string
}
const preparedBySigner = new WeakMap<Signer, Prepared>()

const prepare = (signer: Signer): Prepared => {
  const known = preparedBySigner.get(signer)
  if (known) return known
  const [leaf] = signer.chain
  if (!leaf) {
    throw new GatewayError({ kind: 'config', code: 'SIG-008', message: `Signer ${signer.name} has no certificate.` })
  }
  const certificate = readCertificate(leaf)
  const chain = signer.chain.map((der) => `<ds:X509Certificate>${der.toString('base64')}</ds:X509Certificate>`)
  const prepared = {
    certificateSha256: certificate.sha256,
    certificateDigest: Buffer.from(certificate.sha256, 'hex').toString('base64'),
    issuerSerial: certificate.issuerSerial.toString('base64'),
    keyInfo: `<ds:KeyInfo><ds:X509Data>${chain.join('')}</ds:X509Data></ds:KeyInfo>`,
  }
  preparedBySigner.set(signer, prepared)
  return prepared
}

/**
 * SignedProperties in exclusive canonical form: what is written here is hashed as it stands.
 * `xmlns:ds` stands on each element that uses it first, because exclusive C14N prints it there.
 */
const signedProperties = (id: string, signingTime: string, prepared: Prepared): string =>
  `<xades:SignedProperties ${xades} Id="${id}-properties"><xades:SignedSignatureProperties>` +
  `<xades:SigningTime>${signingTime}</xades:SigningTime>` +
  `<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>` +
  `<ds:DigestMethod ${ds} Algorithm="${algorithm.sha256}"></ds:DigestMethod>` +
  `<ds:DigestValue ${ds}>${prepared.certificateDigest}</ds:DigestValue></xades:CertDigest>` +
  `<xades:IssuerSerialV2>${prepared.issuerSerial}</xades:IssuerSerialV2></xades:Cert></xades:SigningCertificateV2>` +
  `</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>` +
  `<xades:DataObjectFormat ObjectReference="#${id}-document"><xades:MimeType>text/xml</xades:MimeType>` +
  `</xades:DataObjectFormat></xades:SignedDataObjectProperties></xades:SignedProperties>`

const reference = (attributes: string, transforms: string, digest: string): string =>
  `<ds:Reference ${attributes}><ds:Transforms>${transforms}</ds:Transforms>` +
  `<ds:DigestMethod Algorithm="${algorithm.sha256}"></ds:DigestMethod>` +
  `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`

/** SignedInfo in exclusive canonical form; it declares `xmlns:ds` itself although its parent does. */
const signedInfo = (...references: readonly string[]): string =>
  `<ds:SignedInfo ${ds}>` +
  `<ds:CanonicalizationMethod Algorithm="${algorithm.exclusiveC14n}"></ds:CanonicalizationMethod>` +
  `<ds:SignatureMethod Algorithm="${algorithm.rsaSha256}"></ds:SignatureMethod>` +
  `${references.join('')}</ds:SignedInfo>`

/** xs:dateTime in UTC, whole seconds. */
const dateTime = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`

/**
 * What is signed, and how it is wrapped. `xmldsig` is the form of the official specimens: one reference with `URI=""`, enveloped,
 * and nothing else. Without a canonicalisation among the transforms the inclusive one holds (XMLDSig, 4.4.3.2); it gives the
 * same bytes, as our documents declare one namespace, on the root, and use it everywhere.
 */
interface Template {
  readonly info: string
  readonly wrap: (value: string) => string
}

const xadesTemplate = (id: string, documentDigest: string, signingTime: Date, prepared: Prepared): Template => {
  const properties = signedProperties(id, dateTime(signingTime), prepared)
  const propertiesDigest = createHash('sha256').update(properties).digest('base64')
  const info = signedInfo(
    reference(`Id="${id}-document" URI=""`, envelopedTransform + c14nTransform, documentDigest),
    reference(`Type="${signedPropertiesType}" URI="#${id}-properties"`, c14nTransform, propertiesDigest),
  )
  return {
    info,
    wrap: (value) =>
      `<ds:Signature ${ds} Id="${id}">${info}<ds:SignatureValue>${value}</ds:SignatureValue>` +
      `${prepared.keyInfo}<ds:Object><xades:QualifyingProperties ${xades} Target="#${id}">${properties}` +
      `</xades:QualifyingProperties></ds:Object></ds:Signature>`,
  }
}

const plainTemplate = (documentDigest: string, prepared: Prepared): Template => {
  const info = signedInfo(reference('URI=""', envelopedTransform, documentDigest))
  const wrap = (value: string): string =>
    `<ds:Signature ${ds}>${info}<ds:SignatureValue>${value}</ds:SignatureValue>${prepared.keyInfo}</ds:Signature>`
  return { info, wrap }
}

const rootEnd = Buffer.from('</InitialVehicleInformation>')
/** None of these can stand in the writer's output: self-closing tag, bare CR, a signature. */
const neverCanonical = ['/>', '\r', namespace.ds].map((text) => Buffer.from(text))
const [opening, question, exclamation] = [0x3c, 0x3f, 0x21]

/** Whether `<?` or `<!` stands there (prolog, comment, CDATA): looked for by its second byte, as `<` is everywhere. */
const hasAfterOpening = (bytes: Buffer, second: number): boolean => {
  for (let at = bytes.indexOf(second); at > 0; at = bytes.indexOf(second, at + 1)) {
    if (bytes[at - 1] === opening) return true
  }
  return false
}

const assertCanonical = (bytes: Buffer): void => {
  const ends = bytes.subarray(-rootEnd.length).equals(rootEnd)
  const isMarked = hasAfterOpening(bytes, question) || hasAfterOpening(bytes, exclamation)
  if (bytes[0] === opening && ends && !isMarked && !neverCanonical.some((text) => bytes.includes(text))) return
  throw new GatewayError({
    kind: 'bug',
    code: 'SIG-020',
    message: 'Only a canonical, unsigned IVI document can be signed.',
    hint: 'Write it with the document writer; a document from outside is read and written again first.',
  })
}

/** Form of a signature; `xades` is the default. */
export type SignatureForm = 'xades' | 'xmldsig'

/**
 * Signs a document: enveloped XAdES baseline B (EN 319 132-1) or plain XMLDSig, exclusive C14N, RSA with SHA-256 (IVI set-up
 * manual). `bytes` is the canonical unsigned document as the writer makes it; the signature becomes the last child of its root.
 * Costs one hash over the document and one private-key operation: nothing is parsed or canonicalised.
 * The same input, time and key give the same bytes. Levels T and LT are reached from level B by `raiseLevel`.
 * Throws `SIG-020` when the bytes are not canonical, `SIG-008` for a signer without certificate, and what the signer
 * throws. Call `verifyOwnSignature` on the result before it is sent.
 */
export const signDocument = async (
  bytes: Buffer,
  signer: Signer,
  options: { readonly signingTime: Date; readonly form?: SignatureForm },
): Promise<{ bytes: Buffer; sha256: Sha256; certificateSha256: Sha256 }> => {
  assertCanonical(bytes)
  const prepared = prepare(signer)
  const body = bytes.subarray(0, -rootEnd.length)
  // The hash over the body is taken once: copied for the digest, continued for the hash of the signed document.
  const bodyHash = createHash('sha256').update(body)
  const documentDigest = bodyHash.copy().update(rootEnd).digest()
  // Ids must differ between documents that may lie in one envelope; drawn from the digest they need no randomness.
  const id = `ecoc-${documentDigest.toString('hex', 0, 16)}`
  const digest = documentDigest.toString('base64')
  const { info, wrap } =
    options.form === 'xmldsig'
      ? plainTemplate(digest, prepared)
      : xadesTemplate(id, digest, options.signingTime, prepared)
  const value = await signer.sign(Buffer.from(info))

  const signature = Buffer.from(wrap(value.toString('base64')))
  const sha256 = bodyHash.update(signature).update(rootEnd).digest('hex') as Sha256
  const { certificateSha256 } = prepared
  return { bytes: Buffer.concat([body, signature, rootEnd]), sha256, certificateSha256 }
}
