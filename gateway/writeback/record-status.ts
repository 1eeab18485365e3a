import type { EcocState, Instant, Mode, RecordStatus, RowProblem } from '../contract/index.ts'

/** Longest text that is written beside a record; the whole stands in the gateway. */
const maxText = 1000

const cut = (text: string): string => (text.length > maxText ? `${text.slice(0, maxText - 1)}…` : text)

/** An eCoC as its source is told of it. */
export interface ToldEcoc {
  readonly recordKey: string
  readonly sourceKey: string | undefined
  readonly vin: string
  readonly mode: Mode
  readonly state: EcocState
  readonly reasonCode: string | undefined
  readonly reason: string | undefined
  readonly nextStep: string | undefined
  readonly reference: string | undefined
  readonly documentSha256: string | undefined
  /** How the vehicle's further documents stand, such as `NO: accepted`. */
  readonly further: readonly string[]
  readonly at: Instant
}

/** Where the eCoC of a record stands, in the words that stand at every source. */
export const recordStatus = (ecoc: ToldEcoc): RecordStatus => {
  const isLive = ecoc.mode === 'live'
  return {
    recordKey: ecoc.recordKey,
    sourceKey: ecoc.sourceKey,
    vin: ecoc.vin,
    // Nobody must take what was not delivered for an acceptance.
    coc_status: isLive ? ecoc.state : `${ecoc.mode}: ${ecoc.state}`,
    // The number of a test is none of the vehicle's.
    coc_ref: isLive ? (ecoc.reference ?? '') : '',
    coc_at: ecoc.at,
    coc_error_code: ecoc.reasonCode ?? '',
    coc_error_text: cut([ecoc.reason, ecoc.nextStep, ...ecoc.further].filter((text) => text).join(' ')),
    coc_doc_sha256: ecoc.documentSha256 ?? '',
  }
}

/** A row that the inbox refused, as its source is told of it. */
export const refusedStatus = (row: {
  readonly recordKey: string
  readonly sourceKey: string
  readonly vin: string | undefined
  readonly problems: readonly RowProblem[]
  readonly at: Instant
}): RecordStatus => ({
  recordKey: row.recordKey,
  sourceKey: row.sourceKey,
  vin: row.vin ?? '',
  coc_status: 'refused',
  coc_ref: '',
  coc_at: row.at,
  coc_error_code: row.problems[0]?.code ?? '',
  coc_error_text: cut(row.problems.map((p) => (p.field ? `${p.field}: ${p.message}` : p.message)).join(' ')),
  coc_doc_sha256: '',
})
