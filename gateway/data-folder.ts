import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RuleSwitch } from './checks/switch-rules.ts'
import { compose } from './compose.ts'
import { findConnectors, type Connectors } from './config/find-connectors.ts'
import { configPath, loadConfig, readConfigured } from './config/load-config.ts'
import { refuseExamplePki } from './config/refuse-example-pki.ts'
import { GatewayError } from './contract/index.ts'
import type { IntakeWorker } from './flow/intake/intake-worker.ts'
import { importApprovals } from './flow/import-approvals.ts'
import { recordRuleSwitches } from './flow/record-rule-switches.ts'
import { recordModes } from './flow/modes/record-modes.ts'
import type { Tools } from './flow/tools.ts'
import { pipeline } from './pipeline.ts'
import { readStamp } from './read-stamp.ts'
import { sampleApprovals } from './sandbox/samples/sample-files.ts'
import { sandboxConfig, sandboxInbox } from './sandbox/sandbox-config.ts'
import { sandboxPki } from './sandbox/sandbox-pki.ts'
import { startSandboxAccessPoint } from './sandbox/sandbox-access-point.ts'
import { lockDataFolder } from './store/sqlite/data-lock.ts'
import { openSqlite } from './store/sqlite/sqlite-database.ts'
import { Store } from './store/store.ts'
import { upsert } from './store/writes.ts'
import type { Environment } from './support/environment.ts'
import { createLogger } from './support/logger.ts'
import { packageRoot } from './support/package-root.ts'

export type Kind = 'sandbox' | 'production'

/** An open data folder: the one writer there is. */
export interface OpenData {
  readonly kind: Kind
  readonly tools: Tools
  readonly connectors: Connectors
  /** Control address of the simulated access point, where it was started. */
  readonly control: string | undefined
  /** Whether the gateway's workers run on it, or only a command. */
  isRunning: boolean
  /** The workers of a running gateway that look at the sources. */
  intake?: readonly IntakeWorker[]
  /** Aborts every call under way, closes sources and store, gives the folder free. */
  close(): Promise<void>
}

const isConfigured = (environment: Environment): boolean => existsSync(join(environment.config, 'gateway.yaml'))

/** Which kind a folder without a stamp would become: a configuration makes it production. */
export const kindFor = (environment: Environment): Kind => (isConfigured(environment) ? 'production' : 'sandbox')

/** A data folder is a sandbox or production for good: test answers must never mix with real ones. */
const checkStamp = (stamped: string | undefined, kind: Kind, folder: string): void => {
  if (stamped !== undefined && stamped !== kind)
    throw new GatewayError({
      kind: 'config',
      code: 'CFG-004',
      message: `The data folder ${folder} belongs to a ${stamped} gateway and cannot be used for ${kind}.`,
      hint: 'Use another folder (ECOC_DATA) for the other kind.',
    })
}

/**
 * Configuration for commands that need no store: the site's, or the sandbox's where there is none, and says so.
 * @throws GatewayError CFG-004 when the data folder is of the other kind, before anything is made in it
 */
export const settingFor = async (io: { environment: Environment; err(line: string): void }) => {
  const { environment } = io
  checkStamp(readStamp(environment.data), kindFor(environment), environment.data)
  if (isConfigured(environment)) return loadConfig(environment.config)
  io.err(`No configuration in ${environment.config}: working on the sandbox's example PKI and master data.`)
  return { config: await sandboxConfig(environment.data, await sandboxPki(environment.data)), folder: environment.data }
}

/** The certificates a command trusts by the configuration. */
export const trustAnchorsFor = async (io: { environment: Environment; err(line: string): void }): Promise<Buffer[]> => {
  const { config, folder } = await settingFor(io)
  return Promise.all(config.trustAnchors.map((f) => readConfigured(folder, f)))
}

/** Roots of the site's time-stamping authorities. */
export const stampAnchorsFor = async (io: { environment: Environment; err(line: string): void }): Promise<Buffer[]> => {
  if (!isConfigured(io.environment)) return []
  const { config, folder } = await loadConfig(io.environment.config)
  const named = [config.trust.timeStamp, ...config.accessPoints.map(({ timeStamp }) => timeStamp)]
  return Promise.all(named.flatMap((one) => one?.trustAnchors ?? []).map((file) => readConfigured(folder, file)))
}

/** The rules that the site's configuration switches; none where there is no configuration. */
export const ruleSwitchesFor = async ({ environment }: { environment: Environment }): Promise<readonly RuleSwitch[]> =>
  isConfigured(environment) ? (await loadConfig(environment.config)).config.checks.rules : []

const sandboxSetting = async (data: string, startAccessPoint: boolean) => {
  const pki = await sandboxPki(data)
  const control = startAccessPoint ? await startSandboxAccessPoint(data, pki) : undefined
  await mkdir(sandboxInbox(data), { recursive: true })
  const samples = join(packageRoot, import.meta.url.includes('/dist/') ? 'dist' : '.', 'gateway/sandbox/samples')
  return { config: await sandboxConfig(data, pki), configFolder: data, mapperFolder: join(samples, 'mappers'), control }
}

const productionSetting = async (configFolder: string) => {
  const { config, folder } = await loadConfig(configFolder)
  await refuseExamplePki(config, folder)
  return { config, configFolder: folder, mapperFolder: configPath(folder, config.mappers), control: undefined }
}

/**
 * Opens the data folder: lock, store, stamp, configuration, everything the stages need.
 * @throws GatewayError STO-001 in use, CFG-* what is wrong with the configuration
 */
export const openData = async (
  environment: Environment,
  kind: Kind,
  options: { readonly startAccessPoint: boolean },
): Promise<OpenData> => {
  // The wrong folder and a wrong configuration are refused before anything is touched.
  checkStamp(readStamp(environment.data), kind, environment.data)
  const production = kind === 'production' ? await productionSetting(environment.config) : undefined
  const lock = lockDataFolder(environment.data)
  let store: Store | undefined
  try {
    store = new Store(await openSqlite(environment.data))
    checkStamp(await store.settings.get('kind'), kind, environment.data)
    const setting = production ?? (await sandboxSetting(environment.data, options.startAccessPoint))
    const connectors = await findConnectors()
    const abort = new AbortController()
    const log = createLogger(environment.log)
    const tools = await compose({
      ...setting,
      dataFolder: environment.data,
      store,
      connectors,
      log,
      signal: abort.signal,
    })
    await store.commit([upsert('setting', { key: 'kind', value: kind })])
    await recordRuleSwitches(tools)
    await recordModes(tools)
    if (!production) await importApprovals(sampleApprovals(), 'gateway', pipeline[0]?.name ?? '', tools)
    const opened = store
    const close = async (): Promise<void> => {
      abort.abort()
      await Promise.allSettled([...tools.sources.values()].map((s) => s.connection.drop()))
      await tools.basePlaces?.close()
      await tools.signers.close()
      await opened.close()
      lock.release()
    }
    return { kind, tools, connectors, control: setting.control, isRunning: false, close }
  } catch (error) {
    await store?.close()
    lock.release()
    throw error
  }
}
