import { defineCodec, UnreadableFile } from '../../../gateway/contract/index.ts'
import { type JsonEntry, parseJson, parseLine, toRow } from '../support/json-row.ts'

/** One object, an array of objects, or NDJSON; a body larger than this belongs into a file drop. */
const maxBytes = 32 * 1024 * 1024
/** One document, or else NDJSON: its first line tells, and then a bad line is a bad row and nothing more. */
const parseAll = (text: string): JsonEntry[] => {
  try {
    const value = parseJson(text)
    return Array.isArray(value) ? value.map((v, i) => ({ line: i + 1, value: v as unknown })) : [{ line: 1, value }]
  } catch (whole) {
    const lines = text
      .split('\n')
      .map((line, i) => ({ line: line.trim(), number: i + 1 }))
      .filter((l) => l.line !== '')
    const [first] = lines
    if (!first || lines.length < 2 || parseLine(first.line, 1).fault !== undefined) throw whole
    return lines.map((l) => parseLine(l.line, l.number))
  }
}

const toText = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableFile('INB-003', 'The file is not valid utf-8. Export it again in that encoding.')
  }
}

/** JSON in UTF-8 (RFC 8259): one object, an array of objects, or one object a line. */
export default defineCodec({
  format: 'json',
  async *decode(bytes) {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) throw new UnreadableFile('INB-006', `The JSON is larger than ${maxBytes} bytes.`)
      chunks.push(chunk)
    }
    const text = toText(Buffer.concat(chunks))
    if (text.trim() === '') throw new UnreadableFile('INB-001', 'The file is empty. Nothing was taken from it.')
    let entries: JsonEntry[]
    try {
      entries = parseAll(text)
    } catch (error) {
      throw new UnreadableFile('INB-008', `The file is no readable JSON: ${(error as Error).message}`)
    }
    for (const entry of entries) yield toRow(entry)
  },
})
