import { type CallContext, GatewayError } from '../contract/index.ts'
import type { ReadyAccessPoint, ReadySource } from '../flow/tools.ts'
import { closedCircuit } from '../submission/circuit-breaker.ts'
import type { Connectors } from './find-connectors.ts'
import { readConfigured } from './load-config.ts'
import type { GatewayConfig } from './schema.ts'
import { siteFiles } from './site-files.ts'

const unknown = (what: string, name: string, known: Iterable<string>): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'CFG-007',
    message: `${what}: there is no connector "${name}".`,
    hint: `There are: ${[...known].join(', ')}.`,
  })

const settings = (what: string, schema: { safeParse(value: unknown): SafeResult }, value: unknown): unknown => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.map((i) => `${what}.${i.path.map(String).join('.')}: ${i.message}`)
  throw new GatewayError({
    kind: 'config',
    code: 'CFG-008',
    message: issues.join('\n'),
    hint: 'Correct these settings.',
  })
}
type SafeResult =
  | { success: true; data: unknown }
  | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } }

/** Opens every configured source. */
export const openSources = async (
  config: GatewayConfig,
  folder: string,
  connectors: Connectors,
  context: CallContext,
): Promise<ReadonlyMap<string, ReadySource>> => {
  const ready = new Map<string, ReadySource>()
  const files = siteFiles(folder)
  for (const source of config.sources) {
    const connector = connectors.sources.get(source.connector)
    if (!connector) throw unknown(`sources.${source.name}`, source.connector, connectors.sources.keys())
    const own = settings(`sources.${source.name}.config`, connector.config, source.config)
    const open = await connector.open(own, { ...context, files })
    if (open.kind !== 'files') continue
    const { name, mapper, poll, stablePolls, maxBytes } = source
    ready.set(name, { name, mapper, pollMs: poll, stablePolls, maxBytes, open })
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
  for (const point of config.accessPoints) {
    const connector = connectors.accessPoints.get(point.connector)
    if (!connector) throw unknown(`accessPoints.${point.name}`, point.connector, connectors.accessPoints.keys())
    const tls = point.tls && {
      certificate: await file(point.tls.certificate),
      key: await file(point.tls.key),
      trustAnchors: await Promise.all(point.tls.trustAnchors.map(file)),
    }
    const own = settings(`accessPoints.${point.name}.config`, connector.config, point.config)
    const { name, environment, testOf, proxy } = point
    ready.set(name, { name, environment, testOf, connector, config: own, tls, files, proxy, circuit: closedCircuit })
  }
  return ready
}
