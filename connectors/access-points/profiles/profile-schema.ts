import { z } from 'zod'

const text = z.string().min(1).max(2_000)
/** Where a fact stands: a public address or the title of a document; or that it is only common knowledge. */
const source = text

/** What is known of a state's access point. One YAML file a state, found by its place. */
export const profileSchema = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  name: text,
  /** The distinguishing sign of its type-approvals (Regulation (EU) 2020/683, Annex IV); GB: g11, Norway: 16. */
  approvalSign: z.string().regex(/^(e|g)?\d{1,2}$/),
  authority: z.strictObject({ name: text, source }),
  /** The connector that speaks to it, or is assumed to. */
  connector: z.string().regex(/^[a-z][a-z-]+$/),
  /** Whether a public interface description or a site in production has confirmed the settings. */
  verified: z.boolean(),
  note: text,
  onboarding: z.strictObject({ contact: text.optional(), steps: z.array(text).min(1), source }).optional(),
  environments: z
    .array(
      z.strictObject({ environment: z.enum(['acceptance', 'production']), endpoint: z.url().optional(), note: text }),
    )
    .min(1),
  facts: z.array(z.strictObject({ fact: text, source })).default([]),
  /** What a site must ask for before it can go live. */
  toObtain: z.array(text).default([]),
  /** Settings of the connector that are known here; a site's own come on top. */
  config: z.record(z.string(), z.unknown()).default({}),
})
export type Profile = z.infer<typeof profileSchema>
