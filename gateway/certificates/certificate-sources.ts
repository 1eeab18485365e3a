import { configPath } from '../config/load-config.ts'
import type { Signer } from '../contract/index.ts'
import type { Tools } from '../flow/tools.ts'
import type { NextCertificateRow } from '../store/trust-tables.ts'
import type { ChangedFiles } from './changed-files.ts'
import { filesAt } from './plan-switch.ts'
import { slotOf } from './register.ts'
import type { CertificateSource } from './register.ts'

export interface SourceTools extends Pick<Tools, 'config' | 'configFolder' | 'clock'> {
  /** The site's signers by name. */
  readonly signers: { named(name: string): Promise<Pick<Signer, 'chain'>> }
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
  const ofPoints = config.accessPoints.flatMap(({ name, tls }) => {
    if (!tls) return []
    const prepared = next.find(({ slot }) => slot === slotOf('tls-client', name))
    return [
      file('tls-client', name, filesAt(tls, prepared, clock()).certificate),
      ...tls.trustAnchors.map((anchor) => file('server-ca', name, anchor)),
    ]
  })
  return [...signing, ...ofPoints, ...config.trustAnchors.map((anchor) => file('trust-anchor', 'documents', anchor))]
}
