import { defineCodec, type RecordFields, UnreadableFile } from '../../../gateway/contract/index.ts'

/** One object, an array of objects, or NDJSON; a body larger than this belongs into a file drop. */
const maxBytes = 32 * 1024 * 1024
const maxDepth = 16

/** Numbers and booleans become text: `JSON.parse` would round a long decimal, so numbers keep their source text. */
const toFields = (value: unknown, depth = 0): RecordFields[string] => {
  if (depth > maxDepth) throw new UnreadableFile('INB-007', `The JSON is nested deeper than ${maxDepth} levels.`)
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((v) => toFields(v, depth + 1)) as RecordFields[]
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toFields(v, depth + 1)]))
  return String(value as string | number | boolean)
}

type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown
const keepNumbersAsText: Reviver = (_key, value, context) =>
  typeof value === 'number' ? (context.source ?? String(value)) : value

const parseJson = (text: string): unknown => JSON.parse(text, keepNumbersAsText as Parameters<typeof JSON.parse>[1])

const parseAll = (text: string): unknown[] => {
  try {
    const value = parseJson(text)
    return Array.isArray(value) ? value : [value]
  } catch (whole) {
    const lines = text.split('\n').filter((l) => l.trim() !== '')
    if (lines.length < 2) throw whole
    return lines.map(parseJson)
  }
}

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
    const text = new TextDecoder('utf-8', { fatal: false }).decode(Buffer.concat(chunks)).trim()
    if (text === '') throw new UnreadableFile('INB-001', 'The file is empty. Nothing was taken from it.')
    let values: unknown[]
    try {
      values = parseAll(text)
    } catch (error) {
      throw new UnreadableFile('INB-008', `The file is no readable JSON: ${(error as Error).message}`)
    }
    for (const [i, value] of values.entries()) {
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
      const row = { line: i + 1, cells: [JSON.stringify(value)] }
      if (isObject) yield { ...row, fields: toFields(value) as RecordFields }
      else {
        const message = 'A record must be a JSON object.'
        yield { ...row, fields: {}, problem: { code: 'INB-011', field: '', value: typeof value, message } }
      }
    }
  },
})
