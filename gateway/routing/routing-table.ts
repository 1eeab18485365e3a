import { z } from 'zod'
import { stateOfApprovalCode, stateOfCountry } from './states.ts'

const country = z
  .string()
  .max(3)
  .refine((code) => stateOfCountry(code) !== undefined, 'is no ISO or Vienna code of a known state')
const approvalCode = z
  .string()
  .max(3)
  .refine((code) => stateOfApprovalCode(code) !== undefined, 'is no approval code such as e4 or g11')
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is no name of an access point')

/**
 * The site's routing. `accessPoints` says which access point the site has for which state; `rules` come first, the first
 * that matches wins, and `otherwise` takes what no rule and no access point of the state takes.
 */
export const routingTable = z.strictObject({
  environment: z.enum(['sandbox', 'acceptance', 'production']),
  accessPoints: z
    .array(z.strictObject({ country, accessPoint: name }))
    .max(100)
    .default([]),
  rules: z
    .array(
      z.strictObject({
        /** All that are given must match; a rule without any matches every document. */
        profile: z.enum(['EU', 'UK']).optional(),
        approvedBy: z.array(approvalCode).min(1).max(50).optional(),
        destination: z.array(country).min(1).max(50).optional(),
        accessPoint: name,
        /** Why, in the words that routing shows. */
        reason: z.string().min(1).max(300),
      }),
    )
    .max(100)
    .default([]),
  otherwise: name.optional(),
})

export type RoutingTable = z.infer<typeof routingTable>
