import { XmlXPath } from 'libxml2-wasm'
import { z } from 'zod'

/** Namespace of the wrapper elements unless the profile names another: the one the simulated access point speaks. */
const DEFAULT_NAMESPACE = 'urn:ecoc-gateway:simulated-access-point:1'

const unitMs = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 } as const

/** A time span as people write it: `500ms`, `60s`, `15min`, `2h`; milliseconds inside. */
const duration = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}(ms|s|min|h)$/, 'a time span such as 500ms, 60s, 15min or 2h')
    .transform((text) => {
      const unit = text.replace(/^\d+/, '') as keyof typeof unitMs
      return Number.parseInt(text, 10) * unitMs[unit]
    })
    .pipe(z.number().min(least).max(most))

const qname = z.strictObject({
  namespace: z.string().min(1).max(500),
  name: z.string().regex(/^[A-Za-z_][\w.-]{0,99}$/, 'an XML element name'),
})
export type QName = z.infer<typeof qname>
const named = (name: string): QName => ({ namespace: DEFAULT_NAMESPACE, name })

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

const classifiers = z.strictObject({
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
      { outcome: 'rejected', when: `${fault}(${faultCode}, 'Client')` },
      { outcome: 'rejected', when: `${fault}(${faultCode}, 'Sender')` },
    ]),
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
export type Classifiers = z.infer<typeof classifiers>

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

/**
 * The profile of a national access point that speaks SOAP. No WSDL of the real ones is public, so everything that can
 * differ is declared here; the defaults fit the simulated access point.
 */
export const euSoapConfig = z.strictObject({
  endpoint: z
    .url({ protocol: /^https$/ })
    .refine((u) => new URL(u).username === '' && new URL(u).password === '', 'no user name or password in the address'),
  soapVersion: z.enum(['1.1', '1.2']).default('1.1'),
  soapAction: z
    .strictObject({ submit: z.string().max(500), query: z.string().max(500), retrieve: z.string().max(500) })
    .default({
      submit: `${DEFAULT_NAMESPACE}/SubmitIvi`,
      query: `${DEFAULT_NAMESPACE}/QueryIvi`,
      retrieve: `${DEFAULT_NAMESPACE}/RetrieveIvi`,
    }),
  /** Elements of the SOAP Body: the wrappers, what stands in them, and what a retrieved document stands in. */
  body: z
    .strictObject({ submit: qname, query: qname, retrieve: qname, reference: qname, vin: qname, document: qname })
    .default({
      submit: named('SubmitIvi'),
      query: named('QueryIvi'),
      retrieve: named('RetrieveIvi'),
      reference: named('IviReferenceId'),
      vin: named('VehicleIdentificationNumber'),
      document: named('Document'),
    }),
  messageId: z
    .strictObject({ in: z.enum(['header', 'body']), element: qname })
    .default({ in: 'header', element: named('MessageId') }),
  classifiers: classifiers
    .refine(compiles, 'an XPath does not compile (or uses a prefix that is not declared)')
    .prefault({}),
  /** Only where the access point's operator says so in writing: it decides whether an unknown outcome may be sent again. */
  idempotentByReference: z.boolean().default(false),
  maxProcessing: duration(0, 7 * 24 * 3_600_000).prefault('15min'),
  versionAfterRejection: z.enum(['same', 'next']).default('same'),
  timeout: duration(100, 600_000).prefault('60s'),
})
export type EuSoapConfig = z.infer<typeof euSoapConfig>
