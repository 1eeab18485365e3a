import { randomUUID } from 'node:crypto'
import type { BaseOrigin } from '../base/retrieve-base.ts'
import type { MessageId, Vin } from '../contract/index.ts'
import type { Tools } from './tools.ts'

/** Every access point that can be asked for a base eCoC. What lies in an acceptance environment is no vehicle's. */
export const baseOrigins = (tools: Pick<Tools, 'accessPoints' | 'signal'>): BaseOrigin[] =>
  [...tools.accessPoints.values()].flatMap((point) => {
    if (!point.connector.retrieve || point.testOf !== undefined) return []
    const retrieve = point.connector.retrieve.bind(point.connector)
    const fetch = (vin: Vin): Promise<Buffer | undefined> =>
      retrieve(point.config, vin, randomUUID() as MessageId, {
        signal: AbortSignal.any([tools.signal, AbortSignal.timeout(point.connector.delivery(point.config).timeoutMs)]),
        tls: point.tls,
        files: point.files,
        proxy: point.proxy,
      })
    return [{ name: point.name, fetch }]
  })
