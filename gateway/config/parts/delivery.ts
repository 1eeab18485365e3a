import { z } from 'zod'
import { duration } from '../durations.ts'

/** How often and how fast access points are called. */
export const delivery = z.strictObject({
  firstRetry: duration.prefault('3min'),
  retryFactor: z.number().min(1).max(10).default(2),
  longestRetry: duration.prefault('1h'),
  probeEvery: duration.prefault('60s'),
  failuresToOpen: z.int().min(1).default(5),
  parallel: z.int().min(1).max(32).default(4),
})
