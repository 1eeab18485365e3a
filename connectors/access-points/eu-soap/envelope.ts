import type { Envelope } from '../../../gateway/contract/access-point.ts'
import { GatewayError } from '../../../gateway/contract/errors.ts'
import type { EuSoapConfig, QName } from './config.ts'

const soapNamespace = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const

export type Operation = 'submit' | 'query' | 'retrieve'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => escapes[c] ?? c)

const openTag = (q: QName): string => `<p:${q.name} xmlns:p="${escape(q.namespace)}">`
const closeTag = (q: QName): string => `</p:${q.name}>`
const leaf = (q: QName, text: string): string => `${openTag(q)}${escape(text)}${closeTag(q)}`

/** SOAP 1.1 carries the action in a header of its own, SOAP 1.2 as a parameter of the content type (RFC 3902). */
const transport = (config: EuSoapConfig, action: string): Pick<Envelope, 'contentType' | 'headers'> =>
  config.soapVersion === '1.1'
    ? { contentType: 'text/xml; charset=utf-8', headers: { SOAPAction: `"${action}"` } }
    : { contentType: `application/soap+xml; charset=utf-8; action="${action}"`, headers: {} }

const wrap = (config: EuSoapConfig, operation: Operation, payload: Buffer, messageId: string): Envelope => {
  const { messageId: id, soapVersion, body } = config
  const idXml = leaf(id.element, messageId)
  const header = id.in === 'header' ? `<soap:Header>${idXml}</soap:Header>` : ''
  const wrapper = body[operation]
  const before =
    `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${soapNamespace[soapVersion]}">${header}` +
    `<soap:Body>${openTag(wrapper)}${id.in === 'body' ? idXml : ''}`
  const after = `${closeTag(wrapper)}</soap:Body></soap:Envelope>`
  return {
    bytes: Buffer.concat([Buffer.from(before), payload, Buffer.from(after)]),
    ...transport(config, config.soapAction[operation]),
  }
}

/**
 * The submission: the signed bytes stand in the Body exactly as they were signed, so the receiver can cut them out and
 * hash them. No default namespace is declared around them, which keeps the document the same in both places.
 * @throws GatewayError EUS-001 when the document begins with a declaration or byte order mark, which cannot stand there.
 */
export const submitEnvelope = (config: EuSoapConfig, document: Buffer, messageId: string): Envelope => {
  if (document[0] !== 0x3c || document[1] === 0x3f || document[1] === 0x21) {
    throw new GatewayError({
      kind: 'bug',
      code: 'EUS-001',
      message: 'A signed document must begin with its root element to be put into a SOAP body as it is.',
      hint: 'Documents of the gateway begin so; one with an XML declaration was made elsewhere and cannot be submitted here.',
    })
  }
  return wrap(config, 'submit', document, messageId)
}

/** Asks for a document by its IviReferenceId. */
export const queryEnvelope = (config: EuSoapConfig, reference: string, messageId: string): Envelope =>
  wrap(config, 'query', Buffer.from(leaf(config.body.reference, reference)), messageId)

/** Asks for the base eCoC of a VIN. */
export const retrieveEnvelope = (config: EuSoapConfig, vin: string, messageId: string): Envelope =>
  wrap(config, 'retrieve', Buffer.from(leaf(config.body.vin, vin)), messageId)
