import type { Instant, Sha256 } from '../contract/ids.ts'
import { readCertificates } from '../trust/certificate.ts'
import type { Certificate } from '../trust/certificate.ts'
import type { Quality } from '../trust/lists/quality-of.ts'

/** What a certificate is for here. */
export type CertificateUse = 'signing' | 'tls-client' | 'server-ca' | 'tsa' | 'trust-anchor'

/** A place that certificates come from. */
export interface CertificateSource {
  readonly use: CertificateUse
  /** Who uses them: the name of a signer, an access point, a time-stamping authority. */
  readonly usedBy: string
  /** For people: a file, or a token. */
  readonly from: string
  /** Set where they are not in use yet but take over then. */
  readonly preparedFrom?: Instant | undefined
  /** PEM (also bundles) or DER, one or more. */
  read(): Promise<readonly Buffer[]>
}

/** One certificate, however many places name it. */
export interface RegisteredCertificate {
  readonly sha256: Sha256
  readonly subject: string
  readonly issuer: string
  readonly uses: readonly CertificateUse[]
  readonly usedBy: readonly string[]
  readonly from: readonly string[]
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Whole days until it ends; negative when it has ended. */
  readonly daysLeft: number
  readonly state: 'not-yet-valid' | 'valid' | 'expired'
  /** When it takes over, where it is only prepared. */
  readonly preparedFrom: Instant | null
  /** What takes over, where one was prepared. */
  readonly next: { readonly sha256: Sha256; readonly from: Instant } | null
  /** Of certificates that sign: what the trusted lists say now, and why. */
  readonly quality: Pick<Quality, 'quality' | 'why'> | null
}

/** A place whose certificates could not be had. */
export interface RegisterProblem {
  readonly use: CertificateUse
  readonly usedBy: string
  readonly from: string
  readonly problem: string
}

export interface CertificateRegister {
  /** Those that end first come first. */
  readonly certificates: readonly RegisteredCertificate[]
  readonly problems: readonly RegisterProblem[]
}

const dayMs = 86_400_000
const oneLine = (name: string): string => name.split('\n').join(', ')
const instantOf = (date: Date): Instant => date.toISOString() as Instant

const stateAt = ({ x509 }: Certificate, now: Date): RegisteredCertificate['state'] => {
  if (now < x509.validFromDate) return 'not-yet-valid'
  return now > x509.validToDate ? 'expired' : 'valid'
}

/** A prepared certificate, by the slot (`use name`) it takes over. */
export interface Prepared {
  readonly slot: string
  readonly sha256: Sha256
  readonly from: Instant
}

/** A slot is filled by one certificate at a time: a signer's, or the client certificate of an access point. */
export const slotOf = (use: CertificateUse, usedBy: string): string => `${use} ${usedBy}`

interface Found extends Pick<CertificateSource, 'use' | 'usedBy' | 'from' | 'preparedFrom'> {
  readonly certificate: Certificate
  /** First of its place: the one that the slot is filled with. */
  readonly isLeaf: boolean
  /** All of its place. */
  readonly chain: readonly Certificate[]
}

export interface RegisterOptions {
  readonly prepared?: readonly Prepared[]
  /** What a certificate that signs is worth, given its chain. */
  readonly judge?: (certificate: Certificate, chain: readonly Certificate[]) => Quality
}

const entryOf = (found: readonly Found[], now: Date, options: RegisterOptions): RegisteredCertificate[] => {
  const [first] = found
  if (!first) return []
  const { certificate } = first
  const { x509, sha256, subject } = certificate
  const inUse = found.filter(({ preparedFrom }) => preparedFrom === undefined)
  const slots = inUse.filter(({ isLeaf }) => isLeaf).map(({ use, usedBy }) => slotOf(use, usedBy))
  const next = (options.prepared ?? []).find((one) => slots.includes(one.slot) && one.sha256 !== sha256)
  const signing = found.find(({ use, isLeaf }) => use === 'signing' && isLeaf)
  const judged = signing && options.judge?.(certificate, signing.chain)
  const all = <T>(of: (one: Found) => T): T[] => [...new Set(found.map(of))]
  return [
    {
      sha256,
      subject,
      issuer: oneLine(x509.issuer),
      uses: all(({ use }) => use),
      usedBy: all(({ usedBy }) => usedBy),
      from: all(({ from }) => from),
      notBefore: instantOf(x509.validFromDate),
      notAfter: instantOf(x509.validToDate),
      daysLeft: Math.floor((x509.validToDate.getTime() - now.getTime()) / dayMs),
      state: stateAt(certificate, now),
      preparedFrom: inUse.length > 0 ? null : (first.preparedFrom ?? null),
      next: next ? { sha256: next.sha256, from: next.from } : null,
      quality: judged ? { quality: judged.quality, why: judged.why } : null,
    },
  ]
}

/**
 * All certificates in one place. Reads every source now; one that fails is a problem in the result and stops none of the others.
 */
export const readRegister = async (
  sources: readonly CertificateSource[],
  now: Date,
  options: RegisterOptions = {},
): Promise<CertificateRegister> => {
  const found = new Map<string, Found[]>()
  const problems: RegisterProblem[] = []
  for (const source of sources) {
    const { use, usedBy, from, preparedFrom } = source
    try {
      const certificates = (await source.read()).flatMap((bytes) => readCertificates(bytes))
      for (const [i, certificate] of certificates.entries()) {
        const places = found.get(certificate.sha256) ?? []
        places.push({ use, usedBy, from, preparedFrom, certificate, isLeaf: i === 0, chain: certificates })
        found.set(certificate.sha256, places)
      }
    } catch (error) {
      problems.push({ use, usedBy, from, problem: (error as Error).message })
    }
  }
  const ofNext = [...found.values()]
    .flat()
    .flatMap(({ use, usedBy, isLeaf, preparedFrom, certificate }) =>
      isLeaf && preparedFrom !== undefined
        ? [{ slot: slotOf(use, usedBy), sha256: certificate.sha256, from: preparedFrom }]
        : [],
    )
  const all = { ...options, prepared: [...(options.prepared ?? []), ...ofNext] }
  const certificates = [...found.values()].flatMap((places) => entryOf(places, now, all))
  return {
    certificates: certificates.sort((a, b) => a.notAfter.localeCompare(b.notAfter) || a.sha256.localeCompare(b.sha256)),
    problems,
  }
}
