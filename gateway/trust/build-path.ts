import type { Finding } from '../contract/finding.ts'
import type { Certificate } from './certificate.ts'
import { checkPath } from './check-path.ts'
import type { Purpose } from './check-path.ts'

/** The way from a certificate to a trust anchor. Revocation is not looked at and nothing is claimed about it. */
export interface TrustPath {
  /** `unknown`: no anchors were given, so nobody could be trusted. */
  readonly trust: 'trusted' | 'untrusted' | 'unknown'
  /** Leaf first, trust anchor last; what was found so far when there is no path. */
  readonly path: readonly Certificate[]
  readonly findings: readonly Finding[]
}

export interface PathInput {
  readonly leaf: Certificate
  /** Certificates that came along, in any order; what does not belong to the path is ignored. */
  readonly intermediates: readonly Certificate[]
  readonly anchors: readonly Certificate[]
  /** The time at which all of them must be valid. */
  readonly at: Date
  /** What the leaf is for; default: signing documents. */
  readonly purpose?: Purpose
}

/** Real paths have two to four certificates. */
const maxPath = 8
/** A signature from outside may carry any number of certificates; looking for a path stays cheap all the same. */
const maxSteps = 200

const isIssuedBy = (certificate: Certificate, issuer: Certificate): boolean => {
  try {
    return certificate.x509.checkIssued(issuer.x509) && certificate.x509.verify(issuer.x509.publicKey)
  } catch {
    return false // a key that cannot verify this signature at all, such as EC against RSA
  }
}

/** Whatever it says about its usage. */
const isSelfSigned = ({ issuerName, subjectName, x509 }: Certificate): boolean => {
  try {
    return issuerName.equals(subjectName) && x509.verify(x509.publicKey)
  } catch {
    return false
  }
}

/** All paths to an anchor, shortest first at each step; `longest` is what to show when there is none. */
const findPaths = ({ leaf, intermediates, anchors }: PathInput): { paths: Certificate[][]; longest: Certificate[] } => {
  const paths: Certificate[][] = []
  let longest = [leaf]
  let steps = 0
  const isAnchor = (certificate: Certificate): boolean => anchors.some((a) => a.sha256 === certificate.sha256)
  const walk = (path: readonly Certificate[]): void => {
    const last = path.at(-1) ?? leaf
    if (path.length > longest.length) longest = [...path]
    if (isAnchor(last)) {
      paths.push([...path])
      return
    }
    if (path.length >= maxPath) return
    for (const issuer of [...anchors, ...intermediates]) {
      if (path.some((c) => c.sha256 === issuer.sha256)) continue
      if (++steps > maxSteps) return
      if (isIssuedBy(last, issuer)) walk([...path, issuer])
    }
  }
  walk([leaf])
  return { paths, longest }
}

/**
 * Builds the certificate path of a seal or a time stamp from its leaf over the given intermediates to one of the anchors and checks
 * it (RFC 5280, section 6, without revocation, policies and name constraints).
 * Findings: `TRU-100` no anchors, `TRU-104` issuer unknown, `TRU-105` self-signed and not trusted, and those of
 * `checkPath`. Throws nothing.
 */
export const buildPath = (input: PathInput): TrustPath => {
  const { leaf, at, purpose } = input
  const finding = (code: string, severity: Finding['severity'], message: string): Finding => {
    return { code, layer: 'trust', severity, path: '/', message }
  }
  if (input.anchors.length === 0) {
    const problems = checkPath([leaf], at, purpose)
    const message = 'No trust anchor was given, so nothing can be said about who signed. Name the root certificate.'
    return { trust: 'unknown', path: [leaf], findings: [finding('TRU-100', 'warning', message), ...problems] }
  }
  const { paths, longest } = findPaths(input)
  const checked = paths.map((path) => ({ path, findings: checkPath(path, at, purpose) }))
  const best = checked.find(({ findings }) => findings.length === 0) ?? checked[0]
  if (best) return { trust: best.findings.length === 0 ? 'trusted' : 'untrusted', ...best }

  const top = longest.at(-1) ?? leaf
  const reason = isSelfSigned(top)
    ? finding('TRU-105', 'error', `${top.subject} is self-signed and no trust anchor. Trust it only after checking it.`)
    : finding('TRU-104', 'error', `The issuer of ${top.subject} is not known: ${oneLine(top.x509.issuer)}.`)
  return { trust: 'untrusted', path: longest, findings: [reason, ...checkPath(longest, at, purpose)] }
}

const oneLine = (name: string): string => name.split('\n').join(', ')
