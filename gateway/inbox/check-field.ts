import { decimalMarkOf, type InputField, type InputLayout } from '../contract/index.ts'
import { makeDateReader } from '../support/date-pattern.ts'

/** A value in the form that decides whether two rows say the same, or why it cannot be read. */
export type FieldCheck = { readonly normal: string } | { readonly code: string; readonly message: string }

const maxText = 4000
const bad = (code: string, message: string): FieldCheck => ({ code, message })

const decimal = (value: string, field: InputField, separator: ',' | '.'): FieldCheck => {
  const pattern = separator === ',' ? /^([+-]?)(\d{1,15})(?:,(\d{1,9}))?$/ : /^([+-]?)(\d{1,15})(?:\.(\d{1,9}))?$/
  const match = pattern.exec(value)
  const example = separator === ',' ? '2,45' : '2.45'
  if (!match) return bad('INB-021', `This is no decimal number. Write it like ${example}, without thousands signs.`)
  const [, sign = '', whole = '', fraction = ''] = match
  if (field.fractionDigits !== undefined && fraction.length > field.fractionDigits)
    return bad('INB-022', `At most ${field.fractionDigits} digits may stand after the decimal sign.`)
  const digits = fraction.replace(/0+$/, '')
  const size = `${whole.replace(/^0+(?=\d)/, '')}${digits ? `.${digits}` : ''}`
  return { normal: sign === '-' && size !== '0' ? `-${size}` : size }
}

const readers = new Map<string, (text: string) => string | undefined>()

const date = (value: string, format: string): FieldCheck => {
  let read = readers.get(format)
  if (!read) readers.set(format, (read = makeDateReader(format)))
  const normal = read(value)
  return normal === undefined ? bad('INB-023', `This is no date of the form ${format}.`) : { normal }
}

/** What no XML document can carry (XML 1.0, production 2): control characters, halves of surrogate pairs. */

const unprintable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u

/** Whether a text holds characters that cannot stand in a document. */
export const isUnprintable = (text: string): boolean => unprintable.test(text)

/** Checks one value by its declared type. Blank values of optional fields are fine. */
export const checkField = (value: string, field: InputField, layout: InputLayout): FieldCheck => {
  if (value === '') return field.required ? bad('INB-020', 'A value is required here.') : { normal: '' }
  if (value.length > (field.maxLength ?? maxText))
    return bad(
      'INB-024',
      `The value has ${value.length} characters, at most ${field.maxLength ?? maxText} are allowed.`,
    )
  if (isUnprintable(value)) return bad('INB-030', 'The value holds control characters. Export it without them.')
  switch (field.type) {
    case 'vin': {
      if (value.length !== 17) return bad('INB-025', `A VIN has 17 characters, this has ${value.length}.`)
      if (!/^[A-Z0-9]{17}$/.test(value)) return bad('INB-026', 'A VIN has only capital letters and digits.')
      return { normal: value }
    }
    case 'decimal':
      return decimal(value, field, decimalMarkOf(layout))
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(value)
        ? { normal: String(BigInt(value)) }
        : bad('INB-027', 'This is no whole number.')
    case 'date':
      return date(value, field.format ?? 'YYYY-MM-DD')
    case 'code':
      return field.values && !field.values.includes(value)
        ? bad('INB-028', `This is not one of ${field.values.join(', ')}.`)
        : { normal: value }
    default:
      return { normal: value }
  }
}
