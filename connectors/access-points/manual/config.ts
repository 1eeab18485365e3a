import { z } from 'zod'
import { duration } from '../support/duration.ts'

/** A state with a portal only: a person hands the document in and brings the answer back. */
export const manualConfig = z.strictObject({
  /** Where the portal is, for the person. */
  portal: z.url({ protocol: /^https?$/ }).optional(),
  /** What to do there, for the person. */
  instructions: z.string().min(1).max(2_000).optional(),
  /** Name of the file to hand in. */
  fileName: z
    .string()
    .max(150)
    .regex(
      /^(?:[\w-]|\{(?:iviReferenceId|vin|stage|version|profile)\})(?:[\w.-]|\{(?:iviReferenceId|vin|stage|version|profile)\})*$/,
      {
        message: 'letters, digits, _ . - and {iviReferenceId} {vin} {stage} {version} {profile}',
      },
    )
    .default('{vin}_{iviReferenceId}.xml'),
  /** What the portal takes at most, in bytes. */
  maxBytes: z.int().min(1_000).max(1_000_000_000).default(10_000_000),
  versionAfterRejection: z.enum(['same', 'next']).default('same'),
  /** Longest time until an answer is to be expected. */
  maxProcessing: duration(0, 30 * 24 * 3_600_000).prefault('72h'),
})
export type ManualConfig = z.infer<typeof manualConfig>
