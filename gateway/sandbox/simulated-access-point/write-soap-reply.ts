import { escapeXml, soapNamespaces, wireNamespace, type SoapVersion } from './wire-format.ts'

export interface ReplyMessage {
  readonly code: string
  readonly text: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly path: string
}

export type WireOutcome =
  'ACCEPTED' | 'ACCEPTED_WITH_WARNINGS' | 'PENDING' | 'REJECTED' | 'DUPLICATE' | 'NOT_FOUND' | 'FOUND'

export interface ReplyFacts {
  readonly outcome: WireOutcome
  readonly iviReferenceId?: string
  readonly reference?: string
  readonly sha256?: string
  readonly messages?: readonly ReplyMessage[]
  /** A retrieved document, put in as it is. */
  readonly document?: Buffer
}

const MAX_MESSAGES = 100

const leaf = (name: string, value: string | undefined): string =>
  value === undefined || value === '' ? '' : `<ap:${name}>${escapeXml(value)}</ap:${name}>`

const messageXml = (m: ReplyMessage): string =>
  `<ap:Message code="${escapeXml(m.code)}" severity="${m.severity}" path="${escapeXml(m.path)}">${escapeXml(m.text)}</ap:Message>`

const envelope = (version: SoapVersion, body: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat(
    [
      `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${soapNamespaces[version]}"><soap:Body>`,
      ...body,
      '</soap:Body></soap:Envelope>',
    ].map((part) => (typeof part === 'string' ? Buffer.from(part) : part)),
  )

/** @param operation element name of the request, such as `SubmitIvi`. */
export const soapReply = (version: SoapVersion, operation: string, facts: ReplyFacts): Buffer => {
  const messages = (facts.messages ?? []).slice(0, MAX_MESSAGES).map(messageXml).join('')
  return envelope(version, [
    `<ap:${operation}Response xmlns:ap="${wireNamespace}">${leaf('Outcome', facts.outcome)}`,
    leaf('Reference', facts.reference) + leaf('IviReferenceId', facts.iviReferenceId) + leaf('Sha256', facts.sha256),
    messages === '' ? '' : `<ap:Messages>${messages}</ap:Messages>`,
    ...(facts.document ? ['<ap:Document>', facts.document, '</ap:Document>'] : []),
    `</ap:${operation}Response>`,
  ])
}

/** @param party who is to blame: the sender of the request or the access point. */
export const soapFault = (version: SoapVersion, party: 'sender' | 'receiver', text: string): Buffer => {
  const reason = escapeXml(text)
  if (version === '1.1') {
    const code = party === 'sender' ? 'Client' : 'Server'
    const detail = `<faultcode>soap:${code}</faultcode><faultstring>${reason}</faultstring>`
    return envelope(version, [`<soap:Fault>${detail}</soap:Fault>`])
  }
  const code = party === 'sender' ? 'Sender' : 'Receiver'
  return envelope(version, [
    `<soap:Fault><soap:Code><soap:Value>soap:${code}</soap:Value></soap:Code>`,
    `<soap:Reason><soap:Text xml:lang="en">${reason}</soap:Text></soap:Reason></soap:Fault>`,
  ])
}
