import { z } from 'zod'
import { duration } from '../durations.ts'

/** Where base eCoCs are looked for, and how often. */
export const base = z.strictObject({ retry: duration.prefault('10min') })
