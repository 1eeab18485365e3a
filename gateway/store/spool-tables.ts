import type { EcocId, Instant, Sha256, SpoolId } from '../contract/index.ts'
import type { Json } from './tables.ts'

/** A file as taken from a source; its rows are committed in chunks, `cursor` says how far. */
export interface SpoolRow {
  id: SpoolId
  source: string
  mapper: string
  key: string
  /** The source's own mark of this content: settling leaves a newer one alone. */
  item_version: string
  path: string
  size: number
  sha256: Sha256
  /** taken: bytes are in the spool; read: every row is committed; settled: put away at the source. */
  state: 'taken' | 'read' | 'settled'
  cursor: number
  rows: number
  refused: number
  /** Why the whole file could not be read: {code, message}. */
  problem: Json | null
  archive_name: string
  at: Instant
}

/** One line of a file: which eCoC it became, or why it was refused. */
export interface SpoolLineRow {
  spool_id: SpoolId
  line: number
  ecoc_id: EcocId | null
  vin: string | null
  known: 0 | 1
  problems: Json | null
  cells: Json | null
}
