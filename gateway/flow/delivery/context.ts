import type { AccessPointContext } from '../../contract/index.ts'
import type { EcocRow } from '../../store/tables.ts'
import type { ReadyAccessPoint, Tools } from '../tools.ts'

/** What a connector is handed for a call about an eCoC. */
export const contextFor = async (
  ecoc: EcocRow,
  { tls, files, proxy }: ReadyAccessPoint,
  tools: Tools,
): Promise<AccessPointContext> => {
  const earlier = await tools.store.receipts.latest(ecoc.id)
  const earlierReference = earlier?.reference ?? ecoc.receipt_reference ?? undefined
  return { signal: tools.signal, tls, files, proxy, ...(earlierReference === undefined ? {} : { earlierReference }) }
}
