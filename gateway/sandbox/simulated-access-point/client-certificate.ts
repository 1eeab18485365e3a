import { readCertificate } from '../../trust/certificate.ts'
import type { IsRevoked } from './revocation-list.ts'

/** RFC 5280, 4.2.1.12: id-kp-clientAuth. */
const clientAuth = '1.3.6.1.5.5.7.3.2'

/**
 * Why a client certificate that got through the handshake is not served; undefined when it is. OpenSSL lets one pass that
 * names no purpose at all, as a seal does: it would make the seal's key a key to the door.
 * @param der undefined when the client showed none
 */
export const clientObjection = (der: Buffer | undefined, isRevoked: IsRevoked): string | undefined => {
  if (!der) return 'There is no client certificate.'
  const certificate = readCertificate(der)
  if (!certificate.extendedKeyUsage.includes(clientAuth)) return 'The certificate is not one for TLS clients.'
  return isRevoked(certificate) ? 'The client certificate was revoked.' : undefined
}
