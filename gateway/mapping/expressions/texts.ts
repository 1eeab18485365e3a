import { isDatePattern, makeDateReader } from '../../support/date-pattern.ts'
import { ExpressionFault } from './fault.ts'

const maxText = 4000
export const maxItems = 99

const bounded = (text: string): string => {
  if (text.length > maxText) throw new ExpressionFault('MAP-116', `a text grew longer than ${maxText} characters`)
  return text
}

/** From a position counted from 0; shorter when the text ends before. */
export const substr = (text: string, from: bigint, length: bigint): string => {
  if (from < 0n || length < 0n) throw new ExpressionFault('MAP-116', 'substr counts from 0')
  return text.slice(Number(from), Number(from + length))
}
export const pad = (text: string, length: bigint, fill: string): string => {
  if (length < 0n || length > 200n || fill.length !== 1)
    throw new ExpressionFault('MAP-116', 'pad takes a length of 0 to 200 and one character')
  return text.padStart(Number(length), fill)
}
export const split = (text: string, by: string): string[] => {
  if (by === '') throw new ExpressionFault('MAP-116', 'split needs a separator')
  const parts = text === '' ? [] : text.split(by, maxItems + 1)
  if (parts.length > maxItems) throw new ExpressionFault('MAP-116', `split gives more than ${maxItems} parts`)
  return parts
}
export const join = (list: readonly unknown[], by: string): string => {
  if (!list.every((part) => typeof part === 'string'))
    throw new ExpressionFault('MAP-116', 'join takes a list of texts')
  return bounded(list.join(by))
}

const readers = new Map<string, (text: string) => string | undefined>()
/** A date of a pattern as YYYY-MM-DD. */
export const date = (text: string, pattern: string): string => {
  let read = readers.get(pattern)
  if (!read) {
    if (!isDatePattern(pattern)) throw new ExpressionFault('MAP-116', `"${pattern}" is no date pattern`)
    readers.set(pattern, (read = makeDateReader(pattern)))
  }
  const day = read(text.trim())
  if (day === undefined)
    throw new ExpressionFault('MAP-103', `"${text.slice(0, 40)}" is no day of the calendar written as ${pattern}`)
  return day
}

const iso = makeDateReader('YYYY-MM-DD')
/** Whether one day (YYYY-MM-DD) is before another. */
export const before = (a: string, b: string): boolean => {
  for (const day of [a, b])
    if (iso(day) === undefined) throw new ExpressionFault('MAP-103', `"${day.slice(0, 40)}" is no day as YYYY-MM-DD`)
  return a < b
}
export const isEmpty = (value: unknown): boolean =>
  value === null || (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0)
