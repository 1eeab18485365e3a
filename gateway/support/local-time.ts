/** Making a format costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  })
  formats.set(timeZone, format)
  return format
}

const parts = (at: Date, timeZone: string): Record<string, string> =>
  Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map((p) => [p.type, p.value]),
  )

/** Calendar day in a time zone, YYYY-MM-DD. */
export const localDay = (at: Date, timeZone: string): string => {
  const p = parts(at, timeZone)
  return `${p['year'] ?? ''}-${p['month'] ?? ''}-${p['day'] ?? ''}`
}

/** xs:dateTime with milliseconds and the zone's offset, such as `2026-07-05T09:55:21.351+02:00`. */
export const localDateTime = (at: Date, timeZone: string): string => {
  const p = parts(at, timeZone)
  const offset = (p['timeZoneName'] ?? 'GMT').slice(3) || 'Z'
  const ms = String(at.getUTCMilliseconds()).padStart(3, '0')
  return `${localDay(at, timeZone)}T${p['hour'] ?? ''}:${p['minute'] ?? ''}:${p['second'] ?? ''}.${ms}${offset}`
}
