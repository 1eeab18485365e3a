import { z } from 'zod'
import { file, webAddress } from './names.ts'

/** Forms of a signature, from the plain one of the specimens to the one that can be verified for ten years. */
export const signatureLevels = ['XMLDSig', 'B', 'T', 'LT'] as const
export type SignatureLevel = (typeof signatureLevels)[number]

/** In which form documents for an access point are signed. */
export const signature = z.strictObject({
  level: z
    .enum(signatureLevels)
    .default('B')
    .describe('XMLDSig: one reference, as in the official specimens. B, T, LT: XAdES baseline (EN 319 132-1).'),
})

/** A time-stamping authority (RFC 3161). */
export const timeStamp = z.strictObject({
  url: webAddress,
  policy: z
    .string()
    .regex(/^[0-2](\.(0|[1-9]\d{0,9})){1,20}$/, 'an object identifier such as 1.3.6.1.4.1.13762.3')
    .optional()
    .describe('Policy to ask for; stamps under another one are refused.'),
  trustAnchors: z.array(file).min(1).describe('Roots of the authority. Without one its time proves nothing.'),
})
export type TimeStampSetting = z.output<typeof timeStamp>
