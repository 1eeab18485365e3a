import { GatewayError, type SourceItem } from '../../contract/index.ts'
import type { ReadySource } from '../tools.ts'

const noRemoval = (source: string): GatewayError =>
  new GatewayError({
    kind: 'config',
    code: 'SRC-013',
    message: `The connector of ${source} cannot delete files.`,
    hint: 'Set `settle` to move or leave.',
  })

/**
 * Puts a taken item away as the source is configured. May be repeated.
 * @returns whether the source's archive holds it now
 * @throws GatewayError SRC-013
 */
export const settleFile = (
  { name, settle, connection }: ReadySource,
  item: SourceItem,
  archiveName: string,
  signal: AbortSignal,
): Promise<boolean> => {
  if (settle === 'leave') return Promise.resolve(false)
  return connection.call(signal, async (open, context) => {
    if (open.kind !== 'files') return false
    if (settle !== 'delete') return open.settle(item, archiveName, context)
    if (!open.remove) throw noRemoval(name)
    await open.remove(item, context)
    return false
  })
}
