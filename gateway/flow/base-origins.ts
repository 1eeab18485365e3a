import { randomUUID } from 'node:crypto'
import type { BaseOrigin } from '../base/retrieve-base.ts'
import { pageOrigin, restOrigin } from '../base/web-origin.ts'
import type { BaseSettings, OriginSettings } from '../config/parts/base.ts'
import type { MessageId, Vin } from '../contract/index.ts'
import type { ReadyAccessPoint, Tools } from './tools.ts'

type OriginTools = Pick<Tools, 'accessPoints' | 'signal'> & Partial<Pick<Tools, 'config' | 'basePlaces'>>

const everyAccessPoint: readonly OriginSettings[] = [{ kind: 'access-points' }]

/** What lies in an acceptance environment is no vehicle's. */
const ofAccessPoint = (point: ReadyAccessPoint, signal: AbortSignal): BaseOrigin[] => {
  if (!point.connector.retrieve || point.testOf !== undefined) return []
  const retrieve = point.connector.retrieve.bind(point.connector)
  const fetch = (vin: Vin): Promise<Buffer | undefined> =>
    retrieve(point.config, vin, randomUUID() as MessageId, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(point.connector.delivery(point.config).timeoutMs)]),
      tls: point.tls,
      files: point.files,
      proxy: point.proxy,
    })
  return [{ name: point.name, fetch }]
}

/**
 * Every place that is asked for the base eCoC of a VIN, in the order of the configuration. What lies in folders is taken in as
 * it comes (`FilesOrigins`) by the VIN inside: it is in the store already, so its origin has nothing more to say.
 */
export const baseOrigins = (tools: OriginTools): BaseOrigin[] => {
  const { origins = everyAccessPoint } = (tools.config?.base ?? {}) as Partial<BaseSettings>
  return origins.flatMap((origin): BaseOrigin[] => {
    if (origin.kind === 'files') return [{ name: origin.name, fetch: () => Promise.resolve(undefined) }]
    if (origin.kind === 'access-points') {
      const points = origin.names?.flatMap((name) => tools.accessPoints.get(name) ?? []) ?? [
        ...tools.accessPoints.values(),
      ]
      return points.flatMap((point) => ofAccessPoint(point, tools.signal))
    }
    const { basePlaces, signal } = tools
    if (!basePlaces) return []
    const deps = { files: basePlaces.files, signal }
    return [origin.kind === 'page' ? pageOrigin(origin, deps) : restOrigin(origin, deps)]
  })
}
