import { createHash, timingSafeEqual } from 'node:crypto'
import { OctetString } from '@peculiar/asn1-schema'
import { MessageImprint, PKIStatusInfo, TimeStampReq, TSTInfo } from '@peculiar/asn1-tsp'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { GatewayError } from '../contract/errors.ts'
import { asnBytes, parseAsn } from './asn1.ts'
import { readCertificate } from './certificate.ts'
import type { Certificate } from './certificate.ts'
import { assertDer, derChildren, derOid, derTag, expectDer, readDer } from './der.ts'
import type { DerElement } from './der.ts'
import { hashOfOid, isSignedWith } from './verify-bytes.ts'

const oid = {
  sha256: '2.16.840.1.101.3.4.2.1',
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
}
const maxCertificates = 20

/** A time stamp whose own signature holds; who made it is not judged here. */
export interface TimeStamp {
  readonly time: Date
  readonly policy: string
  readonly nonce: Buffer | undefined
  /** Hash function and hash of what was stamped. */
  readonly imprint: { readonly hash: string; readonly value: Buffer }
  readonly signer: Certificate
  /** All that came along. */
  readonly certificates: readonly Certificate[]
}

const broken = (message: string): never => {
  throw new GatewayError({ kind: 'security', code: 'TRU-131', message: `The time stamp does not hold: ${message}.` })
}
const arrayBuffer = (bytes: Buffer): ArrayBuffer => Uint8Array.from(bytes).buffer
const digest = (hash: string, data: Buffer): Buffer => createHash(hash).update(data).digest()

/** A TimeStampReq (RFC 3161, 2.4.1) for a SHA-256 imprint, asking for the TSA's certificate. `nonce`: positive, up to 20 bytes. */
export const timeStampRequest = (imprint: Buffer, nonce: Buffer, policy?: string): Buffer => {
  const hashAlgorithm = new AlgorithmIdentifier({ algorithm: oid.sha256, parameters: null })
  const messageImprint = new MessageImprint({ hashAlgorithm, hashedMessage: new OctetString(imprint) })
  const reqPolicy = policy === undefined ? {} : { reqPolicy: policy }
  return asnBytes(new TimeStampReq({ messageImprint, ...reqPolicy, nonce: arrayBuffer(nonce), certReq: true }))
}

/** PKIStatus (RFC 3161, 2.4.2); 0 and 1 come with a token. */
const statuses = ['granted', 'grantedWithMods', 'rejection', 'waiting', 'revocationWarning', 'revocationNotification']

/**
 * The token (DER) out of a TimeStampResp. Throws `TRU-141` (operational) when the TSA refuses, and `TRU-001` when it is malformed.
 */
export const tokenOf = (response: Buffer): Buffer => {
  const [info, token] = derChildren(expectDer(readDer(response), derTag.sequence, 'a time-stamp response'))
  const { status, statusString } = parseAsn(info?.raw ?? Buffer.alloc(0), PKIStatusInfo, 'status of a time stamp')
  const code: number = status
  if (code <= 1 && token) return token.raw
  throw new GatewayError({
    kind: 'operational',
    code: 'TRU-141',
    message: `The time-stamping authority refuses: ${statuses[code] ?? code} ${statusString?.join(' ') ?? ''}`.trim(),
    hint: 'Ask the authority; check the policy that is asked for.',
  })
}

/** SignedData as it stands: the stamped info, the certificates and the only SignerInfo. */
const rawParts = (token: Buffer) => {
  const [type, wrapped] = derChildren(expectDer(readDer(token), derTag.sequence, 'a time stamp'))
  if (derOid(type) !== oid.signedData || wrapped?.tag !== derTag.context(0)) return broken('it is no signed data')
  const signedData = readDer(wrapped.content)
  const [, , content, ...rest] = derChildren(expectDer(signedData, derTag.sequence, 'signed data'))
  const [contentType, explicit] = derChildren(expectDer(content, derTag.sequence, 'its content'))
  if (derOid(contentType) !== oid.tstInfo || !explicit) return broken('it holds something other than a time')
  const info = expectDer(readDer(explicit.content), derTag.octetString, 'its content').content
  const set = rest.find((element) => element.tag === derTag.context(0))
  const infos = derChildren(expectDer(rest.at(-1), derTag.set, 'the signers'))
  const [signerInfo] = infos
  if (!signerInfo || infos.length !== 1) return broken(`it has ${infos.length} signers`)
  const certificates = (set ? derChildren(set) : []).filter(({ tag }) => tag === derTag.sequence)
  if (certificates.length > maxCertificates) return broken(`it carries ${certificates.length} certificates`)
  return { info, signerInfo, certificates: certificates.map(({ raw }) => readCertificate(raw)) }
}

/** The certificate that the signed attributes name (ESSCertID, RFC 2634; ESSCertIDv2, RFC 5035). */
const signerOf = (value: DerElement, isV2: boolean, certificates: readonly Certificate[]): Certificate => {
  const [list] = derChildren(value)
  const [first] = derChildren(expectDer(list, derTag.sequence, 'the list of certificates'))
  const fields = derChildren(expectDer(first, derTag.sequence, 'the id of a certificate'))
  const algorithm = fields[0]?.tag === derTag.sequence ? derOid(derChildren(fields[0])[0]) : oid.sha256
  const hash = isV2 ? hashOfOid[algorithm] : 'sha1'
  const wanted = fields.find(({ tag }) => tag === derTag.octetString)?.content
  if (hash === undefined || !wanted) return broken('the id of its certificate uses an algorithm that is not accepted')
  const found = certificates.find(({ der }) => digest(hash, der).equals(wanted))
  return found ?? broken('it does not carry the certificate that it names')
}

/** SignerInfo (RFC 5652, 5.3) as it stands. */
const readSignerInfo = (signerInfo: DerElement) => {
  const [, id, digestAlgorithm, attributes, algorithm, value] = derChildren(signerInfo)
  if (attributes?.tag !== derTag.context(0)) return broken('it has no signed attributes')
  const list = derChildren(attributes).map((attribute) => derChildren(attribute))
  return {
    digestOid: derOid(derChildren(expectDer(digestAlgorithm, derTag.sequence, 'the digest algorithm'))[0]),
    /** The only value of an attribute that stands there once. */
    attribute: (type: string): DerElement | undefined => {
      const [found, ...more] = list.filter(([id]) => derOid(id) === type)
      const values = found?.[1] ? derChildren(found[1]) : []
      return more.length === 0 && values.length === 1 ? values[0] : undefined
    },
    /** Issuer and serial number, or a key identifier, which ESSCertID outdoes. */
    isFor: ({ issuerName, serialNumber }: Certificate): boolean => {
      if (id?.tag !== derTag.sequence) return true
      const [name, serial] = derChildren(id)
      return name?.raw.equals(issuerName) === true && serial?.content.equals(serialNumber) === true
    },
    // The attributes are signed as a SET although they stand there as [0] (RFC 5652, 5.4).
    signed: Buffer.concat([Buffer.from([derTag.set]), attributes.raw.subarray(1)]),
    algorithm: expectDer(algorithm, derTag.sequence, 'the signature algorithm'),
    value: expectDer(value, derTag.octetString, 'the signature').content,
  }
}

const verify = (token: Buffer): TimeStamp => {
  assertDer(token)
  const { info, signerInfo, certificates } = rawParts(token)
  const { digestOid, attribute, isFor, signed, algorithm, value } = readSignerInfo(signerInfo)
  const hash = hashOfOid[digestOid]
  if (hash === undefined) return broken(`its digest algorithm is not accepted (${digestOid})`)
  const type = attribute(oid.contentType)
  if (!type || derOid(type) !== oid.tstInfo) return broken('its signed attributes are for something else')
  const claimed = expectDer(attribute(oid.messageDigest), derTag.octetString, 'the digest').content
  const actual = digest(hash, info)
  if (claimed.length !== actual.length || !timingSafeEqual(claimed, actual)) return broken('its time was changed')

  const v2 = attribute(oid.signingCertificateV2)
  const essCertId = v2 ?? attribute(oid.signingCertificate)
  if (!essCertId) return broken('it does not name its certificate')
  const signer = signerOf(essCertId, v2 !== undefined, certificates)
  if (!isFor(signer)) return broken('it names its certificate in two ways that do not agree')
  if (!isSignedWith(signer.x509.publicKey, algorithm, signed, value, hash))
    return broken("it was not made with its certificate's key, or with an algorithm that is not accepted")

  const stamped = parseAsn(info, TSTInfo, 'time-stamp info')
  const imprintHash = hashOfOid[stamped.messageImprint.hashAlgorithm.algorithm]
  if (imprintHash === undefined) return broken('its imprint uses an algorithm that is not accepted')
  return {
    time: stamped.genTime,
    policy: stamped.policy,
    nonce: stamped.nonce && Buffer.from(stamped.nonce),
    imprint: { hash: imprintHash, value: Buffer.from(stamped.messageImprint.hashedMessage.buffer) },
    signer,
    certificates,
  }
}

/**
 * Reads a time-stamp token (DER, RFC 3161) and checks its own signature: one signer, signed attributes, the certificate named and
 * carried, SHA-2. Throws `TRU-131` (security) when it does not hold, `TRU-001` and `TRU-002` when it is malformed.
 */
export const readTimeStamp = (token: Buffer): TimeStamp => verify(token)

/** Whether it stamps this data. */
export const isStampOf = ({ imprint }: TimeStamp, data: Buffer): boolean =>
  digest(imprint.hash, data).equals(imprint.value)
