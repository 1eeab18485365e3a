import type { Instant, Sha256 } from '../contract/index.ts'

/** A change to a mapper that waits for a second person. At most one for each mapper; a newer one takes its place. */
export interface MapperProposalRow {
  mapper: string
  version: string
  title: string
  /** Of the files' text. */
  sha256: Sha256
  /** JSON: `[{ yaml, variants }]`, the exact text. */
  files: string
  /** JSON: the results of its test cases. */
  tests: string
  /** JSON: what it changes on the latest records against what was released last. */
  difference: string
  comment: string
  proposed_by: string
  at: Instant
}

/** A release of a mapper. Rows are only ever added; the highest number is what runs. */
export interface MapperReleaseRow extends MapperProposalRow {
  number: number
  /** The release whose text this one brings back. */
  back_to: number | null
  released_by: string
}
