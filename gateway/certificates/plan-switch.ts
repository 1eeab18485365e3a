import { createPrivateKey } from 'node:crypto'
import { GatewayError } from '../contract/errors.ts'
import type { NextCertificateRow } from '../store/trust-tables.ts'
import { readCertificates } from '../trust/certificate.ts'
import type { Certificate } from '../trust/certificate.ts'

/** Names of the files of a slot. */
export interface SlotFiles {
  readonly certificate: string
  readonly key: string
}

/** The files that a slot is filled with at a time: the configured ones, or from its day on the prepared ones. */
export const filesAt = (
  configured: SlotFiles,
  next: Pick<NextCertificateRow, 'files' | 'from_at'> | undefined,
  now: Date,
): SlotFiles => (next && now.getTime() >= Date.parse(next.from_at) ? (JSON.parse(next.files) as SlotFiles) : configured)

/** Prepared certificates whose day has come and whose switch is not noted yet. */
export const dueSwitches = (rows: readonly NextCertificateRow[], now: Date): NextCertificateRow[] =>
  rows.filter((row) => row.switched_at === null && now.getTime() >= Date.parse(row.from_at))

const refuse = (message: string, hint: string): never => {
  throw new GatewayError({ kind: 'config', code: 'CRT-002', message, hint })
}

/**
 * The certificate of a pair of PEM files, when they can take over at `from`: the key belongs to it, and it is valid then.
 * Throws `CRT-002` (config) with the reason, `TRU-002` for what is no certificate.
 */
export const checkPair = (certificate: Buffer, key: Buffer, from: Date): Certificate => {
  const [leaf] = readCertificates(certificate)
  if (!leaf) return refuse('There is no certificate in the file.', 'Give the certificate as PEM.')
  const { x509, subject } = leaf
  let belongs = false
  try {
    belongs = x509.checkPrivateKey(createPrivateKey(key))
  } catch {
    return refuse('The private key cannot be read.', 'Give it as PEM without a password.')
  }
  if (!belongs)
    return refuse(`The key does not belong to ${subject}.`, 'Give the key that the certificate was made for.')
  if (from < x509.validFromDate || from > x509.validToDate)
    return refuse(
      `${subject} is not valid on ${from.toISOString()}, only from ${x509.validFromDate.toISOString()} to ${x509.validToDate.toISOString()}.`,
      'Choose another day, or get another certificate.',
    )
  return leaf
}
