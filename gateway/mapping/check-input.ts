import type { InputLayout } from '../contract/input-layout.ts'
import { datePatternHint, isDatePattern } from '../support/date-pattern.ts'
import type { SourceCompiler } from './compile-sources.ts'
import { didYouMean } from './did-you-mean.ts'

/** In lines of fixed width each field stands somewhere, and no two share a character. */
const checkColumns = ({ format, fields }: InputLayout, { fail }: SourceCompiler): void => {
  let end = 0
  let before = ''
  for (const { name, at, length } of fields.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
    const path = ['input', 'fields', name]
    if (format !== 'fixed') {
      if (at !== undefined || length !== undefined)
        fail('MAP-002', '"at" and "length" belong to the format fixed and to no other.', undefined, path)
      continue
    }
    if (!at || !length)
      return fail('MAP-002', `In lines of fixed width ${name} needs "at" (1 or more) and "length".`, undefined, path)
    if (at <= end) fail('MAP-009', `${name} begins within ${before}, which ends in column ${end}.`, undefined, path)
    end = at + length - 1
    before = name
  }
}

/**
 * What is wrong in the `input` part of a mapper, beyond its shape.
 * @throws through `fail`: MAP-002, MAP-005, MAP-007, MAP-009
 */
export const checkInput = (layout: InputLayout, compiler: SourceCompiler): void => {
  const { fail } = compiler
  const names = layout.fields.map((f) => f.name)
  const must = (name: string, path: (string | number)[]): void => {
    if (!names.includes(name))
      fail('MAP-005', `The input has no field "${name}".`, didYouMean(name, names).trim(), path)
  }
  for (const format of ['csv', 'fixed', 'xml', 'xlsx'] as const)
    if (layout[format] !== undefined && layout.format !== format)
      fail('MAP-002', `"${format}" belongs to the format ${format} and to no other.`, undefined, ['input', format])
  for (const format of ['csv', 'fixed'] as const)
    if (layout.format === format && layout[format] === undefined)
      fail('MAP-002', `"${format}" belongs to the format ${format} and to no other.`, undefined, ['input', 'format'])
  must(layout.vin, ['input', 'vin'])
  for (const [i, part] of layout.recordKey.entries()) if (!part.startsWith('=')) must(part, ['input', 'recordKey', i])
  for (const { name, type, format, sign } of layout.fields) {
    const path = ['input', 'fields', name]
    if (format !== undefined && (type !== 'date' || !isDatePattern(format)))
      fail('MAP-007', `"${format}" is no date pattern of a date field.`, datePatternHint, [...path, 'format'])
    if (sign !== undefined && type !== 'decimal' && type !== 'integer')
      fail('MAP-009', '"sign" belongs to numbers.', undefined, [...path, 'sign'])
  }
  checkColumns(layout, compiler)
}
