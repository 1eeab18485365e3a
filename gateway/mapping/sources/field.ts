import { z } from 'zod'
import type { InputField } from '../../contract/input-layout.ts'
import { isDatePattern, makeDateReader } from '../../support/date-pattern.ts'
import { didYouMean } from '../did-you-mean.ts'
import { Cell } from '../draft.ts'
import { makeNumberReader } from '../numbers.ts'
import { configField, type Scope } from '../expressions/scope.ts'
import { fieldAt, fieldPath } from '../record-field.ts'
import { sameQuantity, unitNames } from '../units.ts'
import { type Compiling, defineValueSource, unmappable } from './source.ts'

const schema = z.strictObject({
  field: z.string().min(1),
  unit: z.strictObject({ from: z.string(), to: z.string() }).optional(),
  round: z.enum(['half-up', 'half-even', 'up', 'down']).optional(),
  date: z.string().optional(),
  codes: z.record(z.string(), z.string()).optional(),
  table: z.string().min(1).optional(),
  otherwise: z.string().min(1).optional(),
  default: z.string().min(1).optional(),
  optional: z.enum(['true', 'false']).optional(),
})
type Spec = z.infer<typeof schema>

const declaredField = (path: readonly string[], { fields, fail }: Compiling): InputField | undefined => {
  if (!fields) return undefined
  const root = path[0] ?? ''
  const whole = fields.get(path.join('.'))
  if (whole) return whole
  if (root === configField) {
    const known = [...fields.keys()].filter((name) => name.startsWith('config.'))
    return fail('MAP-005', `There is no characteristic "${path.join('.')}".`, didYouMean(path.join('.'), known).trim())
  }
  const declared = fields.get(root)
  if (!declared) fail('MAP-005', `The input has no field "${root}".`, didYouMean(root, fields.keys()).trim())
  return path.length === 1 ? declared : undefined
}

const checkSpec = (spec: Spec, { fail, scope }: Compiling): void => {
  if (spec.table !== undefined && !scope.tables.has(spec.table))
    fail('MAP-005', `There is no table "${spec.table}".`, didYouMean(spec.table, scope.tables.keys()).trim())
  if (spec.table !== undefined && spec.codes) fail('MAP-009', '"table" and "codes" cannot both say what a code means.')
  for (const unit of [spec.unit?.from, spec.unit?.to])
    if (unit !== undefined && !unitNames.includes(unit))
      fail('MAP-007', `"${unit}" is no known unit.`, `Known units: ${unitNames.join(', ')}.`)
  if (spec.unit && !sameQuantity(spec.unit.from, spec.unit.to))
    fail('MAP-007', `${spec.unit.from} and ${spec.unit.to} do not measure the same thing.`)
  if (spec.date !== undefined && !isDatePattern(spec.date))
    fail('MAP-007', `"${spec.date}" is no date pattern.`, 'Use DD, MM and YYYY once each, such as DD.MM.YYYY.')
  if (spec.otherwise !== undefined && !spec.codes) fail('MAP-009', '"otherwise" needs "codes".')
}

type Read = (text: string) => string | { readonly code: string; readonly message: string }

const makeReader = (
  spec: Spec,
  declared: InputField | undefined,
  kind: string,
  digits: number | undefined,
  mark: ',' | '.',
  tables: Scope['tables'],
): Read => {
  const type = declared?.type
  const table = tables.get(spec.table ?? '')
  if (spec.codes || table) {
    const codes = table?.codes ?? new Map(Object.entries(spec.codes ?? {}))
    const otherwise = table ? table.otherwise : spec.otherwise
    return (text) =>
      codes.get(text) ??
      otherwise ?? {
        code: 'MAP-104',
        message: `the mapper's code table has no such code; it has ${[...codes.keys()].join(', ')}.`,
      }
  }
  if (spec.unit || kind === 'number' || (kind === 'free' && (type === 'decimal' || type === 'integer')))
    return makeNumberReader({ mark, unit: spec.unit, round: spec.round, digits })
  if (kind === 'date' || (kind === 'free' && type === 'date')) {
    const pattern = spec.date ?? declared?.format ?? 'YYYY-MM-DD'
    const read = makeDateReader(pattern)
    return (text) => read(text) ?? { code: 'MAP-103', message: `it is no day of the calendar written as ${pattern}.` }
  }
  return (text) => text
}

/**
 * `{ field: MASS_RO, unit: { from: t, to: kg }, round: half-up }`: a field of the record. Numbers are converted exactly and
 * rounded only as declared; dates become ISO dates; codes go through the code table. What cannot be mapped is a finding.
 */
export const field = defineValueSource({
  key: 'field',
  schema,
  compile: (spec, element, compiling) => {
    const path = fieldPath(spec.field)
    const declared = declaredField(path, compiling)
    checkSpec(spec, compiling)
    if (element.group) compiling.fail('MAP-009', `${element.name} is a group; a field holds one value.`)
    const required = declared ? declared.required && spec.optional !== 'true' : spec.optional !== 'true'
    const mark = path[0] === configField ? '.' : compiling.decimalMark
    const read = makeReader(spec, declared, element.kind, element.fractionDigits, mark, compiling.scope.tables)
    const origin = spec.table === undefined ? spec.field : `${spec.field}, table:${spec.table}`
    const fallback = spec.default
    const problem = fallback === undefined ? undefined : element.problemOf(fallback)
    if (problem)
      compiling.fail('MAP-008', `The default "${spec.default}" does not fit ${element.name}: ${problem.message}`)
    return {
      one: (run) => {
        const found = fieldAt(run.fields, path)
        if (found !== undefined && typeof found !== 'string')
          return unmappable(
            run,
            'MAP-109',
            spec.field,
            '',
            `${spec.field} holds a structure where one value is expected.`,
            element.name,
          )
        const text = found?.trim() ?? ''
        if (text === '') {
          if (fallback !== undefined) return new Cell(fallback, 'constant')
          if (!required) return undefined
          return unmappable(
            run,
            'MAP-101',
            spec.field,
            '',
            `${spec.field} is empty; it is needed for ${element.name}.`,
            element.name,
          )
        }
        const value = read(text)
        const fault = typeof value === 'string' ? element.problemOf(value) : value
        if (fault || typeof value !== 'string')
          return unmappable(
            run,
            fault?.code ?? 'MAP-109',
            spec.field,
            text,
            `${spec.field} cannot become ${element.name}: ${fault?.message ?? ''}`,
            element.name,
          )
        return new Cell(value, `record:${run.prefix}${origin}`)
      },
    }
  },
})
