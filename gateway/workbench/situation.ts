import { approvalKeyOf, pickApproval } from '../approvals/pick-approval.ts'
import type { ApprovalData, BaseEcoc, Finding, IviTree, RecordFields, Vin } from '../contract/index.ts'
import type { LookupRows } from '../contract/lookup.ts'
import { placeholderStamps, stampDocument } from '../document/make-document.ts'
import type { Tools } from '../flow/tools.ts'
import type { Release } from '../ivi/releases/release.ts'
import { writeDocument } from '../ivi/write-document.ts'
import type { Mapper } from '../mapping/mapper.ts'
import { fieldPath, textAt } from '../mapping/record-field.ts'
import { profileOf } from '../routing/route-targets.ts'
import { localDay } from '../support/local-time.ts'

/** What a record is mapped with today: as the flow would find it, and nothing is fetched from elsewhere. */
export interface Situation {
  /** For the release of IVI that the document is made in. */
  readonly mapper: Mapper
  readonly approval: ApprovalData | undefined
  readonly base: Pick<BaseEcoc, 'tree'> | undefined
  readonly settings: Readonly<Record<string, string>>
  readonly lookups: LookupRows
}
/** What a test case brings along in place of what the gateway knows. */
export interface Given {
  readonly approvals?: readonly ApprovalData[] | undefined
  readonly base?: Pick<BaseEcoc, 'tree'> | undefined
  readonly settings?: Readonly<Record<string, string>> | undefined
}

const anyStage = 99

export const today = ({ clock, config }: Pick<Tools, 'clock' | 'config'>): string =>
  localDay(clock(), config.site.timeZone)

/** Reads a document of any release that is in use. */
export const readAnyRelease = (bytes: Buffer, tools: Tools): IviTree =>
  tools.releases.read(bytes, undefined, today(tools)).tree

const releaseOf = (approval: ApprovalData | undefined, day: string, tools: Tools): Release =>
  tools.releases.releases.forDate(day || today(tools), profileOf(approval?.approval ?? '') ?? 'EU')

/** Finds master data, base eCoC and look-ups of a record in what the gateway knows. */
export const situationOf = async (
  mapper: Mapper,
  fields: RecordFields,
  tools: Tools,
  given: Given = {},
): Promise<Situation> => {
  const { store } = tools
  const key = approvalKeyOf(mapper, fields)
  const approvals = given.approvals ?? (await store.masterData.approvals(key.type, key.variant, key.version))
  const approval = pickApproval(approvals, key)
  let { base } = given
  if (!base && mapper.base !== 'none') {
    const row = await store.masterData.baseEcoc(textAt(fields, fieldPath(mapper.input.vin)) as Vin, anyStage)
    if (row) base = { tree: readAnyRelease(row.bytes, tools) }
  }
  const lookups = await tools.enrichment.resolve(mapper.lookups, mapper.lookupKeys(fields))
  const { catalogue } = releaseOf(approval, key.dateOfManufacture, tools)
  const settings = { ...tools.config.site.settings, ...given.settings }
  return { mapper: mapper.forRelease(catalogue), approval, base, settings, lookups }
}

/** What schema and content rules say of a mapped tree, which has no stamps yet. */
export const checkTree = (tree: IviTree, tools: Tools): readonly Finding[] => {
  const stamped = stampDocument(tree, placeholderStamps)
  const bytes = writeDocument(stamped, tools.releases.catalogueOf(stamped, undefined))
  const schema = tools.releases.check(bytes, { profile: undefined, today: today(tools), unsigned: true })
  return [...schema, ...tools.rules(stamped)]
}
