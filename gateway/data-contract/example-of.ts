import type { InputField } from '../contract/input-layout.ts'

const day: Readonly<Record<string, string>> = { DD: '07', MM: '03', YYYY: '2026' }

/** A value that follows a field's declaration, for a contract without a sample record; empty for objects and lists. */
export const exampleOf = ({ type, values, format, fractionDigits }: InputField, mark: ',' | '.'): string => {
  switch (type) {
    case 'vin':
      return 'EXZAMPLE5NL000001'
    case 'date':
      return (format ?? 'YYYY-MM-DD').replaceAll(/DD|MM|YYYY/g, (part) => day[part] ?? part)
    case 'integer':
      return '1234'
    case 'decimal':
      return fractionDigits === 0 ? '1234' : `1${mark}5`
    case 'code':
      return values?.[0] ?? ''
    case 'text':
    case 'object':
    case 'list':
      return ''
  }
}
