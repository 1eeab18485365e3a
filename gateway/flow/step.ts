import type {
  ApprovalData,
  BaseEcoc,
  EcocId,
  EcocState,
  Finding,
  IviDocument,
  IviTree,
  Layer,
  LookupRows,
  RecordFields,
  Target,
  VehicleModel,
} from '../contract/index.ts'
import type { EarlierEcocRow, EcocRow, RecordRow, SignOffRow, WeighingRow } from '../store/tables.ts'
import type { Write } from '../store/writes.ts'
import type { Tools } from './tools.ts'

/** One eCoC on its way, with what the stages before made of it. */
export interface Work {
  readonly ecoc: EcocRow
  /** The lease it is worked on under: what is committed for it later is only true while the job still has it. */
  readonly lease: string
  /** The lane its job was claimed in, where the stage has lanes. */
  readonly lane?: string | null
  readonly record: RecordRow
  readonly fields: RecordFields
  /** What earlier stages of the same run left for later ones. */
  readonly made: Made
}
export interface Made {
  base?: BaseEcoc
  approval?: ApprovalData
  approvals?: readonly ApprovalData[]
  lookups?: LookupRows
  /** What a correction corrects, as it was sent. */
  corrects?: IviTree
  model?: VehicleModel
  target?: Target
  document?: IviDocument
  /** The other open eCoCs of the vehicle in the same mode. */
  others?: readonly EcocRow[]
  /** Further documents of the same record, whatever became of them. */
  siblings?: readonly EcocRow[]
  /** The signed documents of those that this one may be a correction of. */
  sent?: Map<EcocId, Buffer>
  /** In a parallel run: what the earlier process made of the vehicle, the highest version first. */
  earlier?: readonly EarlierEcocRow[]
  /** What was asked of quality for this eCoC, and what became of it. */
  signOffs?: readonly SignOffRow[]
  /** The weighing of the VIN that was recorded apart, the latest. */
  weighing?: WeighingRow | undefined
}

/** Where an eCoC comes to rest, and why. */
export interface Rest {
  readonly state: EcocState
  readonly code?: string
  readonly reason?: string
  readonly nextStep?: string
}

/** What a stage says: go on (neither `rest` nor `again`), rest, or the same stage again after a while. */
export interface StepResult {
  readonly patch?: Partial<EcocRow>
  readonly writes?: readonly Write[]
  readonly findings?: readonly { readonly layer: Layer; readonly findings: readonly Finding[] }[]
  readonly rest?: Rest
  /** Milliseconds until the stage runs again; with `rest` the eCoC shows as resting meanwhile. */
  readonly againMs?: number
  /** For the audit trail. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** A pure stage: reads are done in `load`, then `run` is synchronous, so that a batch shares one transaction. */
export interface PureStep {
  readonly name: string
  readonly kind: 'pure'
  load?(work: Work, tools: Tools): Promise<void>
  run(work: Work, tools: Tools): StepResult
}

/** One of the places that a stage works at. A job whose lane is not known yet is in lane null. */
export interface Lane {
  readonly name: string | null
  /** How many may begin now. */
  readonly room: number
  /** Where there is no room: when to look again, in milliseconds since the epoch. */
  readonly notBefore?: number
}

/** A stage that reaches the network or a token: alone, with a lease, under a limit of its own. */
export interface EffectStep {
  readonly name: string
  readonly kind: 'effect'
  /** How many run at once, where it has no lanes. */
  parallel(tools: Tools): number
  /** Before the first turn. */
  begin?(tools: Tools): Promise<void>
  /** Its places, each under limits of its own: what waits for one never holds up what goes to another. */
  lanes?(tools: Tools, underWay: (lane: string | null) => number): Promise<readonly Lane[]>
  run(work: Work, tools: Tools): Promise<StepResult>
}

export type Step = PureStep | EffectStep
