import { z } from 'zod'
import { webAddress } from './names.ts'
import { timeStamp } from './signature.ts'

/** Trusted lists and trust services. */
export const trust = z.strictObject({
  lotlUrl: webAddress.optional().describe('Where `ecoc trust fetch` gets the list of lists.'),
  proxy: webAddress.optional().describe('Proxy for trusted lists, OCSP, revocation lists and time stamps.'),
  timeStamp: timeStamp.optional().describe('Who stamps documents at levels T and LT.'),
  territories: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'two capitals as in the lists, such as NL or EL'))
    .default([])
    .describe('Whose lists are fetched; all when empty.'),
})
