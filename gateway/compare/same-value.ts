import type { IviElement } from '../ivi/catalogue.ts'

const decimal = (text: string): string => {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)0*(\d*)(?:\.(\d*?)0*)?$/.exec(text) ?? []
  if (whole === '' && fraction === '') return /\d/.test(text) && /^[+-]?[0.]+$/.test(text) ? '0' : text
  return `${sign === '-' ? '-' : ''}${whole || '0'}${fraction === '' ? '' : `.${fraction}`}`
}

const instantOf = (text: string): string => {
  const at = Date.parse(text)
  return Number.isNaN(at) ? text : new Date(at).toISOString()
}

const numbers: ReadonlySet<string> = new Set(['xs:decimal', 'xs:int', 'xs:short'])

/**
 * A value as it is compared: numbers without idle zeros (`02500.0` is `2500`), times as instants, days without a time
 * zone, texts with single spaces. What is no value of the element's type stays as it stands.
 */
export const comparable = (element: IviElement, value: string): string => {
  const text = value.replace(/[ \t\r\n]+/g, ' ').trim()
  const base = element.leaf?.base ?? ''
  if (numbers.has(base)) return decimal(text)
  if (base === 'xs:date') return text.replace(/(?<=^\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)$/, '')
  return base === 'xs:dateTime' ? instantOf(text) : text
}
