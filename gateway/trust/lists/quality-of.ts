import type { Certificate } from '../certificate.ts'
import { periodAt } from './find-services.ts'
import type { FindServices, ListedService } from './find-services.ts'
import { meetsCriteria } from './meets-criteria.ts'
import { policiesOf, qcStatementsOf } from './qc-statements.ts'
import type { CertificateType } from './qc-statements.ts'
import type { ServicePeriod } from './trusted-list.ts'

/**
 * What a certificate is worth under eIDAS at a time. `qualified-*`: qualified certificate whose key lies in a qualified device;
 * `advanced-*`: its issuer stands in a trusted list, and something of that is missing; `neither`: its issuer is not listed,
 * or not in good standing then.
 */
export interface Quality {
  readonly quality: 'qualified-seal' | 'qualified-signature' | 'advanced-seal' | 'advanced-signature' | 'neither'
  readonly isQualifiedCertificate: boolean
  readonly inQualifiedDevice: boolean
  /** The listed service that issued it. */
  readonly issuer: { readonly territory: string; readonly provider: string; readonly service: string } | undefined
  /** Sentences, in the order of the reasoning. */
  readonly why: readonly string[]
}

const service = 'http://uri.etsi.org/TrstSvc/Svctype/'
const info = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/'
/** eIDAS applies from here on; the statuses before it were others (TS 119 612, 5.5.4 and annex J). */
const eidas = Date.parse('2016-06-30T22:00:00Z')
const goodBefore = new Set(['undersupervision', 'supervisionincessation', 'accredited', 'granted'])
const goodSince = new Set(['granted', 'recognisedatnationallevel'])
const forType: Readonly<Record<CertificateType, string>> = {
  signature: 'ForeSignatures',
  seal: 'ForeSeals',
  web: 'ForWebSiteAuthentication',
}

const lastOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1)

/** Names of the qualifiers that the list sets for this certificate. */
const qualifiersOf = (period: ServicePeriod, certificate: Certificate): ReadonlySet<string> =>
  new Set(
    period.qualifications
      .filter(({ criteria }) => meetsCriteria(certificate, criteria))
      .flatMap(({ qualifiers }) => qualifiers.filter((uri) => uri.startsWith(info)).map(lastOf)),
  )

const has = (found: ReadonlySet<string>, ...names: string[]): boolean => names.some((name) => found.has(name))

const typeOf = (certificate: Certificate, qualifiers: ReadonlySet<string>): CertificateType => {
  if (has(qualifiers, 'QCForESeal')) return 'seal'
  if (has(qualifiers, 'QCForESig')) return 'signature'
  if (has(qualifiers, 'QCForWSA')) return 'web'
  const { types, compliance } = qcStatementsOf(certificate)
  const [type] = types
  if (type !== undefined && types.length === 1) return type
  if (has(qualifiers, 'QCForLegalPerson')) return 'seal'
  // A qualified certificate without a type is one for signatures (EN 319 412-5, 4.2.3); any other is what we use it for.
  return compliance ? 'signature' : 'seal'
}

const isQualified = (certificate: Certificate, qualifiers: ReadonlySet<string>, at: Date): boolean => {
  if (has(qualifiers, 'NotQualified')) return false
  if (has(qualifiers, 'QCStatement', 'QCForESeal', 'QCForESig')) return true
  const { compliance, foreign } = qcStatementsOf(certificate)
  if (compliance) return !foreign
  // Before eIDAS the policies QCP and QCP+ of TS 101 456 said it too.
  const policies = policiesOf(certificate)
  return at.getTime() < eidas && policies.some((oid) => oid === '0.4.0.1456.1.1' || oid === '0.4.0.1456.1.2')
}

const isInDevice = (certificate: Certificate, qualifiers: ReadonlySet<string>): boolean => {
  if (has(qualifiers, 'QCNoQSCD', 'QCNoSSCD')) return false
  if (has(qualifiers, 'QCWithQSCD', 'QCWithSSCD', 'QCQSCDManagedOnBehalf')) return true
  return qcStatementsOf(certificate).device
}

const neither = (why: readonly string[]): Quality => ({
  quality: 'neither',
  isQualifiedCertificate: false,
  inQualifiedDevice: false,
  issuer: undefined,
  why,
})

/** Judges by one listed service that issued the certificate. */
const byService = (certificate: Certificate, { territory, service: listed }: ListedService, at: Date): Quality => {
  const name = `"${listed.name}" of ${listed.provider} (${territory})`
  const period = periodAt(listed, at)
  if (!period) return neither([`${name} was not listed yet on ${at.toISOString()}.`])
  const kind = period.type.slice(service.length)
  const status = lastOf(period.status)
  if (!period.type.startsWith(`${service}CA/`)) return neither([`${name} is listed as ${kind}, which issues no seals.`])
  if (period.unknownCritical.length > 0)
    return neither([`${name} is listed with conditions nobody here knows: ${period.unknownCritical.join(', ')}.`])
  if (!(at.getTime() < eidas ? goodBefore : goodSince).has(status))
    return neither([`${name} had the status "${status}" since ${period.since}.`])
  const why = [`${name} is listed as ${kind} with the status "${status}" since ${period.since}.`]
  const qualifiers = qualifiersOf(period, certificate)
  if (qualifiers.size > 0) why.push(`For this certificate the list adds ${[...qualifiers].join(', ')}.`)

  const type = typeOf(certificate, qualifiers)
  if (type === 'web') return neither([...why, 'The certificate is for websites.'])
  const uses = period.additional.filter((uri) => uri.startsWith(`${info}For`)).map(lastOf)
  const isForType = at.getTime() < eidas || uses.includes(forType[type])
  const isQualifiedCertificate =
    kind === 'CA/QC' && status !== 'recognisedatnationallevel' && isForType && isQualified(certificate, qualifiers, at)
  const inQualifiedDevice = isQualifiedCertificate && isInDevice(certificate, qualifiers)
  if (kind !== 'CA/QC') why.push('The service does not issue qualified certificates.')
  else if (!isForType) why.push(`The service is listed for ${uses.join(', ') || 'nothing'}, not for ${forType[type]}.`)
  else if (!isQualifiedCertificate) why.push('The certificate was not issued as qualified.')
  else if (!inQualifiedDevice) why.push('It is a qualified certificate, but its key lies in no qualified device.')
  else why.push('It is a qualified certificate, and its key lies in a qualified device.')
  return {
    quality: `${inQualifiedDevice ? 'qualified' : 'advanced'}-${type}`,
    isQualifiedCertificate,
    inQualifiedDevice,
    issuer: { territory, provider: listed.provider, service: listed.name },
    why,
  }
}

const isSignedBy = ({ x509 }: Certificate, issuer: Certificate): boolean => {
  try {
    return x509.checkIssued(issuer.x509) && x509.verify(issuer.x509.publicKey)
  } catch {
    return false // a key that cannot have made this signature at all
  }
}

/** The issuers of the path as far as each has signed the one before. */
const issuersOf = (certificate: Certificate, chain: readonly Certificate[]): Certificate[] => {
  const issuers: Certificate[] = []
  for (const issuer of chain.filter(({ sha256 }) => sha256 !== certificate.sha256)) {
    if (!isSignedBy(issuers.at(-1) ?? certificate, issuer)) break
    issuers.push(issuer)
  }
  return issuers
}

const worth = ({ quality, isQualifiedCertificate }: Quality): number =>
  quality === 'neither' ? 0 : quality.startsWith('advanced') ? (isQualifiedCertificate ? 2 : 1) : 3

/**
 * Whether a certificate makes qualified seals, advanced ones under a listed provider, or neither, and why (TS 119 615, 4.4).
 * `chain`: its path, leaf first, as `buildPath` gives it; it ends where one did not sign the one before. Whether it is valid and not
 * revoked at the time `at` is asked elsewhere. The nearest listed issuer counts; one that is listed more than once (for
 * signatures and for seals, say) by its best entry. Throws `TRU-001` for a malformed certificate.
 */
export const qualityOf = (
  certificate: Certificate,
  chain: readonly Certificate[],
  at: Date,
  find: FindServices,
): Quality => {
  const issuers = issuersOf(certificate, chain)
  for (const issuer of issuers) {
    const listed = find(issuer)
    if (listed.length === 0) continue
    const [best] = listed.map((one) => byService(certificate, one, at)).sort((a, b) => worth(b) - worth(a))
    if (best) return best
  }
  const [issuer] = issuers
  const name = issuer?.subject ?? certificate.x509.issuer.split('\n').join(', ')
  return neither([`No service of the imported lists is ${name} or an authority above it.`])
}
