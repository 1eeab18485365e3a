import type { EcocId, Instant, Sha256, Vin } from '../contract/index.ts'
import type { BaseEcocRow, Json } from './tables.ts'

/** A base eCoC that a corrected one replaced: kept, since documents were built on it. */
export interface BaseEarlierRow extends BaseEcocRow {
  replaced_at: Instant
}

/** A vehicle whose base eCoC is asked for again, in case it is corrected. */
export interface BaseWatchRow {
  vin: Vin
  next_at: Instant
}

/** The base CoC data of a type, variant and version, typed once: stands in where no eCoC can be had. */
export interface BaseSheetRow {
  id: string
  approval: string
  type: string
  variant: string
  version: string
  stage: number
  /** The document's tree, without what is one vehicle's own. */
  data: Json
  sha256: Sha256
  /** It stands in for nothing before another person confirmed it. */
  state: 'entered' | 'confirmed' | 'refused' | 'withdrawn'
  entered_by: string
  entered_at: Instant
  decided_by: string | null
  decided_at: Instant | null
  comment: string | null
}

/** The paper that a sheet was typed from. */
export interface BaseSheetScanRow {
  sheet_id: string
  name: string
  content_type: 'application/pdf' | 'image/png' | 'image/jpeg'
  bytes: Buffer
  sha256: Sha256
  added_by: string
  at: Instant
}

/** Vehicles that a sheet is for: serial numbers of one series, both ends included. */
export interface BaseSheetVinsRow {
  id: string
  sheet_id: string
  series: string
  first_serial: string
  last_serial: string
  first_vin: Vin
  last_vin: Vin
  added_by: string
  added_at: Instant
  confirmed_by: string | null
}

/** A vehicle that arrived, or will: its base eCoC is fetched ahead. */
export interface AnnouncedVehicleRow {
  vin: Vin
  /** Of the completing approval, where it is known already: says what budget is left. */
  type: string | null
  variant: string | null
  version: string | null
  note: string | null
  announced_by: string
  announced_at: Instant
  state: 'waiting' | 'kept' | 'closed'
  next_at: Instant
  tries: number
  problem: string | null
}

/** A vehicle that was built on a base eCoC which was corrected later. */
export interface BaseIssueRow {
  ecoc_id: EcocId
  /** Of the corrected base. */
  base_sha256: Sha256
  vin: Vin
  code: string
  text: string
  next_step: string
  differences: Json
  proposal: EcocId | null
  at: Instant
  closed_at: Instant | null
}

/** A file of an origin that is no base eCoC to be used. */
export interface BaseRefusedRow {
  origin: string
  key: string
  version: string
  sha256: Sha256
  findings: Json
  at: Instant
}

/** An accepted eCoC that is handed to the maker of the next stage. */
export interface HandoverRow {
  ecoc_id: EcocId
  target: string
  vin: Vin
  sha256: Sha256
  state: 'pending' | 'done' | 'failed'
  due_at: Instant
  tries: number
  problem: string | null
  done_at: Instant | null
}

/** Tables of base eCoCs: what stands in for them, and which are awaited. */
export interface BaseTables {
  base_earlier: BaseEarlierRow
  base_watch: BaseWatchRow
  base_sheet: BaseSheetRow
  base_sheet_scan: BaseSheetScanRow
  base_sheet_vins: BaseSheetVinsRow
  announced_vehicle: AnnouncedVehicleRow
  base_issue: BaseIssueRow
  base_refused: BaseRefusedRow
  handover: HandoverRow
}
