import { z } from 'zod'
import { duration } from '../durations.ts'

const retries = {
  firstRetry: duration,
  retryFactor: z.number().min(1).max(10),
  longestRetry: duration,
  probeEvery: duration.describe('How often an access point that cannot be reached is tried.'),
  failuresToOpen: z.int().min(1).describe('Calls in a row that never left, after which it counts as not reachable.'),
  parallel: z.int().min(1).max(32).describe('Calls to one access point at once.'),
}

/** How often and how fast access points are called. */
export const delivery = z.strictObject({
  firstRetry: retries.firstRetry.prefault('3min'),
  retryFactor: retries.retryFactor.default(2),
  longestRetry: retries.longestRetry.prefault('1h'),
  probeEvery: retries.probeEvery.prefault('60s'),
  failuresToOpen: retries.failuresToOpen.default(5),
  parallel: retries.parallel.default(4),
  deadline: duration
    .prefault('5d')
    .describe('How long after manufacture an eCoC is to be delivered ("without undue delay").'),
  deadlineWarning: duration.prefault('2d').describe('How long before the deadline people are warned.'),
})

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 22:30')
const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
const timeZone = z.string().refine(isTimeZone, 'an IANA time zone such as Europe/Amsterdam')

const maintenance = z.strictObject({
  days: z
    .array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']))
    .default([])
    .describe('Days on which it begins; none: every day.'),
  from: time,
  to: time.describe('Not after `from`: it ends on the next day.'),
  timeZone: timeZone.optional().describe('Else that of the site.'),
})

/** What one access point may be asked to bear; what is not named is as under `delivery`. */
export const accessPointDelivery = z.strictObject({
  firstRetry: retries.firstRetry.optional(),
  retryFactor: retries.retryFactor.optional(),
  longestRetry: retries.longestRetry.optional(),
  probeEvery: retries.probeEvery.optional(),
  failuresToOpen: retries.failuresToOpen.optional(),
  parallel: retries.parallel.optional(),
  maxPerMinute: z.int().min(1).max(100_000).optional().describe('Calls that may begin within a minute.'),
  maintenance: z.array(maintenance).max(20).default([]).describe('Hours in which it is not called.'),
})
export type AccessPointDelivery = z.infer<typeof accessPointDelivery>
