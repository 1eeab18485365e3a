import { retrieveBase } from '../../base/retrieve-base.ts'
import { isAccepted, type Vin } from '../../contract/index.ts'
import { remove, update } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { baseOrigins } from '../base-origins.ts'
import { keepBase } from '../keep-base.ts'
import type { Tools } from '../tools.ts'
import { baseReader } from './base-for.ts'
import { ecocsOf, isOwnOf } from './own-stages.ts'

/** Whether a base is still of interest: a vehicle on it is not accepted yet, or was not long ago. */
const isOver = async (vin: Vin, tools: Tools): Promise<boolean> => {
  const { store, clock, config } = tools
  const ecocs = await ecocsOf(vin, tools)
  if (ecocs.some(({ state }) => !isAccepted(state) && state !== 'compared' && state !== 'rejected')) return false
  const bases = await store.bases.ofVehicle(vin)
  // Kept weeks ahead of the vehicle: it goes on as long as the vehicle is announced and not built.
  if (ecocs.length === 0 && (await store.bases.announced(vin))?.state === 'kept') return false
  const times = [...ecocs.map((e) => e.updated_at), ...bases.map((b) => b.at)].map((at) => Date.parse(at))
  return Math.max(0, ...times) + config.base.watch.for < clock().getTime()
}

/** Asks again for bases that are in use, as far as it is due: a corrected one is taken in, and its vehicles are dealt with. */
export const watchBases = async (firstStage: string, tools: Tools, isStopped: () => boolean): Promise<void> => {
  const { store, clock, config, log } = tools
  for (const { vin } of await store.bases.watchesDue(instant(clock()), 20)) {
    if (isStopped()) return
    if (await isOver(vin, tools)) {
      await store.commit([remove('base_watch', { vin })])
      continue
    }
    const next_at = instant(new Date(clock().getTime() + config.base.watch.every))
    await store.commit([update('base_watch', { vin }, { next_at })])
    const isOwn = await isOwnOf(vin, tools)
    const isOurs = ({ tree }: { tree: Parameters<typeof isOwn>[0] }): boolean => isOwn(tree)
    const result = await retrieveBase(vin, baseOrigins(tools), tools.verifyAsking, baseReader(tools), isOurs)
    if (result.kind !== 'found') continue
    const { outcome } = await keepBase(result.base, result.verification, 'gateway', firstStage, tools)
    if (outcome === 'corrected') log.warn({ vin, origin: result.base.origin }, 'a base eCoC was corrected')
  }
}
