import type { Instant, Sha256 } from '../contract/ids.ts'
import type { CertificateAlertRow } from '../store/trust-tables.ts'
import type { RegisteredCertificate } from './register.ts'

/** Days before the end on which it is told. */
export const alertDays = [60, 30, 14, 7, 3, 1] as const

export interface CertificateAlert {
  readonly certificate: RegisteredCertificate
  /** The day of `alertDays` that was reached. */
  readonly days: number
  /** What is written so that it is not told again: this day, and those before it that were missed. */
  readonly rows: readonly CertificateAlertRow[]
}

/**
 * Which ends of certificates are to be told now. Each certificate is told once per day of `alertDays`. After a pause, or for a
 * certificate that is new here, only the nearest day is told and the others are noted as passed over.
 */
export const planAlerts = (
  certificates: readonly RegisteredCertificate[],
  told: readonly Pick<CertificateAlertRow, 'sha256' | 'days'>[],
  now: Instant,
): CertificateAlert[] => {
  const isTold = (sha256: Sha256, days: number): boolean => told.some((a) => a.sha256 === sha256 && a.days === days)
  return certificates.flatMap((certificate) => {
    const { sha256, daysLeft } = certificate
    const reached = alertDays.filter((days) => daysLeft <= days)
    const nearest = reached.at(-1)
    if (nearest === undefined || isTold(sha256, nearest)) return []
    const rows = reached
      .filter((days) => !isTold(sha256, days))
      .map((days): CertificateAlertRow => ({ sha256, days, told: days === nearest ? 1 : 0, at: now }))
    return [{ certificate, days: nearest, rows }]
  })
}
