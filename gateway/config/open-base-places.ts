import { GatewayError, type SourceConnector } from '../contract/index.ts'
import type { BasePlaces } from '../flow/base/base-places.ts'
import { SourceConnection } from '../flow/intake/source-connection.ts'
import { connectorSettings } from './connector-settings.ts'
import type { Connectors } from './find-connectors.ts'
import type { GatewayConfig } from './schema.ts'
import { siteFiles } from './site-files.ts'

const unfit = (what: string, name: string, known: readonly SourceConnector[]): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'CFG-030',
    message: `${what}: "${name}" is no connector of files.`,
    hint: `There are: ${known.map((c) => c.name).join(', ')}.`,
  })

interface Place {
  readonly what: string
  readonly path: readonly PropertyKey[]
  readonly connector: string
  readonly config: unknown
  readonly timeout: number
}

/**
 * Makes the folders and servers of base eCoCs ready, with the connectors that sources use.
 * @throws GatewayError CFG-030 no connector of files, CFG-008 what is wrong with its settings
 */
export const openBasePlaces = ({ base }: GatewayConfig, folder: string, connectors: Connectors): BasePlaces => {
  const files = siteFiles(folder)
  const known = [...connectors.sources.values()].filter(({ kind }) => (kind ?? 'files') === 'files')
  const open = ({ what, path, connector: name, config, timeout }: Place): SourceConnection => {
    const connector = known.find((c) => c.name === name)
    if (!connector) throw unfit(what, name, known)
    const own = connectorSettings({ what: `${what}.config`, path, folder }, connector.config, config)
    return new SourceConnection((context) => connector.open(own, { ...context, files }), { timeoutMs: timeout })
  }
  const origins = new Map(
    base.origins.flatMap((origin, i) => {
      if (origin.kind !== 'files') return []
      const place = { what: `base.origins.${origin.name}`, path: ['base', 'origins', i, 'config'] }
      return [[origin.name, open({ ...origin, ...place })] as const]
    }),
  )
  const handovers = new Map(
    base.handover.flatMap(({ name, to, timeout }, i) => {
      if (to.kind !== 'files') return []
      const place = { what: `base.handover.${name}.to`, path: ['base', 'handover', i, 'to', 'config'] }
      return [[name, open({ ...to, ...place, timeout })] as const]
    }),
  )
  const close = async (): Promise<void> => {
    await Promise.allSettled([...origins.values(), ...handovers.values()].map((c) => c.drop()))
  }
  return { files, origins, handovers, close }
}
