import { type BaseDifference, differencesOf } from '../base/differences.ts'
import { type BaseEcoc, GatewayError, type Verification } from '../contract/index.ts'
import { valueAt } from '../ivi/get-value.ts'
import type { BaseEcocRow } from '../store/tables.ts'
import { event, insert, upsert, type Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { baseReader, sheetBase } from './base/base-for.ts'
import { arrivedWrites } from './base/goods-in.ts'
import { vehiclesOnBase } from './base/vehicles-on-base.ts'
import type { Tools } from './tools.ts'

export const baseRow = (base: BaseEcoc, verification: Verification, tools: Pick<Tools, 'clock'>): BaseEcocRow => ({
  vin: base.vin,
  stage: base.stage,
  bytes: base.bytes,
  sha256: base.sha256,
  origin: base.origin,
  verification: JSON.stringify(verification),
  at: instant(tools.clock()),
})

/** What became of a base eCoC that came in. `older` is not kept: a newer version of it is here. */
export interface KeptBase {
  readonly outcome: 'new' | 'same' | 'corrected' | 'replaces-sheet' | 'older'
  /** Against what was there before. */
  readonly differences: readonly BaseDifference[]
}

/** Which version of its document it is; both count up by IVI's rules. */
const versionOf = ({ tree }: Pick<BaseEcoc, 'tree'>): { readonly number: number; readonly at: number } => ({
  number: Number(valueAt(tree, 'IviVersionNumber') ?? 1),
  at: Date.parse(valueAt(tree, 'IviVersionDateTime') ?? '') || 0,
})

const isOlder = (a: Pick<BaseEcoc, 'tree'>, b: Pick<BaseEcoc, 'tree'>): boolean => {
  const [x, y] = [versionOf(a), versionOf(b)]
  return x.number < y.number || (x.number === y.number && x.at < y.at)
}

/** Somebody moved one of the vehicles meanwhile: what to do with it is decided anew. */
const isOvertaken = (error: unknown): boolean => error instanceof GatewayError && error.code === 'STO-003'

/**
 * Keeps a verified base eCoC, and lets the vehicles go on that waited for it. A newer version than the kept one is a
 * correction: the earlier one stays as evidence, and every vehicle built on it is dealt with (`vehiclesOnBase`). So is the eCoC that
 * comes for a data sheet.
 * @param actor who brought it; `gateway` where it was asked for again
 */
export const keepBase = async (
  base: BaseEcoc,
  verification: Verification,
  actor: string,
  firstStage: string,
  tools: Tools,
): Promise<KeptBase> => {
  for (let tries = 1; ; tries++)
    try {
      return await keepOnce(base, verification, actor, firstStage, tools)
    } catch (error) {
      if (!isOvertaken(error) || tries === 3) throw error
    }
}

const keepOnce = async (
  base: BaseEcoc,
  verification: Verification,
  actor: string,
  firstStage: string,
  tools: Tools,
): Promise<KeptBase> => {
  const { store } = tools
  const row = baseRow(base, verification, tools)
  const kept = (await store.bases.ofVehicle(base.vin)).find((one) => one.stage === base.stage)
  const arrived = await arrivedWrites(base.vin, tools)
  if (kept?.sha256 === base.sha256) {
    await store.commit(arrived)
    return { outcome: 'same', differences: [] }
  }
  const earlier = kept && { ...kept, tree: baseReader(tools)(kept.bytes).tree }
  if (earlier && isOlder(base, earlier)) return { outcome: 'older', differences: [] }
  const sheet = earlier ? undefined : await sheetBase(base.vin, tools)
  const before = earlier ?? (sheet?.stage === base.stage ? sheet : undefined)
  const differences = before ? differencesOf(before.tree, base.tree) : []
  const outcome = earlier ? 'corrected' : before ? 'replaces-sheet' : 'new'
  const type = { new: 'base.imported', corrected: 'base.corrected', 'replaces-sheet': 'base.sheet_replaced' }[outcome]
  const detail = {
    ...{ origin: base.origin, sha256: base.sha256, signer: verification.signer, stage: base.stage },
    ...(before ? { replaces: before.sha256, differences: differences.slice(0, 50), differ: differences.length } : {}),
  }
  const writes: Write[] = [
    ...(kept ? [insert('base_earlier', { ...kept, replaced_at: row.at })] : []),
    upsert('base_ecoc', row),
    event({ at: row.at, actor, type, subject: base.vin, detail }),
    ...arrived,
    ...(await vehiclesOnBase({ base, outcome, differences, actor, firstStage }, tools)),
  ]
  await store.commit(writes)
  return { outcome, differences }
}
