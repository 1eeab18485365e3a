import type { DecodedRow, RecordFields } from '../../../gateway/contract/index.ts'

const maxDepth = 16

/** A value with its place: the line of NDJSON, else the number of the object; or why its line is no JSON. */
export interface JsonEntry {
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

/** JSON with numbers as they stand there. */
export const parseJson = (text: string): unknown =>
  JSON.parse(text, keepNumbersAsText as Parameters<typeof JSON.parse>[1])

/** One line of NDJSON, or why it is none. */
export const parseLine = (text: string, line: number): JsonEntry => {
  try {
    return { line, text, value: parseJson(text) }
  } catch (error) {
    return { line, text, fault: (error as Error).message }
  }
}

/** A JSON value as a row; a value that is no record has its problem: INB-007 too deep, INB-008 no JSON, INB-011 no object. */
export const toRow = ({ line, text, value, fault }: JsonEntry): DecodedRow => {
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
