import { Transform } from 'node:stream'
import { parse } from 'csv-parse'
import { type DecodedRow, defineCodec, type InputLayout, UnreadableFile } from '../../../gateway/contract/index.ts'
import { textDecoder } from '../support/decode-text.ts'

/** A row longer than this is not a row of vehicle data. */
const maxRowBytes = 256 * 1024

/** Decodes bytes as they stream; a byte sequence that the encoding does not know makes the file unreadable. */
const decoder = (encoding: string): Transform => {
  const decode = textDecoder(encoding)
  const step = (chunk: Buffer | undefined, done: (error: Error | null, text?: string) => void): void => {
    try {
      done(null, decode(chunk))
    } catch (error) {
      done(error as Error)
    }
  }
  return new Transform({
    readableObjectMode: false,
    decodeStrings: true,
    transform: (chunk: Buffer, _encoding, done) => step(chunk, done),
    flush: (done) => step(undefined, done),
  })
}

/**
 * Says in which line a row begins. The parser tells where it ends, and inside quotes takes a CRLF for two lines.
 * Rows without line breaks in their cells cost one comparison.
 */
const lineCounter = (): ((record: readonly string[], parsedEnd: number) => number) => {
  let [last, tooMany] = [0, 0]
  return (record, parsedEnd) => {
    let within = 0
    if (parsedEnd - last > 1)
      for (const cell of record) {
        tooMany += cell.match(/\r\n/g)?.length ?? 0
        within += cell.match(/\r\n|\r|\n/g)?.length ?? 0
      }
    last = parsedEnd
    return parsedEnd - tooMany - within
  }
}

const checkHeader = (header: readonly string[], layout: InputLayout): void => {
  const missing = layout.fields.filter((f) => f.required && !header.includes(f.name)).map((f) => f.name)
  if (missing.length > 0)
    throw new UnreadableFile('INB-002', `The header line lacks the column(s) ${missing.join(', ')}. Export them too.`)
  const twice = header.find((name, i) => name !== '' && header.indexOf(name) !== i)
  if (twice !== undefined)
    throw new UnreadableFile('INB-004', `The header line names the column ${twice} twice. Keep one of them.`)
}

/** CSV by RFC 4180 with the delimiter, quote and encoding of the mapper; the first line names the columns. */
export default defineCodec({
  format: 'csv',
  async *decode(bytes, layout) {
    const options = layout.csv ?? { delimiter: ',', encoding: 'utf-8', decimal: '.' as const }
    const parser = parse({
      delimiter: options.delimiter,
      // All three: guessed from the first line, one other line end further down would swallow the next row.
      record_delimiter: ['\r\n', '\n', '\r'],
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: maxRowBytes,
    })
    const text = bytes.pipe(decoder(options.encoding))
    for (const stream of [bytes, text]) stream.on('error', (error) => parser.destroy(error))
    text.pipe(parser)
    let header: string[] | undefined
    const lineOf = lineCounter()
    try {
      for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
        const line = lineOf(record, info.lines)
        if (record.every((cell) => cell.trim() === '')) continue
        if (!header) {
          header = record.map((name) => name.trim())
          checkHeader(header, layout)
        } else yield toRow(record, header, line)
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))
        throw new UnreadableFile('INB-005', `The file is no readable CSV: ${error.message}`)
      throw error
    }
    if (!header) throw new UnreadableFile('INB-001', 'The file is empty. Nothing was taken from it.')
  },
})

const toRow = (record: string[], header: readonly string[], line: number): DecodedRow => {
  const fields = Object.fromEntries(header.map((name, i) => [name, (record[i] ?? '').trim()]))
  const row = { line, cells: record, fields }
  if (record.length === header.length) return row
  const message = `The row has ${record.length} cells, the header ${header.length}. Look for a missing or extra delimiter.`
  return { ...row, problem: { code: 'INB-010', field: '', value: String(record.length), message } }
}
