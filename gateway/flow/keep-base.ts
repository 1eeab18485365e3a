import type { BaseEcoc, Verification } from '../contract/index.ts'
import type { BaseEcocRow } from '../store/tables.ts'
import { event, upsert } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { replayWrites } from './actions/replay.ts'
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

/** Keeps a base eCoC that a person brought, and lets the vehicles go on that waited for it. */
export const keepBase = async (
  base: BaseEcoc,
  verification: Verification,
  actor: string,
  firstStage: string,
  tools: Tools,
): Promise<void> => {
  const row = baseRow(base, verification, tools)
  const waiting = (await tools.store.ecocs.heldFor(['BAS-001', 'BAS-002'])).filter((e) => e.vin === base.vin)
  const detail = { origin: base.origin, sha256: base.sha256, signer: verification.signer }
  await tools.store.commit([
    upsert('base_ecoc', row),
    event({ at: row.at, actor, type: 'base.imported', subject: base.vin, detail }),
    ...waiting.flatMap((e) => replayWrites(e, actor, firstStage, row.at)),
  ])
}
