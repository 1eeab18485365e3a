import { z } from 'zod'
import { documentProfiles } from './dated-rules.ts'
import { stateOfApprovalCode, stateOfCountry } from './states.ts'

const country = z
  .string()
  .max(3)
  .refine((code) => stateOfCountry(code) !== undefined, 'is no ISO or Vienna code of a known state')
const approvalCode = z
  .string()
  .max(3)
  .refine((code) => stateOfApprovalCode(code) !== undefined, 'is no approval code such as e4 or g11')
const approvalNumber = z
  .string()
  .regex(/^[egn]\d{1,2}\*[^*\s]{1,20}\*[^\s]{1,40}$/, 'is no approval number such as e4*2018/858*00001*00')
const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'is no name of an access point')
const day = z.iso.date('is no day such as 2027-02-01')
const maker = z.string().trim().min(1).max(200)
const days = {
  from: day.optional().describe('First day it holds.'),
  to: day.optional().describe('Last day it holds.'),
}

/**
 * The site's routing. `accessPoints` says which access point the site has for which state; `rules` come first, the first
 * that matches wins, and `otherwise` takes what no rule and no access point of the state takes.
 */
export const routingTable = z.strictObject({
  environment: z.enum(['sandbox', 'acceptance', 'production']),
  accessPoints: z
    .array(
      z.strictObject({
        country,
        accessPoint: name,
        makers: z
          .array(maker)
          .min(1)
          .max(500)
          .optional()
          .describe('Manufacturers registered there, as they stand in the documents; absent: all of the site’s.'),
      }),
    )
    .max(100)
    .default([]),
  rules: z
    .array(
      z.strictObject({
        /** All that are given must match; a rule without any matches every document. */
        profile: z.enum(documentProfiles).optional(),
        approvedBy: z.array(approvalCode).min(1).max(50).optional(),
        destination: z.array(country).min(1).max(50).optional(),
        category: z
          .array(z.string().regex(/^[A-Z][0-9]?[A-Za-z]{0,2}$/))
          .min(1)
          .max(50)
          .optional(),
        maker: z.array(maker).min(1).max(50).optional(),
        ...days,
        accessPoint: name,
        /** Why, in the words that routing shows. */
        reason: z.string().min(1).max(300),
      }),
    )
    .max(100)
    .default([]),
  twins: z
    .array(
      z.strictObject({
        approval: approvalNumber.describe('As in the document, with its extension or without.'),
        also: approvalNumber.describe('The approval of the same vehicles under the other law, with its extension.'),
        issued: day.optional().describe('Day on which that approval was issued, for its document.'),
        destination: z.array(country).min(1).max(50).optional().describe('Only for vehicles bound for there.'),
        ...days,
      }),
    )
    .max(1000)
    .optional()
    .describe('Types approved twice, for the Union and for Great Britain: their vehicles get both documents.'),
  otherwise: name.optional(),
})

export type RoutingTable = z.infer<typeof routingTable>
