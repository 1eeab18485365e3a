const tokens = /YYYY|MON|MM|M|DD|D|HH|mm|ss|\*$/g
const forms: Readonly<Record<string, string>> = {
  YYYY: '(?<year>[0-9]{4})',
  MM: '(?<month>[0-9]{2})',
  M: '(?<month>[0-9]{1,2})',
  MON: '(?<name>[A-Za-z]{3})',
  DD: '(?<day>[0-9]{2})',
  D: '(?<day>[0-9]{1,2})',
  HH: '(?:[01][0-9]|2[0-3])',
  mm: '[0-5][0-9]',
  ss: '[0-5][0-9]',
  '*': '(?:[T ][0-9:.,+ Z-]*)?',
}
/** English, as databases write them by default. */
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** What a pattern may say, for messages. */
export const datePatternHint =
  'Use YYYY, MM (or M, MON) and DD (or D) once each, such as DD.MM.YYYY; a time of day may follow as HH:mm:ss, or as * that is left out.'

const count = (pattern: string, wanted: readonly string[]): number =>
  [...pattern.matchAll(tokens)].filter(([token]) => wanted.includes(token)).length

/** A number of one or two digits that another number follows at once: `DMYYYY` may be read in two ways. */
const endsUnseen = (pattern: string): boolean => {
  const found = [...pattern.matchAll(tokens)]
  return found.some(
    (match, i) => ['M', 'D'].includes(match[0]) && found[i + 1]?.index === match.index + 1 && found[i + 1]?.[0] !== '*',
  )
}

/**
 * True for patterns that name day, month and year once each, such as `DD.MM.YYYY`, `YYYYMMDD`, `D-MON-YYYY`,
 * `YYYY-MM-DD*`. A year of two digits is never guessed, nor where one number without a fixed width ends.
 */
export const isDatePattern = (pattern: string): boolean =>
  count(pattern, ['YYYY']) === 1 &&
  count(pattern, ['MM', 'M', 'MON']) === 1 &&
  count(pattern, ['DD', 'D']) === 1 &&
  ['HH', 'mm', 'ss', '*'].every((token) => count(pattern, [token]) <= 1) &&
  /^[-./: T,]*$/.test(pattern.replaceAll(tokens, '')) &&
  !endsUnseen(pattern)

/**
 * Makes the reader of dates of one pattern. It yields xs:date without time zone (`2026-07-05`), or undefined when the
 * text does not follow the pattern or is no day of the calendar.
 */
export const makeDateReader = (pattern: string): ((text: string) => string | undefined) => {
  let source = ''
  let from = 0
  for (const match of pattern.matchAll(tokens)) {
    source += pattern.slice(from, match.index).replaceAll(/[-./]/g, '\\$&') + (forms[match[0]] ?? '')
    from = match.index + match[0].length
  }
  const form = new RegExp(`^${source}${pattern.slice(from).replaceAll(/[-./]/g, '\\$&')}$`)
  return (text) => {
    const found = form.exec(text)?.groups
    if (!found) return undefined
    const name = found['name']
    const month = name === undefined ? Number(found['month']) : months.indexOf(name.toUpperCase()) + 1
    const [year, day] = [Number(found['year']), Number(found['day'])]
    // Years before 1900 are typing errors, and Date reads 0..99 as 19xx.
    if (year < 1900) return undefined
    const date = new Date(Date.UTC(year, month - 1, day))
    const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    return real ? date.toISOString().slice(0, 10) : undefined
  }
}
