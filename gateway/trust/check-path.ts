import type { Finding } from '../contract/finding.ts'
import type { Certificate } from './certificate.ts'

/** Extended key usages that say "not for documents" when a certificate has no other. */
const notForDocuments = new Set([
  '1.3.6.1.5.5.7.3.1', // TLS server
  '1.3.6.1.5.5.7.3.2', // TLS client
  '1.3.6.1.5.5.7.3.8', // time stamps
  '1.3.6.1.5.5.7.3.9', // OCSP answers
])

/** Signature algorithms that are broken: MD2, MD5 and SHA-1 with RSA, SHA-1 with DSA and ECDSA. */
export const brokenSignatures: ReadonlySet<string> = new Set([
  '1.2.840.113549.1.1.2',
  '1.2.840.113549.1.1.4',
  '1.2.840.113549.1.1.5',
  '1.2.840.10040.4.3',
  '1.2.840.10045.4.1',
])

/**
 * May this certificate seal documents? Its key usage must name digitalSignature or nonRepudiation
 * (EN 319 412-2, 4.3.2), and its extended key usage, where there is one, must not be for TLS, time stamps or OCSP only.
 */
export const maySeal = (certificate: Certificate): boolean => {
  const { keyUsage, extendedKeyUsage } = certificate
  if (!keyUsage?.has('digitalSignature') && !keyUsage?.has('nonRepudiation')) return false
  return extendedKeyUsage.length === 0 || !extendedKeyUsage.every((id) => notForDocuments.has(id))
}

const timeStamping = '1.3.6.1.5.5.7.3.8'

/** May this certificate make time stamps? Its only extended key usage must be that one, and critical (RFC 3161, 2.3). */
export const mayTimeStamp = ({ extendedKeyUsage, extensions, keyUsage }: Certificate): boolean =>
  extendedKeyUsage.length === 1 &&
  extendedKeyUsage[0] === timeStamping &&
  extensions.get('2.5.29.37')?.critical === true &&
  (!keyUsage || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation'))

/** What the leaf of a path is for. */
export type Purpose = 'document' | 'time-stamp'

/** Whether `at` lies before, within or after the certificate's validity. */
export const validityAt = ({ x509 }: Certificate, at: Date): 'before' | 'within' | 'after' => {
  if (at < x509.validFromDate) return 'before'
  return at > x509.validToDate ? 'after' : 'within'
}

type Report = (code: string, message: string) => void

const checkOne = (certificate: Certificate, at: Date, report: Report): void => {
  const { subject, x509 } = certificate
  const validity = validityAt(certificate, at)
  if (validity === 'after') report('TRU-101', `${subject} expired on ${x509.validToDate.toISOString()}.`)
  if (validity === 'before') report('TRU-102', `${subject} is valid only from ${x509.validFromDate.toISOString()} on.`)
  if (certificate.unknownCritical.length > 0) {
    report(
      'TRU-108',
      `${subject} has a critical extension nobody here knows: ${certificate.unknownCritical.join(', ')}.`,
    )
  }
}

const checkIssuer = (issuer: Certificate, casBelow: number, report: Report): void => {
  const { subject, keyUsage, pathLength } = issuer
  if (!issuer.x509.ca || (keyUsage && !keyUsage.has('keyCertSign'))) {
    report('TRU-106', `${subject} issued a certificate but is no certification authority.`)
  }
  if (pathLength !== undefined && casBelow > pathLength) {
    report('TRU-109', `${subject} allows ${pathLength} authorities below it, there are ${casBelow}.`)
  }
}

const checkPurpose = (leaf: Certificate, purpose: Purpose, report: Report): void => {
  if (purpose === 'document' && !maySeal(leaf))
    report('TRU-103', `${leaf.subject} is not for signing documents (key usage or extended key usage).`)
  if (purpose === 'time-stamp' && !mayTimeStamp(leaf))
    report('TRU-110', `${leaf.subject} is not for time stamps alone (critical extended key usage).`)
}

/**
 * Checks a path whose signatures hold, leaf first, for sealing documents or for time stamps at the time `at`. Errors, all of
 * them: `TRU-101` expired, `TRU-102` not yet valid, `TRU-103` the leaf is not for documents, `TRU-106` an issuer that is no CA,
 * `TRU-107` signed with a broken algorithm, `TRU-108` unknown critical extension, `TRU-109` path too long, `TRU-110` the leaf is
 * not for time stamps.
 */
export const checkPath = (path: readonly Certificate[], at: Date, purpose: Purpose = 'document'): Finding[] => {
  const findings: Finding[] = []
  const report: Report = (code, message) => {
    findings.push({ code, layer: 'trust', severity: 'error', path: '/', message })
  }
  path.forEach((certificate, i) => {
    checkOne(certificate, at, report)
    if (i === 0) checkPurpose(certificate, purpose, report)
    if (i > 0) checkIssuer(certificate, i - 1, report)
    // The top of a path is trusted for its key, not for its own signature.
    const hasIssuer = i < path.length - 1
    if (hasIssuer && brokenSignatures.has(certificate.signatureOid)) {
      report('TRU-107', `${certificate.subject} was signed with a broken algorithm (${certificate.signatureOid}).`)
    }
  })
  return findings
}
