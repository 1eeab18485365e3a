import type { Instant, Sha256, SpoolId } from '../contract/index.ts'
import type { Json } from './tables.ts'

/** How far the rows of a source were read: everything up to (stamp, key), as the source orders them. */
export interface SourceMarkRow {
  source: string
  stamp: string
  key: string
  /** Where it stood earlier, oldest first: [{at, stamp, key}]. Reading begins again where it stood one overlap ago. */
  earlier: Json
  at: Instant
}

/** The newest content of a row that was taken, and the line it became. */
export interface SourceRowRow {
  source: string
  key: string
  stamp: string
  /** Of the fields that the mapper declares: what we write beside a record changes nothing in it. */
  sha256: Sha256
  spool_id: SpoolId
  line: number
}

/** A file that was taken and stays where it lies. */
export interface LeftItemRow {
  source: string
  key: string
  version: string
  size: number
  sha256: Sha256
  at: Instant
}

/** An answer that we wrote: it is never taken for a record, whatever its name is by now. */
export interface WrittenAnswerRow {
  source: string
  sha256: Sha256
  at: Instant
}

/** Tables of sources: how far reading came, and what was told to them. */
export interface SourceTables {
  source_mark: SourceMarkRow
  source_row: SourceRowRow
  left_item: LeftItemRow
  written_answer: WrittenAnswerRow
}
