import type { Readable } from 'node:stream'
import type { RecordFields, RowProblem } from './flow.ts'
import type { InputLayout } from './input-layout.ts'

/** One row or object as it stood in the file. */
export interface DecodedRow {
  /** 1-based line in the file; for formats without lines the 1-based number of the object. */
  readonly line: number
  readonly cells: readonly string[]
  readonly fields: RecordFields
  /** Set when the row itself cannot be read, such as a row with too many cells. */
  readonly problem?: RowProblem
}

/** Thrown while decoding when a file cannot be read, or not to its end: rows before that place are taken all the same. */
export class UnreadableFile extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'UnreadableFile'
    this.code = code
  }
}

/** Turns bytes into plain rows, streaming and with limits. */
export interface Codec {
  readonly format: string
  decode(bytes: Readable, layout: InputLayout): AsyncIterable<DecodedRow>
}

/** Declares a codec: `connectors/codecs/<format>/codec.ts` exports it as default and is found by itself. */
export const defineCodec = (codec: Codec): Codec => codec
