import type {
  DecodedRow,
  InboxRecord,
  InputLayout,
  RecordFields,
  RecordKey,
  RefusedRow,
  RowProblem,
  Vin,
} from '../contract/index.ts'
import { sha256 } from '../support/hash.ts'
import { checkField, isUnprintable } from './check-field.ts'
import { plainValue } from './plain-value.ts'

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

type Node = string | RecordFields | RecordFields[]

const leavesOf = (node: Node): string[] => (typeof node === 'string' ? [node] : Object.values(node).flatMap(leavesOf))

/** The same content in whatever order its keys came. */
const sorted = (node: Node): unknown => {
  if (typeof node === 'string') return node
  if (Array.isArray(node)) return node.map(sorted)
  const keys = Object.keys(node).sort()
  return Object.fromEntries(keys.map((key) => [key, sorted(node[key] ?? '')]))
}

/** The row with the values of fields that declare a dialect in plain text; most layouts declare none. */
const inPlainWords = (row: DecodedRow, { fields }: InputLayout): DecodedRow => {
  const own = fields.filter((f) => f.empty !== undefined || f.sign !== undefined)
  if (own.length === 0) return row
  const plain = own.flatMap((field) => {
    const value = row.fields[field.name]
    return typeof value === 'string' ? [[field.name, plainValue(value, field)] as const] : []
  })
  return { ...row, fields: { ...row.fields, ...Object.fromEntries(plain) } }
}

/**
 * Turns a decoded row into a record, or refuses it with every problem it has.
 * The content hash covers the normalised values of all declared fields, so `2,450` and `2,45` are the same row.
 */
export const checkRow = (decoded: DecodedRow, layout: InputLayout): InboxRecord | RefusedRow => {
  const row = inPlainWords(decoded, layout)
  const vin = asText(row.fields[layout.vin])
  const refuse = (problems: RowProblem[]): RefusedRow => ({
    line: row.line,
    vin: /^[A-Z0-9]{1,40}$/.test(vin) ? vin : undefined,
    problems,
    cells: row.cells,
  })
  if (row.problem) return refuse([row.problem])
  const problems: RowProblem[] = []
  const normal: Record<string, unknown> = {}
  for (const field of layout.fields) {
    const value = row.fields[field.name] ?? ''
    if (field.type === 'object' || field.type === 'list') {
      const isRight = typeof value === 'object' && Array.isArray(value) === (field.type === 'list')
      const problem = { field: field.name, value: '' }
      if (isRight && leavesOf(value).some(isUnprintable))
        problems.push({ ...problem, code: 'INB-030', message: `${field.name} holds control characters.` })
      else if (isRight) normal[field.name] = sorted(value)
      else if (field.required || value !== '')
        problems.push({ ...problem, code: 'INB-029', message: `${field.name} must be of type ${field.type}.` })
      continue
    }
    const checked =
      typeof value === 'string'
        ? checkField(value, field, layout)
        : { code: 'INB-029', message: 'Plain text is expected here.' }
    if ('normal' in checked) normal[field.name] = checked.normal
    else problems.push({ code: checked.code, field: field.name, value: asText(value), message: checked.message })
  }
  if (problems.length > 0) return refuse(problems)
  const recordKey = layout.recordKey.map((part) => (part.startsWith('=') ? part.slice(1) : asText(row.fields[part])))
  return {
    line: row.line,
    recordKey: recordKey.join('/') as RecordKey,
    vin: vin as Vin,
    fields: row.fields,
    contentSha256: sha256(JSON.stringify(normal)),
  }
}

export const isRefused = (row: InboxRecord | RefusedRow): row is RefusedRow => 'problems' in row
