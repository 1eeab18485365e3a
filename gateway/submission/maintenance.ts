const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof days)[number]

/** Hours in which an access point is not to be called, every week. */
export interface MaintenanceWindow {
  /** On which days it begins; empty: on every day. */
  readonly days: readonly Weekday[]
  /** `HH:MM`, local. */
  readonly from: string
  /** `HH:MM`, local; `24:00` is midnight. Not after `from`: it ends on the next day. */
  readonly to: string
  /** IANA name. */
  readonly timeZone: string
}

const minuteMs = 60_000
const dayMinutes = 24 * 60

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

const formats = new Map<string, Intl.DateTimeFormat>()
const localTime = (now: number, timeZone: string): { day: number; minutes: number } => {
  let format = formats.get(timeZone)
  if (!format) {
    const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    format = new Intl.DateTimeFormat('en-GB', { timeZone, ...parts })
    formats.set(timeZone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(now).map((p) => [p.type, p.value]))
  const day = days.indexOf((parts['weekday'] ?? '').toLowerCase() as Weekday)
  return { day, minutes: minutesOf(`${parts['hour'] ?? ''}:${parts['minute'] ?? ''}`) }
}

/** Minutes until the window ends; undefined outside it. */
const minutesLeft = (window: MaintenanceWindow, day: number, minutes: number): number | undefined => {
  const [from, to] = [minutesOf(window.from), minutesOf(window.to)]
  const begins = (index: number): boolean =>
    window.days.length === 0 || window.days.some((d) => days.indexOf(d) === index)
  const overMidnight = to <= from
  if (begins(day) && minutes >= from && (overMidnight || minutes < to))
    return overMidnight ? dayMinutes - minutes + to : to - minutes
  if (overMidnight && begins((day + 6) % 7) && minutes < to) return to - minutes
  return undefined
}

/**
 * When an access point that is in maintenance may be called again. Looked at anew then, since one window may follow another
 * and clocks change.
 * @param now milliseconds since the epoch
 * @returns milliseconds since the epoch; undefined when no window holds now
 */
export const maintenanceEnd = (windows: readonly MaintenanceWindow[], now: number): number | undefined => {
  const ends = windows.flatMap((window) => {
    const { day, minutes } = localTime(now, window.timeZone)
    const left = minutesLeft(window, day, minutes)
    return left === undefined ? [] : [Math.floor(now / minuteMs) * minuteMs + left * minuteMs]
  })
  return ends.length > 0 ? Math.max(...ends) : undefined
}
