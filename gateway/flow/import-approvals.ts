import { approvalId } from '../approvals/collect.ts'
import type { ApprovalData } from '../contract/index.ts'
import { event, upsert, type Write } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { sha256 } from '../support/hash.ts'
import { replayWrites } from './actions/replay.ts'
import type { Tools } from './tools.ts'

type ImportTools = Pick<Tools, 'store' | 'clock'>

/** The same content in whatever order its keys came, so that another format of the same data is no change. */
const sorted = (node: unknown): unknown => {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map(sorted)
  const group = node as Record<string, unknown>
  return Object.fromEntries(
    Object.keys(group)
      .sort()
      .map((key) => [key, sorted(group[key])]),
  )
}

/** Vehicles that wait for master data, or are held by what it says about the approval. */
const waitingFor = ['APR-001', 'APR-101', 'APR-102', 'APR-104', 'APR-107']

/**
 * Takes master data in, and lets every vehicle go on that waited for homologation. An entry for an approval with
 * extension, type, variant, version and first day that is known with other content replaces it, which the audit trail
 * tells with both hashes. An older extension is another entry and displaces nothing.
 */
export const importApprovals = async (
  approvals: readonly ApprovalData[],
  actor: string,
  firstStage: string,
  tools: ImportTools,
): Promise<void> => {
  const at = instant(tools.clock())
  const writes: Write[] = []
  for (const a of approvals) {
    const data = JSON.stringify(sorted(a))
    const row = {
      id: approvalId(a),
      approval: a.approval,
      type: a.type,
      variant: a.variant,
      version: a.version,
      valid_from: a.validFrom,
      data,
      sha256: sha256(data),
      imported_at: at,
    }
    const before = (await tools.store.masterData.approval(row.id))?.sha256
    if (before === row.sha256) continue
    const type = before === undefined ? 'approval.imported' : 'approval.replaced'
    const detail = { sha256: row.sha256, ...(before === undefined ? {} : { replaces: before }) }
    writes.push(upsert('approval', row))
    writes.push(event({ at, actor, type, subject: row.id, detail }))
  }
  if (writes.length === 0) return
  const waiting = await tools.store.ecocs.heldFor(waitingFor)
  await tools.store.commit([...writes, ...waiting.flatMap((e) => replayWrites(e, actor, firstStage, at))])
}
