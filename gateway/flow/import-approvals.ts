import type { ApprovalData } from '../contract/index.ts'
import { event, upsert, type Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { sha256 } from '../support/hash.ts'
import { replayWrites } from './actions/replay.ts'
import type { Tools } from './tools.ts'

type ImportTools = Pick<Tools, 'store' | 'clock'>

/** One entry per approval with extension, type, variant, version and day: importing it again replaces it. */
const idOf = (a: ApprovalData): string => [a.approval, a.type, a.variant, a.version, a.validFrom].join('|')

/** Takes master data in, and lets every vehicle go on that waited for homologation. */
export const importApprovals = async (
  approvals: readonly ApprovalData[],
  actor: string,
  firstStage: string,
  tools: ImportTools,
): Promise<void> => {
  const at = instant(tools.clock())
  const writes: Write[] = []
  for (const a of approvals) {
    const data = JSON.stringify(a)
    const row = {
      id: idOf(a),
      approval: a.approval,
      type: a.type,
      variant: a.variant,
      version: a.version,
      valid_from: a.validFrom,
      data,
      sha256: sha256(data),
      imported_at: at,
    }
    if ((await tools.store.masterData.approval(row.id))?.sha256 === row.sha256) continue
    writes.push(upsert('approval', row))
    writes.push(event({ at, actor, type: 'approval.imported', subject: row.id, detail: { sha256: row.sha256 } }))
  }
  if (writes.length === 0) return
  const waiting = await tools.store.ecocs.heldFor(['APR-001'])
  await tools.store.commit([...writes, ...waiting.flatMap((e) => replayWrites(e, actor, firstStage, at))])
}
