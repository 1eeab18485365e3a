const parts = /YYYY|MM|DD/g

/** True for patterns that name day, month and year once each, such as `DD.MM.YYYY`, `YYYYMMDD`, `YYYY-MM-DD`. */
export const isDatePattern = (pattern: string): boolean =>
  [...pattern.matchAll(parts)]
    .map((m) => m[0])
    .sort()
    .join() === 'DD,MM,YYYY' && /^[-./ ]*$/.test(pattern.replaceAll(parts, ''))

/**
 * Makes the reader of dates of one pattern. It yields xs:date without time zone (`2026-07-05`),
 * or undefined when the text does not follow the pattern or is no day of the calendar.
 */
export const makeDateReader = (pattern: string): ((text: string) => string | undefined) => {
  const source = pattern
    .replaceAll(/[-./ ]/g, (c) => (c === ' ' ? ' ' : `\\${c}`))
    .replace('YYYY', '(?<year>[0-9]{4})')
    .replace('MM', '(?<month>[0-9]{2})')
    .replace('DD', '(?<day>[0-9]{2})')
  const form = new RegExp(`^${source}$`)
  return (text) => {
    const found = form.exec(text)?.groups
    if (!found) return undefined
    const [year, month, day] = [Number(found['year']), Number(found['month']), Number(found['day'])]
    // Years before 1900 are typing errors, and Date reads 0..99 as 19xx.
    if (year < 1900) return undefined
    const date = new Date(Date.UTC(year, month - 1, day))
    const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    return real ? date.toISOString().slice(0, 10) : undefined
  }
}
