import type { Finding } from '../contract/finding.ts'
import type { ApprovalData, BaseEcoc, RecordFields, VehicleModel } from '../contract/flow.ts'
import type { InputLayout } from '../contract/input-layout.ts'
import type { LookupRequest, LookupRows, LookupSpec } from '../contract/lookup.ts'
import type { Catalogue } from '../ivi/catalogue.ts'
import type { Sha256 } from '../contract/ids.ts'
import type { MapperFile } from './mapper-format.ts'

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
  /** What the mapper's look-ups found for this record, by their names; absent where a key was not found. */
  readonly lookups?: LookupRows
}

export interface MappingResult {
  /** Undefined when a finding is an error. */
  readonly model: VehicleModel | undefined
  readonly findings: readonly Finding[]
  /** Where there is no model: what could be mapped all the same, for looking at. */
  readonly partial?: Pick<VehicleModel, 'tree' | 'provenance'>
}

/** A mapper as it was read: its text, and the text of the table of variants beside it. */
export interface MapperText {
  readonly yaml: string
  /** Empty where there is none. */
  readonly variants: string
}

/** A mapper file, compiled once: immutable, without state, safe to use for any number of records. */
export interface Mapper {
  readonly name: string
  readonly version: string
  readonly title: string
  /** The release of IVI it was written for: `2.0`. */
  readonly ivi: string
  /**
   * The same mapper for documents of another release, compiled when it is first asked for.
   * @throws GatewayError MAP-0xx when it names what that release does not have, or is written for a later one
   */
  readonly forRelease: (catalogue: Catalogue) => Mapper
  /** Hash of the file's text: with name and version it says exactly what mapped a record. */
  readonly sha256: Sha256
  /** The files it was read from: more than one where it has a file for each release of IVI. */
  readonly files: readonly MapperText[]
  /** What the file declares, for the data contract and the workbench. */
  readonly declared: MapperFile
  readonly input: InputLayout
  readonly base: 'required' | 'optional' | 'none'
  /** True when a record cannot be mapped without its base eCoC. */
  readonly baseNeeded: boolean
  /** True when a record cannot be mapped without type-approval master data. */
  readonly approvalNeeded: boolean
  /** IVI elements it writes by itself, for the data contract and for the effects of a new IVI release. */
  readonly targets: readonly string[]
  /** The look-ups it declares, in their order. */
  readonly lookups: readonly LookupSpec[]
  readonly lookupKeys: (fields: RecordFields) => readonly LookupRequest[]
  /**
   * What is wrong with a record before master data is looked for: a configuration that is not complete, or that fits no
   * or several variants. `map` reports the same. Empty without a configurator.
   */
  readonly precheck: (fields: RecordFields) => readonly Finding[]
  readonly approvalKey: (fields: RecordFields) => ApprovalKey
  readonly map: (input: MappingInput) => MappingResult
}
