import { z } from 'zod'

/** Limits of drift that a site sets, stricter than the law's. */
export const drift = z.strictObject({})
