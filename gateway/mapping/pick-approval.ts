import type { ApprovalData, RecordFields } from '../contract/flow.ts'
import type { ApprovalKey, Mapper } from './mapper.ts'

/** The key that finds a record's type-approval master data. */
export const approvalKeyOf = (mapper: Mapper, fields: RecordFields): ApprovalKey => mapper.approvalKey(fields)

/** `e4*2018/858*99002*01` → its number without extension, and the extension. */
const split = (approval: string): { readonly base: string; readonly extension: number } => {
  const at = approval.lastIndexOf('*')
  return { base: approval.slice(0, at), extension: Number(approval.slice(at + 1)) }
}

const newer = (a: ApprovalData, b: ApprovalData): ApprovalData => {
  const [left, right] = [split(a.approval), split(b.approval)]
  if (left.base === right.base && left.extension !== right.extension) return left.extension > right.extension ? a : b
  return b.validFrom > a.validFrom ? b : a
}

/**
 * The master data that holds for a record: same type, variant and version (and approval number, with or without its
 * extension, where the record gives one), valid on the day of manufacture; among extensions the newest.
 * @returns undefined when there is none: the record waits for homologation
 */
export const pickApproval = (approvals: readonly ApprovalData[], key: ApprovalKey): ApprovalData | undefined => {
  const day = key.dateOfManufacture
  if (day === '') return undefined
  let best: ApprovalData | undefined
  for (const a of approvals) {
    if (a.type !== key.type || a.variant !== key.variant || a.version !== key.version || a.validFrom > day) continue
    if (key.approval !== undefined && key.approval !== a.approval && key.approval !== split(a.approval).base) continue
    best = best ? newer(best, a) : a
  }
  return best
}
