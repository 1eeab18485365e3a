import { checkPairing } from '../../../gateway/base/check-pairing.ts'
import { createRules } from '../../../gateway/checks/run-rules.ts'
import { createSchemaCheck } from '../../../gateway/checks/schema-check.ts'
import type { ApprovalData, VehicleModel } from '../../../gateway/contract/flow.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'
import { placeholderStamps, stampDocument } from '../../../gateway/document/make-document.ts'
import { findDrift } from '../../../gateway/drift/compare-with-base.ts'
import { writeDocument } from '../../../gateway/ivi/write-document.ts'
import { mapRecord } from '../../../gateway/mapping/map-record.ts'
import { sampleBaseTree } from '../../../gateway/sandbox/samples/base-vehicle.ts'
import { sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { sampleApprovals, sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'

type Change = (coc: IviTree) => void
const rules = await createRules()
const schema = await createSchemaCheck()
const vin = sampleVin(1)

const row = {
  MFGNUM: 'X-1',
  VIN: vin,
  TYPE: 'EXB5',
  VARIANT: 'BOX42',
  VERSION: 'V01',
  BODY: 'BA',
  BODYMASS: '0,600',
  MASS_RO: '2,880',
  MASS_ACT: '2,905',
  MASS_AX1: '1,336',
  MASS_AX2: '1,569',
  WHEELBASE: '3,750',
  LENGTH: '6,800',
  WIDTH: '2,200',
  HEIGHT: '3,050',
  MFGDATE: '06.07.2026',
  COP: 'J',
  DEST: 'NL',
}

/** The approval of the sample body builder, which covers the sample vehicle and nothing else. */
export const plainApproval: ApprovalData = sampleApprovals().find(({ type }) => type === 'EXB5')!

/** The same approval, extended. */
export const extended = (change: Change, facts: Readonly<Record<string, string>> = {}): ApprovalData => {
  const values = structuredClone(plainApproval.values)
  change(values['CocDataGroup'] as IviTree)
  return { ...plainApproval, values, facts: { ...plainApproval.facts, ...facts } }
}

/** The sample chassis, changed. */
export const chassis = (change: Change = () => undefined): IviTree => {
  const tree = structuredClone(sampleBaseTree(vin))
  change(tree['CocDataGroup'] as IviTree)
  return tree
}

export interface Built {
  /** What the record says otherwise than the sample's. */
  readonly fields?: Partial<typeof row>
  /** The approval it is built under. */
  readonly approval?: ApprovalData
  readonly base?: IviTree
  /** What a mapper of such a site would do further. */
  readonly change?: Change
  readonly facts?: Readonly<Record<string, string>>
}

/** A vehicle that went through the sample mapper. */
export const build = ({ fields, approval = plainApproval, base = chassis(), change, facts }: Built): VehicleModel => {
  const { model, findings } = mapRecord(sampleMapper('sage-x3'), {
    fields: { ...row, ...fields },
    approval,
    base: { tree: base },
    settings: {},
  })
  if (!model) throw new TypeError(findings.map(({ message }) => message).join(' '))
  const tree = structuredClone(model.tree)
  change?.(tree['CocDataGroup'] as IviTree)
  return { ...model, tree, facts: { ...model.facts, ...facts } }
}

/** Codes of the errors of schema and rules; none for a document that may be signed. */
export const faultsOf = ({ tree }: VehicleModel): string[] => {
  const stamped = stampDocument(tree, placeholderStamps)
  return [...schema.check(writeDocument(stamped), { unsigned: true }), ...rules.check(stamped)]
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${message}`)
}

/** What the gateway says of it: outcome and codes, pairing first. */
export const verdict = (
  model: VehicleModel,
  approval: ApprovalData | undefined,
  base: IviTree = chassis(),
): { readonly outcome: string; readonly codes: string[] } => {
  const { findings, outcome } = findDrift({ model, base: { tree: base }, approval, today: '2026-07-06' })
  return { outcome, codes: [...checkPairing(model.tree, base), ...findings].map(({ code }) => code) }
}

/** A group of a CoC, to change it. */
export const group = (coc: IviTree, name: string): IviTree => (coc[name] ??= {}) as IviTree
/** A row of a table, from 1. */
export const at = (coc: IviTree, table: string, number: number): IviTree => {
  const rows = Object.values(group(coc, table))[0] as IviTree[]
  return rows[number - 1]!
}
