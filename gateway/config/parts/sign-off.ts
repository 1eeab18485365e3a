import { z } from 'zod'

/** Who confirms drift, and how. */
export const signOff = z.strictObject({})
