import { compilePath, type Located, textOf } from './located.ts'
import type { When } from './rule.ts'

/** What every rule asks of a document, read once per document; empty text for what it does not say. */
export interface DocumentKind {
  readonly category: string
  readonly stage: string
  readonly type: string
}

const category = compilePath('/CocDataGroup/VehicleCategory')
const stage = compilePath('/CocDataGroup/StageOfCompletion')
const type = compilePath('/CocDataGroup/TypeApprovalType')

export const kindOf = (root: Located): DocumentKind => {
  const text = (found: readonly Located[]): string => (found[0] === undefined ? '' : (textOf(found[0]) ?? ''))
  return { category: text(category(root)), stage: text(stage(root)), type: text(type(root)) }
}

/** Whether a rule speaks of such documents at all. */
export const concerns = (when: When, kind: DocumentKind): boolean =>
  (when.categories?.some((beginning) => kind.category.startsWith(beginning)) ?? true) &&
  (when.exactCategories?.includes(kind.category) ?? true) &&
  (when.stages?.some((one) => one === kind.stage) ?? true) &&
  (when.types?.some((one) => one === kind.type) ?? true)
