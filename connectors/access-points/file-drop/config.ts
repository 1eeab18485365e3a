import { XmlXPath } from 'libxml2-wasm'
import { z } from 'zod'
import { deliverySettings, siteFile } from '../support/common-settings.ts'
import { duration } from '../support/duration.ts'

const folder = z.string().min(1).max(1_000)

/** Names are made of letters, digits, `_ . -` and what is filled in, so that no value can lead to another folder. */
const template = (allowed: RegExp, what: string) =>
  z
    .string()
    .min(1)
    .max(150)
    .regex(allowed, what)
    .refine((t) => t.includes('{iviReferenceId}'), 'without {iviReferenceId} two documents could have one name')
    .refine((t) => !t.startsWith('.'), 'a name that begins with a dot is hidden')

const fileName = template(
  /^(?:[\w.-]|\{(?:iviReferenceId|vin|stage|version|profile|messageId)\})+$/,
  'letters, digits, _ . - and {iviReferenceId} {vin} {stage} {version} {profile} {messageId}',
)
const replyName = template(
  /^(?:[\w.*-]|\{iviReferenceId\})+$/,
  'letters, digits, _ . -, * for anything and {iviReferenceId}',
)

const server = z
  .strictObject({
    host: z.string().min(1).max(253),
    port: z.int().min(1).max(65_535).default(22),
    /** Fingerprints of the server's keys; any other server is refused. */
    hostKey: z
      .array(z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'a fingerprint as `ssh-keygen -lf` prints it'))
      .min(1),
    user: z.string().min(1).max(200),
    password: siteFile.optional(),
    privateKey: siteFile.optional(),
    passphrase: siteFile.optional(),
  })
  .refine(
    (s) => s.password !== undefined || s.privateKey !== undefined,
    'a file with a password or a private key is needed',
  )

const expression = z.string().min(1).max(1_000)
const outcomes = ['accepted', 'accepted_with_warnings', 'pending', 'rejected', 'duplicate', 'technical'] as const

const isPattern = (text: string): boolean => {
  try {
    return new RegExp(text, 'imu').source !== ''
  } catch {
    return false
  }
}
const isXPath = (text: string, namespaces: Record<string, string>): boolean => {
  try {
    XmlXPath.compile(text, namespaces).dispose()
    return true
  } catch {
    return false
  }
}

/**
 * How a reply file is understood. Expressions are XPath for `xml`; a path such as `result.state`, or `result.state=OK`
 * as a condition, for `json`; regular expressions (the first group is the value) for `text`.
 */
const reply = z
  .strictObject({
    name: replyName,
    format: z.enum(['xml', 'json', 'text']),
    /** WHATWG label; XML is always UTF-8. */
    encoding: z.string().min(1).max(40).default('utf-8'),
    namespaces: z.record(z.string().regex(/^[A-Za-z_][\w.-]*$/), z.string().min(1)).default({}),
    /** A reply to which two outcomes fit is not trusted. */
    outcomes: z
      .array(z.strictObject({ outcome: z.enum(outcomes), when: expression }))
      .min(1)
      .max(50),
    reference: expression.optional(),
    iviReferenceId: expression.optional(),
    sha256: expression.optional(),
    /** Each message, and its parts inside; for `text` one expression with groups named code, text, severity, path. */
    messages: z
      .strictObject({
        each: expression,
        code: expression.optional(),
        text: expression.optional(),
        severity: expression.optional(),
        path: expression.optional(),
      })
      .optional(),
    /** A reply is read when its size and time stood still this long … */
    settle: duration(0, 60_000).prefault('1s'),
    /** … or when this file lies beside it: `{name}` is the reply's own. */
    readyMarker: z
      .string()
      .regex(/^[\w.-]*\{name\}[\w.-]*$/)
      .refine((m) => m !== '{name}')
      .optional(),
  })
  .superRefine((r, ctx) => {
    const { each, ...parts } = r.messages ?? {}
    const all = [
      ...r.outcomes.map((o) => o.when),
      r.reference,
      r.iviReferenceId,
      r.sha256,
      each,
      ...Object.values(parts),
    ]
    for (const text of all) {
      if (text === undefined) continue
      if (r.format === 'xml' && !isXPath(text, r.namespaces)) ctx.addIssue(`${text} is no XPath`)
      if (r.format === 'text' && !isPattern(text)) ctx.addIssue(`${text} is no regular expression`)
    }
    try {
      new TextDecoder(r.encoding)
    } catch {
      ctx.addIssue(`${r.encoding} is no known encoding`)
    }
  })
export type ReplyFormat = z.infer<typeof reply>

/** A state that takes files: a folder (a mounted share, or what another program carries away) or an SFTP server. */
export const fileDropConfig = z.strictObject({
  /** Where documents are put. */
  outbox: folder,
  /** Where answers are found. */
  replies: folder,
  /** Where the other side keeps what it took, if it does: a document that lies there was surely taken. */
  taken: folder.optional(),
  sftp: server.optional(),
  name: fileName.default('{vin}_{iviReferenceId}.xml'),
  reply,
  ...deliverySettings,
  maxProcessing: duration(0, 30 * 24 * 3_600_000).prefault('72h'),
})
export type FileDropConfig = z.infer<typeof fileDropConfig>
