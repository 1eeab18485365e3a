/** How a number is shown: as it is, as a day, as a time of day, or both. */
export type NumberKind = 'number' | 'date' | 'time' | 'moment'

/** Formats that every workbook has without naming them (ECMA-376 part 1, 18.8.30). The others are numbers. */
const builtIn: readonly (readonly [number, number, NumberKind])[] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'moment'],
  [27, 31, 'date'],
  [32, 33, 'time'],
  [34, 36, 'date'],
  [45, 45, 'time'],
  [50, 58, 'date'],
]

export const builtInKind = (id: number): NumberKind =>
  builtIn.find(([from, to]) => id >= from && id <= to)?.[2] ?? 'number'

/**
 * What a number format shows. `m` is a month, but minutes beside hours or seconds. A duration (`[h]:mm`) stays a number:
 * it is no time of day.
 */
export const kindOfFormat = (code: string): NumberKind => {
  // The first section is that of positive numbers. Quoted and escaped text, colours and conditions show no value.
  const first = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '').split(';')[0] ?? ''
  if (/\[(h+|m+|s+)\]/i.test(first)) return 'number'
  const shown = first.replaceAll(/\[[^\]]*\]/g, '').replaceAll(/general/gi, '')
  const time = /[hs]/i.test(shown)
  const day = /[yd]/i.test(shown) || (/m/i.test(shown) && !time)
  return day ? (time ? 'moment' : 'date') : time ? 'time' : 'number'
}

/**
 * A number as decimal text with the 15 digits that spreadsheets calculate with: `2.4500000000000002` is `2.45`, `1E-3` is
 * `0.001`. What is no number, or has an exponent that no quantity of a vehicle has, stays as it stands.
 */
export const numberText = (raw: string): string => {
  // Most numbers are in that form already.
  if (raw.length <= 15 && /^-?(0|[1-9]\d*)(\.\d*[1-9])?$/.test(raw) && raw !== '-0') return raw
  if (!/^[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})(E[+-]?\d{1,3})?$/i.test(raw)) return raw
  const [mantissa = '', exponentText = '0'] = Number(raw).toExponential(14).split('e')
  const exponent = Number(exponentText)
  if (Number.isNaN(exponent) || Math.abs(exponent) > 30) return raw
  const negative = mantissa.startsWith('-')
  const digits = mantissa.replace(/^-/, '').replace('.', '')
  const padded = exponent < 0 ? `${'0'.repeat(-exponent)}${digits}` : digits.padEnd(exponent + 1, '0')
  const point = Math.max(exponent, 0) + 1
  const fraction = padded.slice(point).replace(/0+$/, '')
  const text = fraction === '' ? padded.slice(0, point) : `${padded.slice(0, point)}.${fraction}`
  return negative && text !== '0' ? `-${text}` : text
}

const secondsOfDay = 86_400
/** 31 December 9999 in the system of 1900. */
const lastDay = 2_958_465

/**
 * A serial date as ISO text: `2026-07-05`, `13:45:00`, `2026-07-05T13:45:00`. Undefined for a number that is no date.
 * In the system of 1900 day 60 is 29 February 1900, which never was (ECMA-376 part 1, 18.17.4.1).
 */
export const dateText = (raw: string, kind: Exclude<NumberKind, 'number'>, is1904: boolean): string | undefined => {
  const serial = /^\d{1,7}(\.\d{1,40})?(E[+-]?\d{1,2})?$/i.test(raw) ? Number(raw) : NaN
  if (Number.isNaN(serial)) return undefined
  const seconds = kind === 'date' ? Math.floor(serial) * secondsOfDay : Math.round(serial * secondsOfDay)
  const day = Math.floor(seconds / secondsOfDay)
  const time = (): string => new Date((seconds % secondsOfDay) * 1000).toISOString().slice(11, 19)
  if (kind === 'time') return day === 0 ? time() : undefined
  const days = is1904 ? day + 1462 : day
  if (days < 1 || days === 60 || days > lastDay) return undefined
  const date = new Date(Date.UTC(1899, 11, days > 60 ? 30 : 31) + days * secondsOfDay * 1000).toISOString().slice(0, 10)
  return kind === 'date' ? date : `${date}T${time()}`
}

/** Characters that XML cannot hold stand as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** `BC12` → 54, counted from 0; undefined for what is no cell. Excel has 16,384 columns. */
export const columnOf = (reference: string): number | undefined => {
  const letters = /^([A-Z]{1,3})\d{1,7}$/.exec(reference)?.[1]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column <= 16_384 ? column - 1 : undefined
}
