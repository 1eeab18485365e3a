import { configPath } from '../config/load-config.ts'
import { GatewayError } from '../contract/errors.ts'
import type { TlsMaterial } from '../contract/index.ts'
import type { Tools } from '../flow/tools.ts'
import type { NextCertificateRow } from '../store/trust-tables.ts'
import { event, insert, update, upsert } from '../store/writes.ts'
import type { Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { certificateSources } from './certificate-sources.ts'
import type { SourceTools } from './certificate-sources.ts'
import type { Certificate } from '../trust/certificate.ts'
import { qualityOf } from '../trust/lists/quality-of.ts'
import type { Quality } from '../trust/lists/quality-of.ts'
import { ChangedFiles } from './changed-files.ts'
import { listedServices } from './listed-services.ts'
import { planAlerts } from './plan-alerts.ts'
import { checkPair, dueSwitches, filesAt } from './plan-switch.ts'
import type { SlotFiles } from './plan-switch.ts'
import { readRegister, slotOf } from './register.ts'
import type { CertificateRegister, CertificateSource } from './register.ts'

export type KeeperTools = SourceTools &
  Pick<Tools, 'store' | 'log' | 'accessPoints'> &
  Partial<Pick<Tools, 'timeStamps'>>

/**
 * Looks after all certificates while the gateway runs: tells their end in time, takes in what changed on the disk and switches to
 * what was prepared, without a restart. What cannot be used leaves in place what was in use.
 * @param more sources beside those of the configuration; by default the time-stamping authorities
 */
export class CertificateKeeper {
  readonly #tools: KeeperTools
  readonly #more: () => readonly CertificateSource[]
  readonly #files = new ChangedFiles()
  readonly #told = new Set<string>()

  constructor(tools: KeeperTools, more?: () => readonly CertificateSource[]) {
    this.#tools = tools
    this.#more = more ?? (() => tools.timeStamps?.sources() ?? [])
  }

  /** All certificates as they are now. */
  async register(): Promise<CertificateRegister> {
    const { store, clock } = this.#tools
    const next = await store.certificates.next()
    const prepared = next.map(({ slot, sha256, from_at: from }) => ({ slot, sha256, from }))
    const sources = [...certificateSources(this.#tools, this.#files, next), ...this.#more()]
    const find = await listedServices(this.#tools)
    const judge = (certificate: Certificate, chain: readonly Certificate[]): Quality =>
      qualityOf(certificate, chain, clock(), find)
    return readRegister(sources, clock(), { prepared, judge })
  }

  /** One round: take in, switch, tell. Call it at least once an hour; it is cheap where nothing changed. */
  async look(): Promise<void> {
    await this.#takeIn()
    await this.#tell()
  }

  /**
   * Prepares the client certificate that an access point is called with from a time on. Files are named as in `gateway.yaml`.
   * Throws `CRT-001` unreadable file, `CRT-002` a pair that cannot take over then, `CRT-003` no such access point.
   */
  async prepareTls(point: string, files: SlotFiles, from: Date, actor: string): Promise<void> {
    const { config, store, clock } = this.#tools
    if (!config.accessPoints.some(({ name, tls }) => name === point && tls))
      throw new GatewayError({
        kind: 'usage',
        code: 'CRT-003',
        message: `No access point "${point}" with a client certificate is configured.`,
        hint: 'Use its name in gateway.yaml.',
      })
    const { sha256, subject } = checkPair(await this.#read(files.certificate), await this.#read(files.key), from)
    const at = instant(clock())
    const slot = slotOf('tls-client', point)
    const detail = { sha256, subject, from: instant(from), files }
    await store.commit([
      upsert('next_certificate', {
        slot,
        sha256,
        files: JSON.stringify(files),
        from_at: instant(from),
        prepared_by: actor,
        at,
        switched_at: null,
      }),
      event({ at, actor, type: 'certificate.prepared', subject: slot, detail }),
    ])
  }

  #read(name: string): Promise<Buffer> {
    return this.#files.read(configPath(this.#tools.configFolder, name))
  }

  /** The TLS material of every access point from its files as they are now. */
  async #takeIn(): Promise<void> {
    const { accessPoints, config, store } = this.#tools
    const next = await store.certificates.next()
    for (const { name, tls } of config.accessPoints) {
      const point = accessPoints.get(name)
      if (!point || !tls) continue
      const row = next.find(({ slot }) => slot === slotOf('tls-client', name))
      try {
        const material = await this.#material(tls, row)
        if (!isSame(point.tls, material)) point.tls = material
        if (row) await this.#noteSwitch(row)
      } catch (error) {
        this.#warnOnce(`tls ${name} ${(error as Error).message}`, { err: error, accessPoint: name })
      }
    }
  }

  async #noteSwitch(row: NextCertificateRow): Promise<void> {
    const { store, clock } = this.#tools
    const at = instant(clock())
    for (const { slot, sha256 } of dueSwitches([row], clock()))
      await store.commit([
        update('next_certificate', { slot, sha256, switched_at: null }, { switched_at: at }, 1),
        event({ at, actor: 'gateway', type: 'certificate.switched', subject: slot, detail: { sha256 } }),
      ])
  }

  async #material(
    tls: SlotFiles & { readonly trustAnchors: readonly string[] },
    next: NextCertificateRow | undefined,
  ): Promise<TlsMaterial> {
    const now = this.#tools.clock()
    const files = filesAt(tls, next, now)
    const [certificate, key] = [await this.#read(files.certificate), await this.#read(files.key)]
    checkPair(certificate, key, now)
    const trustAnchors = []
    for (const anchor of tls.trustAnchors) trustAnchors.push(await this.#read(anchor))
    return { certificate, key, trustAnchors }
  }

  async #tell(): Promise<void> {
    const { store, clock, log } = this.#tools
    const { certificates } = await this.register()
    const at = instant(clock())
    for (const { certificate, days, rows } of planAlerts(certificates, await store.certificates.alerts(), at)) {
      const { sha256, subject, notAfter, daysLeft, uses, usedBy, next } = certificate
      const detail = { subject, notAfter, daysLeft, days, uses, usedBy, next: next?.from ?? null }
      const writes: Write[] = rows.map((row) => insert('certificate_alert', row))
      await store.commit([
        ...writes,
        event({ at, actor: 'gateway', type: 'certificate.ends', subject: sha256, detail }),
      ])
      log.warn({ sha256, ...detail }, 'a certificate ends')
    }
  }

  /** The same trouble is told once per start, not every minute. */
  #warnOnce(key: string, fields: object): void {
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.#tools.log.warn(fields, 'a changed certificate cannot be used, the one before stays in use')
  }
}

const isSame = (a: TlsMaterial | undefined, b: TlsMaterial): boolean =>
  a !== undefined &&
  a.certificate.equals(b.certificate) &&
  a.key.equals(b.key) &&
  a.trustAnchors.length === b.trustAnchors.length &&
  a.trustAnchors.every((anchor, i) => b.trustAnchors[i]?.equals(anchor))
