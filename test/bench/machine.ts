import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'

/** What the figures were taken on; without it they say little. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly node: string
  readonly openssl: string
  readonly xmllint: string
  /** One-minute load before the first measurement: above the number of cores others were at work too. */
  readonly loadBefore: number
}

const xmllint = (): string => {
  try {
    const text = execFileSync('sh', ['-c', 'xmllint --version 2>&1'], { encoding: 'utf8' })
    return /libxml version (\d+)/.exec(text)?.[1] ?? 'unknown'
  } catch {
    return 'absent'
  }
}

export const readMachine = (): Machine => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  openssl: process.versions.openssl,
  xmllint: xmllint(),
  loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
})

export const machineLine = (machine: Machine): string =>
  `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node} (OpenSSL ${machine.openssl}), ` +
  `xmllint ${machine.xmllint}, load before ${machine.loadBefore}` +
  (machine.loadBefore > machine.cores / 2 ? ' (busy: trust the ratios only)' : '')
