import { Readable } from 'node:stream'
import type { Codec, DecodedRow, InputField, InputLayout } from '../../gateway/contract/index.ts'
import { UnreadableFile } from '../../gateway/contract/index.ts'

export const field = (name: string, over: Partial<InputField> = {}): InputField => ({
  name,
  type: 'text',
  required: false,
  ...over,
})

/** Columns A, B and C, of which A must be there. */
export const layoutOf = (format: InputLayout['format'], csv: Partial<InputLayout['csv']> = {}): InputLayout => ({
  format,
  csv: { delimiter: ';', encoding: 'utf-8', decimal: ',', ...csv },
  fields: [field('A', { required: true }), field('B'), field('C')],
  recordKey: ['A'],
  vin: 'A',
})

export interface Decoded {
  readonly rows: readonly DecodedRow[]
  /** Code of the reason why the file cannot be read; undefined when it was read to its end. */
  readonly unreadable: string | undefined
}

/** Decodes bytes that arrive in the given pieces. Any error but `UnreadableFile` fails the test. */
export const decode = async (codec: Codec, pieces: readonly Buffer[], layout: InputLayout): Promise<Decoded> => {
  const rows: DecodedRow[] = []
  try {
    for await (const row of codec.decode(Readable.from(pieces, { objectMode: false }), layout)) rows.push(row)
    return { rows, unreadable: undefined }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return { rows, unreadable: error.code }
  }
}

/** Cuts bytes at the given places, wherever that is: inside a character, between CR and LF. */
export const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const cuts = [...new Set(places.map((p) => p % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...cuts].map((from, i) => bytes.subarray(from, cuts[i] ?? bytes.length)).filter((b) => b.length > 0)
}
