import { createHash } from 'node:crypto'
import { BasicOCSPResponse, CertID, OCSPRequest, OCSPResponse, Request, TBSRequest } from '@peculiar/asn1-ocsp'
import type { SingleResponse } from '@peculiar/asn1-ocsp'
import { OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, Extension } from '@peculiar/asn1-x509'
import { GatewayError } from '../contract/errors.ts'
import { asnBytes, parseAsn } from './asn1.ts'
import { readCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { brokenSignatures, validityAt } from './check-path.ts'
import { derChildren, derTag, encodeDer, expectDer, readDer } from './der.ts'
import { judged, reasonName, staleness, unknown } from './revocation.ts'
import type { Revocation, RevocationQuestion } from './revocation.ts'
import { isSignedWith } from './verify-bytes.ts'

const oid = {
  basic: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
}
/** CertID only names a certificate: SHA-1 is no weakness there, and the one hash that every responder knows. */
const hashOfName: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
}
/** More responders in one answer than any sends. */
const maxCertificates = 5

const arrayBuffer = (bytes: Buffer): ArrayBuffer => Uint8Array.from(bytes).buffer
const same = (a: ArrayBuffer, b: Buffer): boolean => Buffer.from(a).equals(b)

/** Hash of the issuer's public key without its frame (RFC 6960, 4.1.1). */
const keyHash = (hash: string, issuer: Certificate): Buffer => {
  const spki = issuer.x509.publicKey.export({ type: 'spki', format: 'der' })
  const bits = expectDer(derChildren(readDer(spki))[1], derTag.bitString, 'the public key').content.subarray(1)
  return createHash(hash).update(bits).digest()
}

/** An OCSPRequest (RFC 6960, 4.1) about one certificate; `nonce`: 1 to 32 bytes. */
export const ocspRequest = (certificate: Certificate, issuer: Certificate, nonce: Buffer): Buffer => {
  const reqCert = new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: '1.3.14.3.2.26', parameters: null }),
    issuerNameHash: new OctetString(createHash('sha1').update(certificate.issuerName).digest()),
    issuerKeyHash: new OctetString(keyHash('sha1', issuer)),
    serialNumber: arrayBuffer(certificate.serialNumber),
  })
  const extnValue = new OctetString(encodeDer(derTag.octetString, nonce))
  const requestExtensions = [new Extension({ extnID: oid.nonce, extnValue })]
  const tbsRequest = new TBSRequest({ requestList: [new Request({ reqCert })], requestExtensions })
  return asnBytes(new OCSPRequest({ tbsRequest }))
}

const isAbout = ({ certID }: SingleResponse, { certificate, issuer }: RevocationQuestion): boolean => {
  const hash = hashOfName[certID.hashAlgorithm.algorithm]
  if (!hash || !same(certID.serialNumber, certificate.serialNumber)) return false
  const name = createHash(hash).update(certificate.issuerName).digest()
  return same(certID.issuerNameHash.buffer, name) && same(certID.issuerKeyHash.buffer, keyHash(hash, issuer))
}

/**
 * Whether this certificate may answer for the issuer (RFC 6960, 4.2.2.2): the issuer itself, or one that it issued directly for
 * OCSP. A delegate's own revocation is not asked for, as its issuer vouches for it by short life or id-pkix-ocsp-nocheck.
 */
const mayAnswer = (responder: Certificate, issuer: Certificate, at: Date): boolean => {
  if (responder.sha256 === issuer.sha256) return true
  const { extendedKeyUsage, keyUsage, x509 } = responder
  if (!extendedKeyUsage.includes(oid.ocspSigning) || (keyUsage && !keyUsage.has('digitalSignature'))) return false
  if (validityAt(responder, at) !== 'within' || responder.unknownCritical.length > 0) return false
  if (brokenSignatures.has(responder.signatureOid)) return false
  return x509.checkIssued(issuer.x509) && x509.verify(issuer.x509.publicKey)
}

/** The parts of a BasicOCSPResponse as they stand in its bytes: what is hashed is never written anew. */
const rawParts = (basic: Buffer) => {
  const [data, algorithm, bits, certificates] = derChildren(readDer(basic))
  const list = certificates ? derChildren(readDer(certificates.content)) : []
  return {
    data: expectDer(data, derTag.sequence, 'the data').raw,
    algorithm: expectDer(algorithm, derTag.sequence, 'the signature algorithm'),
    signature: expectDer(bits, derTag.bitString, 'the signature').content.subarray(1),
    certificates: list.slice(0, maxCertificates).map((element) => readCertificate(element.raw)),
  }
}

/** Names of OCSPResponseStatus (RFC 6960, 4.2.1). */
const statuses = ['successful', 'malformedRequest', 'internalError', '', 'tryLater', 'sigRequired', 'unauthorized']

const judge = (der: Buffer, question: RevocationQuestion, nonce: Buffer | undefined): Revocation => {
  const { responseStatus, responseBytes } = parseAsn(der, OCSPResponse, 'OCSP response')
  const status: number = responseStatus
  if (status !== 0) return unknown(`The OCSP responder answers "${statuses[status] ?? status}".`)
  if (responseBytes?.responseType !== oid.basic) return unknown('The OCSP response is of a kind that is not known.')
  const basic = Buffer.from(responseBytes.response.buffer)
  const { tbsResponseData } = parseAsn(basic, BasicOCSPResponse, 'basic OCSP response')
  const { data, algorithm, signature, certificates } = rawParts(basic)

  const signer = [question.issuer, ...certificates].find(({ x509 }) =>
    isSignedWith(x509.publicKey, algorithm, data, signature),
  )
  if (!signer) return unknown('The signature of the OCSP response does not hold, or its algorithm is not accepted.')
  if (!mayAnswer(signer, question.issuer, tbsResponseData.producedAt))
    return unknown(`${signer.subject} may not answer for ${question.issuer.subject}.`)

  const answered = tbsResponseData.responseExtensions?.find((e) => e.extnID === oid.nonce)
  // A responder may leave the nonce out (RFC 6960, 4.4.1), not change it.
  if (nonce && answered && !same(answered.extnValue.buffer, encodeDer(derTag.octetString, nonce)))
    return unknown('The OCSP response answers another request (nonce).')
  const single = tbsResponseData.responses.find((response) => isAbout(response, question))
  if (!single) return unknown('The OCSP response is about another certificate.')
  const { certStatus, thisUpdate, nextUpdate } = single
  const stale = staleness({ thisUpdate, nextUpdate }, question)
  if (stale) return unknown(`The OCSP response cannot be used: ${stale}.`)
  const statement = { evidence: { kind: 'ocsp', der }, thisUpdate, nextUpdate } as const
  if (certStatus.revoked) {
    const { revocationTime, revocationReason } = certStatus.revoked
    return judged(statement, revocationTime, reasonName(revocationReason?.reason), question)
  }
  if (certStatus.good === undefined) return unknown('The OCSP responder does not know the certificate.')
  return { status: 'good', ...statement }
}

/**
 * What an OCSP response (DER, RFC 6960) says about a certificate: signed by its issuer or by who the issuer named for this, about
 * this certificate, in force at the time. `nonce` is the one of the request; a stored response is judged without. Throws nothing.
 */
export const askOcsp = (der: Buffer, question: RevocationQuestion, nonce?: Buffer): Revocation => {
  try {
    return judge(der, question, nonce)
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause
    return unknown(`The OCSP response cannot be read: ${cause.message}`)
  }
}
