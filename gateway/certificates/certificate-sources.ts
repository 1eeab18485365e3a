import { configPath } from '../config/load-config.ts'
import type { Instant, Signer } from '../contract/index.ts'
import type { Tools } from '../flow/tools.ts'
import type { NextCertificateRow } from '../store/trust-tables.ts'
import type { ChangedFiles } from './changed-files.ts'
import { filesAt } from './plan-switch.ts'
import type { SlotFiles } from './plan-switch.ts'
import { slotOf } from './register.ts'
import type { CertificateSource } from './register.ts'

export interface SourceTools extends Pick<Tools, 'config' | 'configFolder' | 'clock'> {
  /** The site's signers by name. */
  readonly signers: {
    named(name: string): Promise<Pick<Signer, 'chain'>>
    /** Of the key that takes over later. */
    next?(name: string): Promise<{ readonly from: string; readonly chain: readonly Buffer[] } | undefined>
  }
}

/** Every certificate that the configuration names, from its files as they are now and from the signer. */
export const certificateSources = (
  tools: SourceTools,
  files: ChangedFiles,
  next: readonly NextCertificateRow[],
): CertificateSource[] => {
  const { config, configFolder, clock } = tools
  const file = (use: CertificateSource['use'], usedBy: string, name: string): CertificateSource => ({
    use,
    usedBy,
    from: name,
    read: async () => [await files.read(configPath(configFolder, name))],
  })
  const signing = config.signers.map(({ name }): CertificateSource => ({
    use: 'signing',
    usedBy: name,
    from: `signer ${name}`,
    read: async () => (await tools.signers.named(name)).chain,
  }))
  const nextSigning = config.signers
    .filter(({ next: later }) => later !== undefined && Date.parse(later.from) > clock().getTime())
    .map(({ name, next: later }): CertificateSource => ({
      use: 'signing',
      usedBy: name,
      from: `next key of signer ${name}`,
      preparedFrom: later === undefined ? undefined : (new Date(later.from).toISOString() as Instant),
      // On a token it shows on its day: looking for it earlier would cost a try of its PIN.
      read: async () => (await tools.signers.next?.(name))?.chain ?? [],
    }))
  const ofPoints = config.accessPoints.flatMap(({ name, tls }) => {
    if (!tls) return []
    const prepared = next.find(({ slot }) => slot === slotOf('tls-client', name))
    const { certificate } = filesAt(tls, prepared, clock())
    const later = prepared && (JSON.parse(prepared.files) as SlotFiles).certificate
    return [
      file('tls-client', name, certificate),
      ...(later === undefined || later === certificate
        ? []
        : [{ ...file('tls-client', name, later), preparedFrom: prepared?.from_at }]),
      ...tls.trustAnchors.map((anchor) => file('server-ca', name, anchor)),
    ]
  })
  return [
    ...signing,
    ...nextSigning,
    ...ofPoints,
    ...config.trustAnchors.map((anchor) => file('trust-anchor', 'documents', anchor)),
  ]
}
