import { type DecodedRow, defineCodec, type RecordFields, UnreadableFile } from '../../../gateway/contract/index.ts'

/** One object, an array of objects, or NDJSON; a body larger than this belongs into a file drop. */
const maxBytes = 32 * 1024 * 1024
const maxDepth = 16

/** A value with its place: the line of NDJSON, else the number of the object; or why its line is no JSON. */
interface Entry {
  readonly line: number
  readonly text?: string
  readonly value?: unknown
  readonly fault?: string
}

/** Numbers and booleans become text. Undefined where it is nested too deep. */
const toFields = (value: unknown, depth = 0): RecordFields[string] | undefined => {
  if (depth > maxDepth) return undefined
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value)
  const entries = Object.entries(value).map(([key, v]) => [key, toFields(v, depth + 1)] as const)
  if (entries.some(([, v]) => v === undefined)) return undefined
  return Array.isArray(value)
    ? (entries.map(([, v]) => v) as RecordFields[])
    : (Object.fromEntries(entries) as RecordFields)
}

/** `JSON.parse` would round a long decimal, so numbers keep their source text. */
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown
const keepNumbersAsText: Reviver = (_key, value, context) =>
  typeof value === 'number' ? (context.source ?? String(value)) : value

const parseJson = (text: string): unknown => JSON.parse(text, keepNumbersAsText as Parameters<typeof JSON.parse>[1])

const parseLine = (text: string, line: number): Entry => {
  try {
    return { line, text, value: parseJson(text) }
  } catch (error) {
    return { line, text, fault: (error as Error).message }
  }
}

/** One document, or else NDJSON: its first line tells, and then a bad line is a bad row and nothing more. */
const parseAll = (text: string): Entry[] => {
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

const toRow = ({ line, text, value, fault }: Entry): DecodedRow => {
  const row = { line, cells: [text ?? JSON.stringify(value)], fields: {} }
  const refused = (code: string, found: string, message: string): DecodedRow => ({
    ...row,
    problem: { code, field: '', value: found, message },
  })
  if (fault !== undefined) return refused('INB-008', '', `The line is no readable JSON: ${fault}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused('INB-011', typeof value, 'A record must be a JSON object.')
  const fields = toFields(value)
  if (fields === undefined) return refused('INB-007', '', `The record is nested deeper than ${maxDepth} levels.`)
  return { ...row, fields: fields as RecordFields }
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
    let entries: Entry[]
    try {
      entries = parseAll(text)
    } catch (error) {
      throw new UnreadableFile('INB-008', `The file is no readable JSON: ${(error as Error).message}`)
    }
    for (const entry of entries) yield toRow(entry)
  },
})
