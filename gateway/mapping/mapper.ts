import type { Finding } from '../contract/finding.ts'
import type { ApprovalData, BaseEcoc, RecordFields, VehicleModel } from '../contract/flow.ts'
import type { InputLayout } from '../contract/input-layout.ts'
import type { Sha256 } from '../contract/ids.ts'

/** What finds the type-approval master data of a record. Empty text where the record says nothing that can be read. */
export interface ApprovalKey {
  readonly approval?: string
  readonly type: string
  readonly variant: string
  readonly version: string
  /** YYYY-MM-DD */
  readonly dateOfManufacture: string
}

export interface MappingInput {
  readonly fields: RecordFields
  readonly approval: ApprovalData | undefined
  readonly base: Pick<BaseEcoc, 'tree'> | undefined
  /** Constants of the site by the names the mapper uses; `version` numbers a corrected document (default 1). */
  readonly settings: Readonly<Record<string, string>>
}
export interface MappingResult {
  /** Undefined when a finding is an error. */
  readonly model: VehicleModel | undefined
  readonly findings: readonly Finding[]
}

/** A mapper file, compiled once: immutable, without state, safe to use for any number of records. */
export interface Mapper {
  readonly name: string
  readonly version: string
  readonly title: string
  /** Hash of the file's text: with name and version it says exactly what mapped a record. */
  readonly sha256: Sha256
  readonly input: InputLayout
  readonly base: 'required' | 'optional' | 'none'
  /** True when a record cannot be mapped without its base eCoC. */
  readonly baseNeeded: boolean
  /** True when a record cannot be mapped without type-approval master data. */
  readonly approvalNeeded: boolean
  /** IVI elements it writes by itself, for the data contract and for the effects of a new IVI release. */
  readonly targets: readonly string[]
  readonly approvalKey: (fields: RecordFields) => ApprovalKey
  readonly map: (input: MappingInput) => MappingResult
}
