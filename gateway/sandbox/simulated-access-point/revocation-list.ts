import type { Certificate } from '../../trust/certificate.ts'
import { derChildren, derTag, encodeDer, expectDer, readDer } from '../../trust/der.ts'

/** Says whether a certificate stands on a revocation list. */
export type IsRevoked = (certificate: Certificate) => boolean

const isTime = (tag: number | undefined): boolean => tag === 0x17 || tag === 0x18

/**
 * Reads a certificate revocation list (DER; RFC 5280, 5.1). Its signature is not verified and its dates are not looked at: this
 * is the example PKI's own list, read from the folder that its keys lie in.
 * @throws GatewayError TRU-001 when it is malformed
 */
export const readRevocationList = (der: Buffer): IsRevoked => {
  const [body] = derChildren(expectDer(readDer(der), derTag.sequence, 'the revocation list'))
  const fields = derChildren(expectDer(body, derTag.sequence, 'the list of the revocation list'))
  // version INTEGER OPTIONAL, signature, issuer, thisUpdate, nextUpdate OPTIONAL, revokedCertificates OPTIONAL, …
  const at = fields[0]?.tag === derTag.integer ? 1 : 0
  const issuer = expectDer(fields[at + 1], derTag.sequence, 'the issuer')
  const entries = fields[at + (isTime(fields[at + 3]?.tag) ? 4 : 3)]
  const directoryName = encodeDer(derTag.sequence, encodeDer(derTag.context(4), issuer.raw))
  // As `Certificate.issuerSerial` has it: a serial number means something only together with its issuer.
  const revoked = new Set(
    (entries?.tag === derTag.sequence ? derChildren(entries) : []).map((entry) => {
      const serial = expectDer(derChildren(entry)[0], derTag.integer, 'a serial number')
      return encodeDer(derTag.sequence, directoryName, serial.raw).toString('hex')
    }),
  )
  return ({ issuerSerial }) => revoked.has(issuerSerial.toString('hex'))
}
