import { readCertificate } from '../certificate.ts'
import type { Certificate } from '../certificate.ts'
import type { ServicePeriod, TrustedList, TrustService } from './trusted-list.ts'

export interface ListedService {
  readonly territory: string
  readonly service: TrustService
}

/** Finds the services whose digital identity a certificate is. */
export type FindServices = (certificate: Certificate) => readonly ListedService[]

/** A CA is the same one in every certificate of its name and key: cross-certificates and renewed ones (5.5.3). */
const identityOf = ({ x509, subjectName }: Certificate): string => {
  const key = x509.publicKey.export({ type: 'spki', format: 'der' })
  return `${subjectName.toString('base64')} ${key.toString('base64')}`
}

const identities = (der: Buffer): string | undefined => {
  try {
    return identityOf(readCertificate(der))
  } catch {
    return undefined // A listed certificate nobody can read identifies nothing; the others of the list still do.
  }
}

/** An index over the services of lists; only those whose signature is valid belong here. */
export const indexServices = (lists: readonly TrustedList[]): FindServices => {
  const byIdentity = new Map<string, ListedService[]>()
  for (const { territory, services } of lists)
    for (const service of services)
      for (const identity of new Set(service.certificates.flatMap((der) => identities(der) ?? []))) {
        const known = byIdentity.get(identity) ?? []
        known.push({ territory, service })
        byIdentity.set(identity, known)
      }
  return (certificate) => {
    try {
      return byIdentity.get(identityOf(certificate)) ?? []
    } catch {
      return [] // a kind of key that cannot be read
    }
  }
}

/** What held for a service at a time; undefined before it was listed. */
export const periodAt = ({ periods }: TrustService, at: Date): ServicePeriod | undefined =>
  periods.find(({ since }) => Date.parse(since) <= at.getTime())
