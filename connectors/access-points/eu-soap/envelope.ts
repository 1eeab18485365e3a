import type { Envelope } from '../../../gateway/contract/access-point.ts'
import { GatewayError } from '../../../gateway/contract/errors.ts'
import type { EuSoapConfig } from './config.ts'
import { fillTemplate, type TemplateValues } from './template.ts'
import { closeTag, escape, leaf, openTag } from './xml-text.ts'

export const soapNamespace = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const
export const utilityNamespace = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
const addressingNamespace = 'http://www.w3.org/2005/08/addressing'

export type Operation = 'submit' | 'query' | 'retrieve'

/** SOAP 1.1 carries the action in a header of its own, SOAP 1.2 as a parameter of the content type (RFC 3902). */
const transport = (config: EuSoapConfig, action: string): Pick<Envelope, 'contentType' | 'headers'> =>
  config.soapVersion === '1.1'
    ? { contentType: 'text/xml; charset=utf-8', headers: { SOAPAction: `"${action}"` } }
    : { contentType: `application/soap+xml; charset=utf-8${action === '' ? '' : `; action="${action}"`}`, headers: {} }

/** A name by which a signature can speak of this element. */
const idOf = (config: EuSoapConfig, id: string): string =>
  config.security?.signature ? ` xmlns:wsu="${utilityNamespace}" wsu:Id="${id}"` : ''

/** WS-Addressing 1.0, SOAP binding 3.2: a message id is a URI, so ours becomes a urn:uuid. */
const addressingBlocks = (config: EuSoapConfig, { action, messageId }: TemplateValues): string => {
  const { addressing } = config
  if (!addressing) return ''
  const block = (name: string, content: string): string => {
    const must = addressing.mustUnderstand ? ' soap:mustUnderstand="1"' : ''
    return `<wsa:${name} xmlns:wsa="${addressingNamespace}"${must}${idOf(config, name)}>${content}</wsa:${name}>`
  }
  return [
    block('To', escape(addressing.to ?? config.endpoint)),
    block('Action', escape(action)),
    block('MessageID', `urn:uuid:${escape(messageId)}`),
    block('ReplyTo', `<wsa:Address>${escape(addressing.replyTo)}</wsa:Address>`),
  ].join('')
}

const wrap = (
  config: EuSoapConfig,
  operation: Operation,
  payload: Buffer,
  about: Pick<TemplateValues, 'messageId' | 'reference' | 'vin'>,
): Envelope => {
  const { messageId: id, soapVersion, body, endpoint } = config
  const values = { ...about, operation, action: config.soapAction[operation], endpoint }
  const idXml = leaf(id.element, about.messageId)
  const blocks =
    (id.in === 'header' ? idXml : '') +
    addressingBlocks(config, values) +
    (config.header === undefined ? '' : fillTemplate(config.header, values))
  const header = blocks === '' && !config.security ? '' : `<soap:Header>${blocks}</soap:Header>`
  const wrapper = body[operation]
  const around = operation === 'submit' ? body.around : []
  const beside = operation === 'submit' && body.before !== undefined ? fillTemplate(body.before, values) : ''
  const before =
    `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="${soapNamespace[soapVersion]}">${header}` +
    `<soap:Body${idOf(config, 'Body')}>${openTag(wrapper)}${id.in === 'body' ? idXml : ''}${beside}` +
    around.map(openTag).join('')
  const after = `${around.toReversed().map(closeTag).join('')}${closeTag(wrapper)}</soap:Body></soap:Envelope>`
  return {
    bytes: Buffer.concat([Buffer.from(before), payload, Buffer.from(after)]),
    ...transport(config, values.action),
  }
}

const embed = (config: EuSoapConfig, document: Buffer): Buffer => {
  if (config.document === 'base64') return Buffer.from(document.toString('base64'))
  if (config.document === 'text') return Buffer.from(escape(document.toString('utf8')))
  if (document[0] === 0x3c && document[1] !== 0x3f && document[1] !== 0x21) return document
  throw new GatewayError({
    kind: 'bug',
    code: 'EUS-001',
    message: 'A signed document must begin with its root element to be put into a SOAP body as it is.',
    hint: 'Documents of the gateway begin so; one with an XML declaration was made elsewhere and cannot be submitted here.',
  })
}

/**
 * The submission. Inline, the signed bytes stand in the Body exactly as they were signed, so the receiver can cut them out
 * and hash them: no default namespace is declared around them, which keeps the document the same in both places. It is the same
 * every time; what must be new for every sending (WS-Security) is added by `secureEnvelope`.
 * @throws GatewayError EUS-001 when the document begins with a declaration or byte order mark, which cannot stand there inline.
 */
export const submitEnvelope = (
  config: EuSoapConfig,
  document: Buffer,
  about: { readonly messageId: string; readonly reference: string; readonly vin: string },
): Envelope => wrap(config, 'submit', embed(config, document), about)

/** Asks for a document by its IviReferenceId. */
export const queryEnvelope = (config: EuSoapConfig, reference: string, messageId: string): Envelope =>
  wrap(config, 'query', Buffer.from(leaf(config.body.reference, reference)), { messageId, reference, vin: '' })

/** Asks for the base eCoC of a VIN. */
export const retrieveEnvelope = (config: EuSoapConfig, vin: string, messageId: string): Envelope =>
  wrap(config, 'retrieve', Buffer.from(leaf(config.body.vin, vin)), { messageId, reference: '', vin })
