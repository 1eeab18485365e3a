import { XmlXPath } from 'libxml2-wasm'
import { z } from 'zod'
import { DEFAULT_NAMESPACE } from './config-parts.ts'

/** Absolute from the envelope (`/soap:Envelope/…`), or relative to a message for the message parts. */
const xpath = z.string().min(1).max(1_000)

const outcomes = [
  'accepted',
  'accepted_with_warnings',
  'pending',
  'rejected',
  'duplicate',
  'not_found',
  'technical',
] as const

const answer = '/soap:Envelope/soap:Body/*'
const says = (word: string): string => `${answer}/ap:Outcome = '${word}'`
/** Fault codes are QNames whose prefix the sender chooses; SOAP 1.1 allows dotted detail (`Server.Busy`). */
const faultCode = `substring-after(concat(${answer}/faultcode, ${answer}/soap:Code/soap:Value), ':')`
const fault = `/soap:Envelope/soap:Body/soap:Fault and starts-with`
/** A refused security header says nothing about the document: our key, clock or password is wrong (WSS SOAP 1.1.1, 12). */
const codes = `concat(' ', substring-after(${answer}/faultcode, ':'), ' ', substring-after(${answer}/soap:Code/soap:Subcode/soap:Value, ':'), ' ')`
const securityFaults = [
  'UnsupportedSecurityToken',
  'UnsupportedAlgorithm',
  'InvalidSecurity',
  'InvalidSecurityToken',
  'FailedAuthentication',
  'FailedCheck',
  'SecurityTokenUnavailable',
  'MessageExpired',
]
const securityFault = `(${securityFaults.map((code) => `contains(${codes}, ' ${code} ')`).join(' or ')})`

const schema = z.strictObject({
  /** Prefixes of the XPaths; `soap` is always the envelope's own namespace, `ap` the one of the defaults. */
  namespaces: z.record(z.string().regex(/^[A-Za-z_][\w.-]*$/), z.string().min(1)).default({}),
  /** Which XPath that holds means which outcome. An answer to which two outcomes fit is not trusted. */
  outcomes: z
    .array(z.strictObject({ outcome: z.enum(outcomes), when: xpath }))
    .min(1)
    .default([
      { outcome: 'accepted', when: says('ACCEPTED') },
      { outcome: 'accepted_with_warnings', when: says('ACCEPTED_WITH_WARNINGS') },
      { outcome: 'pending', when: says('PENDING') },
      { outcome: 'rejected', when: says('REJECTED') },
      { outcome: 'duplicate', when: says('DUPLICATE') },
      { outcome: 'not_found', when: says('NOT_FOUND') },
      { outcome: 'technical', when: `${fault}(${faultCode}, 'Server')` },
      { outcome: 'technical', when: `${fault}(${faultCode}, 'Receiver')` },
      { outcome: 'technical', when: `/soap:Envelope/soap:Body/soap:Fault and ${securityFault}` },
      { outcome: 'rejected', when: `${fault}(${faultCode}, 'Client')` },
      { outcome: 'rejected', when: `${fault}(${faultCode}, 'Sender') and not(${securityFault})` },
    ]),
  /**
   * What an HTTP status means when the answer holds no SOAP, as with 202 and an empty body. Never a yes: that must be said
   * in words that can be kept as evidence.
   */
  statuses: z
    .array(
      z.strictObject({
        status: z.int().min(200).max(599),
        outcome: z.enum(['pending', 'rejected', 'not_found', 'technical']),
      }),
    )
    .default([]),
  reference: xpath.default(`${answer}/ap:Reference`),
  iviReferenceId: xpath.default(`${answer}/ap:IviReferenceId`),
  sha256: xpath.default(`${answer}/ap:Sha256`),
  messages: xpath.default(`${answer}/ap:Messages/ap:Message | /soap:Envelope/soap:Body/soap:Fault`),
  message: z.strictObject({ code: xpath, text: xpath, severity: xpath, path: xpath }).default({
    code: '@code | faultcode | soap:Code/soap:Value',
    text: 'self::ap:Message | faultstring | soap:Reason/soap:Text',
    severity: '@severity',
    path: '@path',
  }),
})
export type Classifiers = z.infer<typeof schema>

/** The prefixes an XPath may use: those of the profile, those of the defaults, and `soap` for the answer's envelope. */
export const namespacesOf = (c: Classifiers, soap: string): Record<string, string> => ({
  ap: DEFAULT_NAMESPACE,
  ...c.namespaces,
  soap,
})

const prefixesIn = (path: string): string[] =>
  [...path.replace(/"[^"]*"|'[^']*'/g, "''").matchAll(/([A-Za-z_][\w.-]*):(?!:)/g)].map((m) => m[1] ?? '')

/** Undeclared prefixes show only when a path is evaluated that far, so they are looked for here. */
const compiles = (c: Classifiers): boolean => {
  const namespaces = namespacesOf(c, 'urn:any')
  const all = [...c.outcomes.map((o) => o.when), c.reference, c.iviReferenceId, c.sha256, c.messages]
  try {
    return [...all, ...Object.values(c.message)].every((path) => {
      XmlXPath.compile(path, namespaces).dispose()
      return prefixesIn(path).every((prefix) => Object.hasOwn(namespaces, prefix))
    })
  } catch {
    return false
  }
}

/** How answers of an access point are understood. */
export const classifiers = schema
  .refine(compiles, 'an XPath does not compile (or uses a prefix that is not declared)')
  .prefault({})
