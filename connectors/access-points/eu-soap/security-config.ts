import { z } from 'zod'
import { duration, siteFile } from './config-parts.ts'

/** WS-Addressing 1.0 headers: To, Action, MessageID, ReplyTo. */
export const addressingConfig = z.strictObject({
  /** The address in `To`; the endpoint unless the service has a logical address. */
  to: z.string().min(1).max(1_000).optional(),
  replyTo: z.string().min(1).max(1_000).default('http://www.w3.org/2005/08/addressing/anonymous'),
  mustUnderstand: z.boolean().default(false),
})

/** WS-Security 1.1.1. Each part is a switch; what is not named is not sent. Made anew for every sending. */
export const securityConfig = z
  .strictObject({
    mustUnderstand: z.boolean().default(true),
    actor: z.string().min(1).max(500).optional(),
    timestamp: z.strictObject({ validFor: duration(1_000, 24 * 3_600_000).prefault('5min') }).optional(),
    usernameToken: z
      .strictObject({
        username: z.string().min(1).max(200),
        passwordFile: siteFile,
        /** `digest` keeps the password off the wire, but makes the service store it readably (UsernameToken profile, 3.1). */
        type: z.enum(['text', 'digest']).default('digest'),
      })
      .optional(),
    /** Key and certificate are those of the TLS client unless others are named. RSA or EC, with SHA-256. */
    signature: z
      .strictObject({
        key: siteFile.optional(),
        certificate: siteFile.optional(),
        parts: z
          .array(z.enum(['body', 'timestamp', 'addressing', 'usernameToken']))
          .min(1)
          .default(['body', 'timestamp']),
      })
      .refine((s) => (s.key === undefined) === (s.certificate === undefined), 'name key and certificate, or neither')
      .optional(),
    /** Encrypts the content of the Body for this RSA certificate: AES-256-GCM, the key by RSA-OAEP (XML-Enc 1.1, 5.2.4 and 5.5.2). */
    encryption: z.strictObject({ certificate: siteFile }).optional(),
  })
  .refine(
    (s) => s.signature === undefined || !s.signature.parts.includes('timestamp') || s.timestamp !== undefined,
    'signature.parts names the timestamp, but there is none: add `timestamp: {}` or leave it out of the parts',
  )
  .refine(
    (s) => s.signature === undefined || !s.signature.parts.includes('usernameToken') || s.usernameToken !== undefined,
    'signature.parts names the usernameToken, but there is none',
  )
export type SecurityConfig = z.infer<typeof securityConfig>
