import { retrieveBase } from '../../base/retrieve-base.ts'
import type { Vin } from '../../contract/index.ts'
import type { AnnouncedVehicleRow } from '../../store/tables.ts'
import { event, type Write, update, upsert } from '../../store/writes.ts'
import { instant } from '../../support/clock.ts'
import { baseOrigins } from '../base-origins.ts'
import { keepBase } from '../keep-base.ts'
import type { Tools } from '../tools.ts'
import { isOwnOf } from './own-stages.ts'
import { baseReader } from './base-for.ts'

const dayMs = 86_400_000

/** A vehicle that is announced: 17 characters, and the completing version where it is known already. */
export interface Announcement {
  readonly vin: Vin
  readonly type?: string | undefined
  readonly variant?: string | undefined
  readonly version?: string | undefined
  readonly note?: string | undefined
}

/** With a base that arrived: nobody waits for it any more, and it is asked for again in case it is corrected. */
export const arrivedWrites = async (vin: Vin, tools: Tools, as: { sheet?: boolean } = {}): Promise<Write[]> => {
  const { store, clock, config } = tools
  const watch = (config.base as Partial<Tools['config']['base']>).watch?.every ?? dayMs
  const announced = await store.bases.announced(vin)
  const isAwaited = announced?.state === 'waiting' && as.sheet !== true
  return [
    upsert('base_watch', { vin, next_at: instant(new Date(clock().getTime() + watch)) }),
    ...(isAwaited ? [update('announced_vehicle', { vin }, { state: 'kept', problem: null })] : []),
  ]
}

/** Notes vehicles that arrived, or will: their base eCoCs are fetched at once. What is known already is only brought up to date. */
export const announce = async (all: readonly Announcement[], actor: string, tools: Tools): Promise<void> => {
  const { store, clock } = tools
  const at = instant(clock())
  const writes: Write[] = []
  for (const { vin, type, variant, version, note } of all) {
    const known = await store.bases.announced(vin)
    const isKept = (await store.bases.ofVehicle(vin)).length > 0
    const said = { type: type ?? known?.type ?? null, variant: variant ?? known?.variant ?? null }
    const row: AnnouncedVehicleRow = {
      ...{ vin, ...said, version: version ?? known?.version ?? null, note: note ?? known?.note ?? null },
      announced_by: known?.announced_by ?? actor,
      announced_at: known?.announced_at ?? at,
      ...{ state: isKept ? 'kept' : 'waiting', next_at: at, tries: 0, problem: null },
    }
    writes.push(upsert('announced_vehicle', row))
    if (!known) writes.push(event({ at, actor, type: 'base.announced', subject: vin, detail: { note: note ?? '' } }))
  }
  await store.commit(writes)
}

/** Asks for the bases of announced vehicles that are due; each failed try doubles the pause up to a day. */
export const fetchAnnounced = async (firstStage: string, tools: Tools, isStopped: () => boolean): Promise<void> => {
  const { store, clock, config } = tools
  for (const row of await store.bases.announcementsDue(instant(clock()), 20)) {
    if (isStopped()) return
    const isOwn = await isOwnOf(row.vin, tools)
    const result = await retrieveBase(row.vin, baseOrigins(tools), tools.verifyAsking, baseReader(tools), ({ tree }) =>
      isOwn(tree),
    )
    if (result.kind === 'found') {
      await keepBase(result.base, result.verification, 'gateway', firstStage, tools)
      continue
    }
    const problem =
      result.kind === 'unfit'
        ? `The base eCoC from ${result.origin} is not accepted: ${result.findings[0]?.message ?? ''}`
        : [`Asked: ${result.asked.join(', ') || 'nobody'}`, ...result.failures].join('; ')
    const pause = Math.min(dayMs, config.base.goodsIn.every * 2 ** Math.min(row.tries, 10))
    const next_at = instant(new Date(clock().getTime() + pause))
    const where = { vin: row.vin, state: 'waiting' } as const
    await store.commit([update('announced_vehicle', where, { next_at, tries: row.tries + 1, problem })])
  }
}
