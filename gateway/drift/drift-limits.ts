import { z } from 'zod'
import { toMicro } from '../support/decimal.ts'
import { lawfulTolerances } from './tolerance-table.ts'

/** What a site may hold more strictly than the law does. What has tolerance zero cannot be stricter. */
export const measuredFields = ['MassInRunningOrder', 'Length', 'Width', 'Height'] as const

const percent = z
  .number()
  .min(0)
  .max(100)
  .refine((value) => toMicro(String(value)) !== undefined, 'a percentage with at most six decimals')

const limit = z
  .strictObject({
    field: z.enum(measuredFields),
    categories: z
      .array(z.string().regex(/^[A-Z][A-Za-z0-9-]{0,9}$/, 'the beginning of a category, such as N or N2'))
      .min(1)
      .optional()
      .describe('Vehicle categories it is for; all when absent.'),
    percent: percent.optional().describe('More than this asks for a sign-off. Never more than the law allows.'),
    refuseAbove: percent.optional().describe('More than this is refused: nobody can sign it off.'),
  })
  .superRefine(({ field, percent: own, refuseAbove }, context) => {
    const lawful = Math.max(...lawfulTolerances.filter((row) => row.field === field).map((row) => Number(row.percent)))
    const fault = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message })
    if (own !== undefined && own > lawful) fault('percent', `more than ${lawful} % is not lawful (docs/drift.md)`)
    if (own === undefined && refuseAbove === undefined) fault('percent', 'give `percent` or `refuseAbove`')
    if (own !== undefined && refuseAbove !== undefined && refuseAbove < own)
      fault('refuseAbove', 'is less than `percent`, so nothing would ever ask for a sign-off')
  })

/** The `drift` part of `gateway.yaml`: limits of drift that a site sets, stricter than the law's. */
export const driftSettings = z.strictObject({
  limits: z
    .array(limit)
    .max(100)
    .default([])
    .describe('Own limits of what is measured; the strictest that fits counts.'),
})

export type DriftSettings = z.infer<typeof driftSettings>
/** A limit of the site's own. */
export type OwnLimit = DriftSettings['limits'][number]
