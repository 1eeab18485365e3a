import { z } from 'zod'
import { duration } from '../durations.ts'
import { file } from './names.ts'

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and dashes')
const address = z.string().regex(/^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,190}$/, 'an e-mail address')

/** What people at a weighbridge mostly find. */
const usualReasons = [
  { code: 'weighed-again', text: 'Weighed again, the value is confirmed' },
  { code: 'optional-equipment', text: 'Optional equipment explains the difference' },
  { code: 'covered-by-approval', text: 'The completing approval covers the change' },
  { code: 'base-data-old', text: 'The base eCoC describes an earlier state of the chassis' },
  { code: 'data-error', text: 'The data are wrong and must be corrected at their source' },
  { code: 'other', text: 'Another reason, see the comment' },
]

/** Who confirms drift, and how. */
export const signOff = z.strictObject({
  reasons: z
    .array(z.strictObject({ code, text: z.string().trim().min(1).max(200) }))
    .min(1)
    .max(100)
    .refine((list) => new Set(list.map((r) => r.code)).size === list.length, 'a reason stands here twice')
    .default(usualReasons)
    .describe('The reasons to choose from.'),
  requireReason: z.boolean().default(false).describe('Whether a decision without a reason of the list is refused.'),
  secondAbove: z
    .strictObject({
      percent: z.number().min(0).max(100).optional().describe('A deviation of more than this, whatever the sign.'),
      codes: z.array(z.string().min(1).max(40)).max(200).default([]).describe('Findings such as DRF-WB-001.'),
    })
    .refine((s) => s.percent !== undefined || s.codes.length > 0, 'give `percent` or `codes`')
    .optional()
    .describe('What two different people must approve; one is enough for everything else.'),
  mapperReleaser: z
    .enum(['may', 'may-not'])
    .default('may-not')
    .describe('Whether those who proposed and released the mapper may approve what it made.'),
  remindAfter: duration.prefault('4h').describe('How long a sign-off waits until a reminder goes out.'),
  escalateAfter: duration.prefault('1d').describe('How long until it is an issue, and those above are told.'),
  mail: z
    .strictObject({
      host: z.string().min(1).max(253),
      port: z.int().min(1).max(65_535).default(587),
      security: z
        .enum(['starttls', 'tls', 'none'])
        .default('starttls')
        .describe('`none` only where the relay is local.'),
      ca: file.optional().describe('Certificate that the mail server is signed under; the usual ones when absent.'),
      user: z.string().min(1).max(200).optional(),
      passwordFile: file.optional(),
      from: address,
      to: z.array(address).min(1).max(50).describe('Who is reminded.'),
      escalateTo: z.array(address).max(50).default([]).describe('Who is told besides, when nobody decided.'),
    })
    .optional()
    .describe('Mail of reminders and escalations. They stand in the audit and in the issues without it, too.'),
})
export type SignOffSettings = z.infer<typeof signOff>
