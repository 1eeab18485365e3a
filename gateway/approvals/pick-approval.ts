import type { ApprovalData, RecordFields } from '../contract/flow.ts'
import type { ApprovalKey, Mapper } from '../mapping/mapper.ts'

/** The key that finds a record's type-approval master data. */
export const approvalKeyOf = (mapper: Mapper, fields: RecordFields): ApprovalKey => mapper.approvalKey(fields)

/** `e4*2018/858*99002*01` → its number without extension, and the extension. */
const split = (approval: string): { readonly base: string; readonly extension: number } => {
  const at = approval.lastIndexOf('*')
  return { base: approval.slice(0, at), extension: Number(approval.slice(at + 1)) }
}

/**
 * Which of two holds, both being valid. Of one approval it is the higher extension, whatever the days say: an older
 * extension that was imported late never displaces a newer one. Of two approvals it is the one valid since later.
 */
const newerExtension = (a: ApprovalData, b: ApprovalData): number =>
  split(a.approval).extension - split(b.approval).extension || compareText(a.validFrom, b.validFrom)
const newerApproval = (a: ApprovalData, b: ApprovalData): number =>
  compareText(a.validFrom, b.validFrom) || compareText(a.approval, b.approval)

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The master data that holds for a record: same type, variant and version (and approval number, with or without its
 * extension, where the record gives one), valid on the day of manufacture; among extensions the newest. What is valid
 * only from a later day is never picked, so a vehicle built before an extension keeps the older one.
 * @returns undefined when there is none: the record waits for homologation
 */
export const pickApproval = (approvals: readonly ApprovalData[], key: ApprovalKey): ApprovalData | undefined => {
  const day = key.dateOfManufacture
  if (day === '') return undefined
  // First within each approval, then between them: in one go the answer would depend on the order of the list.
  const best = new Map<string, ApprovalData>()
  for (const a of approvals) {
    if (a.type !== key.type || a.variant !== key.variant || a.version !== key.version || a.validFrom > day) continue
    const { base } = split(a.approval)
    if (key.approval !== undefined && key.approval !== a.approval && key.approval !== base) continue
    const there = best.get(base)
    if (!there || newerExtension(a, there) > 0) best.set(base, a)
  }
  return [...best.values()].sort(newerApproval).at(-1)
}
