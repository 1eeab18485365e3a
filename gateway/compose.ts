import { join } from 'node:path'
import { ClockWatch } from './clock-skew/clock-watch.ts'
import { createRules } from './checks/run-rules.ts'
import type { Connectors } from './config/find-connectors.ts'
import { configPath } from './config/load-config.ts'
import { loadMappers } from './config/load-mappers.ts'
import { openBasePlaces } from './config/open-base-places.ts'
import { openAccessPoints, readySources } from './config/open-connectors.ts'
import type { GatewayConfig } from './config/schema.ts'
import { GatewayError } from './contract/index.ts'
import { makeEnrichment } from './enrichment/make-enrichment.ts'
import { ReleaseBook } from './flow/release-book.ts'
import { openTrust } from './flow/signing/open-trust.ts'
import { recoveryTeller } from './flow/signing/recovery-teller.ts'
import type { Tools } from './flow/tools.ts'
import type { Releases } from './ivi/releases/releases.ts'
import { SignerBook } from './signers/signer-book.ts'
import type { SignerContext } from './signers/signer-kind.ts'
import type { Store } from './store/store.ts'
import type { Logger } from './support/logger.ts'
import { Mutex } from './support/mutex.ts'
import { releasedMappers } from './workbench/stored-mapper.ts'

/** The signers that the configuration names; each is opened when it is first used. */
const openSigners = (
  { signers }: GatewayConfig,
  folder: string,
  signal: AbortSignal,
  recovered?: SignerContext['recovered'],
): SignerBook =>
  new SignerBook({
    profiles: signers,
    path: (file) => configPath(folder, file),
    signal,
    clock: () => new Date(),
    ...(recovered ? { recovered } : {}),
  })

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

/** The mappers that run: as their files stand, or the latest release of each. */
const mappersFor = async ({ config, mapperFolder, store }: ComposeInput, releases: Releases) =>
  config.mappersRelease === 'released' ? releasedMappers(store, releases) : loadMappers(mapperFolder, releases)

const isReleased = ({ config }: ComposeInput): boolean => config.mappersRelease === 'released'
const whereMappersAre = (input: ComposeInput): string =>
  isReleased(input) ? 'that was released' : `in ${input.mapperFolder}`
const mapperHint = (input: ComposeInput, mappers: ReadonlyMap<string, unknown>): string =>
  `${isReleased(input) ? 'Release it first, with `mappersRelease: file`: ecoc mapper release NAME. ' : ''}There are: ${[...mappers.keys()].join(', ') || 'none'}.`

/** Makes everything the stages are handed. The only place where the rooms of the house meet. */
export const compose = async (input: ComposeInput): Promise<Tools & { readonly signers: SignerBook }> => {
  const { config, configFolder, store, connectors, log, signal, dataFolder } = input
  const releases = await ReleaseBook.open(dataFolder)
  const sources = readySources(config, configFolder, connectors)
  const [rules, mappers, accessPoints] = await Promise.all([
    createRules(config.checks.rules),
    mappersFor(input, releases.releases),
    openAccessPoints(config, configFolder, connectors),
  ])
  for (const source of config.sources)
    if (!mappers.has(source.mapper))
      throw new GatewayError({
        kind: 'config',
        code: 'CFG-011',
        message: `sources.${source.name}: there is no mapper "${source.mapper}" ${whereMappersAre(input)}.`,
        hint: mapperHint(input, mappers),
      })
  for (const { mapper } of config.flows)
    if (!mappers.has(mapper))
      throw new GatewayError({
        kind: 'config',
        code: 'CFG-017',
        message: `flows: there is no mapper "${mapper}" ${whereMappersAre(input)}.`,
        hint: mapperHint(input, mappers),
      })
  for (const mapper of mappers.values())
    if (!connectors.codecs.has(mapper.input.format))
      throw new GatewayError({
        kind: 'config',
        code: 'CFG-012',
        message: `Mapper ${mapper.name}: there is no codec for "${mapper.input.format}".`,
        hint: `There are: ${[...connectors.codecs.keys()].join(', ')}.`,
      })
  const signers = openSigners(config, configFolder, signal, recoveryTeller(input))
  const clockWatch = new ClockWatch()
  return {
    store,
    clock: () => new Date(),
    clockWatch,
    log,
    config,
    dataFolder,
    configFolder,
    mappers,
    mapperFolder: input.mapperFolder,
    useMapper: (mapper) => mappers.set(mapper.name, mapper),
    accessPoints,
    sources,
    basePlaces: openBasePlaces(config, configFolder, connectors),
    enrichment: makeEnrichment({ folder: join(configFolder, 'lookups') }),
    routingTable: config.routing,
    taking: new Mutex(),
    signers,
    ...(await openTrust(input, clockWatch)),
    releases,
    rules: (tree) => rules.check(tree),
    signal,
  }
}
