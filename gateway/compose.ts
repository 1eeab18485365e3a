import { createRules } from './checks/run-rules.ts'
import { createSchemaCheck } from './checks/schema-check.ts'
import type { Connectors } from './config/find-connectors.ts'
import { configPath, readConfigured } from './config/load-config.ts'
import { loadMappers } from './config/load-mappers.ts'
import { openAccessPoints, openSources } from './config/open-connectors.ts'
import type { GatewayConfig } from './config/schema.ts'
import { GatewayError, type Signer } from './contract/index.ts'
import type { Tools } from './flow/tools.ts'
import { loadPemSigner, loadPkcs12Signer } from './signature/file-signer.ts'
import { verifyDocument } from './signature/verify-document.ts'
import type { Store } from './store/store.ts'
import type { Logger } from './support/logger.ts'
import { Mutex } from './support/mutex.ts'

/** The signer that the configuration names. */
export const loadSigner = (config: GatewayConfig, folder: string): Promise<Signer> => {
  const { name, key } = config.signer
  if (key.kind === 'pkcs12')
    return loadPkcs12Signer({
      name,
      file: configPath(folder, key.file),
      passwordFile: configPath(folder, key.passwordFile),
    })
  const certificateFiles = key.certificates.map((f) => configPath(folder, f))
  return loadPemSigner({ name, keyFile: configPath(folder, key.key), certificateFiles })
}

export interface ComposeInput {
  readonly config: GatewayConfig
  /** Folder against which file names in the configuration are resolved. */
  readonly configFolder: string
  readonly mapperFolder: string
  readonly dataFolder: string
  readonly store: Store
  readonly connectors: Connectors
  readonly log: Logger
  readonly signal: AbortSignal
}

/** Makes everything the stages are handed. The only place where the rooms of the house meet. */
export const compose = async (input: ComposeInput): Promise<Tools> => {
  const { config, configFolder, store, connectors, log, signal, dataFolder } = input
  const [schema, rules, mappers, accessPoints, sources, anchors] = await Promise.all([
    createSchemaCheck(),
    createRules(),
    loadMappers(input.mapperFolder),
    openAccessPoints(config, configFolder, connectors),
    openSources(config, configFolder, connectors, { signal }),
    Promise.all(config.trustAnchors.map((f) => readConfigured(configFolder, f))),
  ])
  for (const source of config.sources)
    if (!mappers.has(source.mapper))
      throw new GatewayError({
        kind: 'config',
        code: 'CFG-011',
        message: `sources.${source.name}: there is no mapper "${source.mapper}" in ${input.mapperFolder}.`,
        hint: `There are: ${[...mappers.keys()].join(', ') || 'none'}.`,
      })
  for (const mapper of mappers.values())
    if (!connectors.codecs.has(mapper.input.format))
      throw new GatewayError({
        kind: 'config',
        code: 'CFG-012',
        message: `Mapper ${mapper.name}: there is no codec for "${mapper.input.format}".`,
        hint: `There are: ${[...connectors.codecs.keys()].join(', ')}.`,
      })
  let signer: Promise<Signer> | undefined
  return {
    store,
    clock: () => new Date(),
    log,
    config,
    dataFolder,
    configFolder,
    mappers,
    accessPoints,
    sources,
    routingTable: config.routing,
    taking: new Mutex(),
    signer() {
      // A signer that could not be loaded is tried again: its file may have been put right.
      signer ??= loadSigner(config, configFolder).catch((error: unknown) => {
        signer = undefined
        throw error
      })
      return signer
    },
    schema: (bytes, unsigned) => schema.check(bytes, { unsigned }),
    rules: (tree) => rules.check(tree),
    verify: (bytes) => verifyDocument(bytes, { trustAnchors: anchors }),
    signal,
  }
}
