import { type CallContext, GatewayError, type OpenSource, type SourceConnector } from '../contract/index.ts'
import { SourceConnection } from '../flow/intake/source-connection.ts'
import type { ReadyAccessPoint, ReadySource } from '../flow/tools.ts'
import { closedCircuit } from '../submission/circuit-breaker.ts'
import { didYouMean } from '../mapping/did-you-mean.ts'
import { connectorSettings } from './connector-settings.ts'
import type { Connectors } from './find-connectors.ts'
import { readConfigured } from './load-config.ts'
import type { SourceSettings } from './parts/source.ts'
import type { GatewayConfig } from './schema.ts'
import { siteFiles } from './site-files.ts'

const unknown = (what: string, name: string, known: readonly string[]): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'CFG-007',
    message: `${what}: there is no connector "${name}".${didYouMean(name, known)}`,
    hint: `There are: ${known.join(', ')}.`,
  })

const wrongKind = (connector: string, declared: string, opened: string): GatewayError =>
  new GatewayError({
    kind: 'bug',
    code: 'SRC-014',
    message: `Connector ${connector} declares ${declared} and opens ${opened}.`,
    hint: 'Correct the connector.',
  })

/** Three polls, so that a source that does not answer shows within them; a call may always take three seconds. */
const timeoutOf = ({ timeout, poll }: SourceSettings): number => timeout ?? Math.min(60_000, Math.max(3_000, 3 * poll))

const readySource = (
  settings: SourceSettings,
  connector: SourceConnector,
  own: unknown,
  folder: string,
): ReadySource => {
  const { poll, overlap, callsPerMinute } = settings
  const kind = connector.kind ?? 'files'
  const files = siteFiles(folder)
  const open = async (context: CallContext): Promise<OpenSource> => {
    const opened = await connector.open(own, { ...context, files })
    if (opened.kind !== kind) throw wrongKind(connector.name, kind, opened.kind)
    return opened
  }
  // Calls to us are counted where they come in.
  const ours = kind === 'push' ? {} : { callsPerMinute }
  const connection = new SourceConnection(open, { timeoutMs: timeoutOf(settings), ...ours })
  const test = (context: CallContext) => connector.test(own, { ...context, files })
  return { ...settings, kind, pollMs: poll, overlapMs: overlap, callsPerMinute, connection, test }
}

/**
 * Makes every configured source ready; each is opened when it is first looked at, so that a dead one stops nobody.
 * @throws GatewayError CFG-007 no such connector, CFG-008 what is wrong with its settings
 */
export const readySources = (
  config: GatewayConfig,
  folder: string,
  connectors: Connectors,
): ReadonlyMap<string, ReadySource> => {
  const ready = new Map<string, ReadySource>()
  for (const [i, source] of config.sources.entries()) {
    const connector = connectors.sources.get(source.connector)
    if (!connector) throw unknown(`sources.${source.name}`, source.connector, [...connectors.sources.keys()])
    const where = { what: `sources.${source.name}.config`, path: ['sources', i, 'config'], folder }
    const own = connectorSettings(where, connector.config, source.config)
    ready.set(source.name, readySource(source, connector, own, folder))
  }
  return ready
}

/** Makes every configured access point ready to be called; TLS material is read once. */
export const openAccessPoints = async (
  config: GatewayConfig,
  folder: string,
  connectors: Connectors,
): Promise<ReadonlyMap<string, ReadyAccessPoint>> => {
  const ready = new Map<string, ReadyAccessPoint>()
  const files = siteFiles(folder)
  const file = (name: string): Promise<Buffer> => readConfigured(folder, name)
  for (const [i, point] of config.accessPoints.entries()) {
    const connector = connectors.accessPoints.get(point.connector)
    if (!connector) throw unknown(`accessPoints.${point.name}`, point.connector, [...connectors.accessPoints.keys()])
    const tls = point.tls && {
      certificate: await file(point.tls.certificate),
      key: await file(point.tls.key),
      trustAnchors: await Promise.all(point.tls.trustAnchors.map(file)),
    }
    const own = connectorSettings(
      { what: `accessPoints.${point.name}.config`, path: ['accessPoints', i, 'config'], folder },
      connector.config,
      point.config,
    )
    const { name, environment, testOf, proxy, delivery: limits } = point
    ready.set(name, {
      name,
      environment,
      testOf,
      connector,
      config: own,
      tls,
      files,
      proxy,
      circuit: closedCircuit,
      limits,
    })
  }
  return ready
}
