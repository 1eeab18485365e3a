import { XmlDocument } from 'libxml2-wasm'
import type { RawReply } from '../../../gateway/contract/access-point.ts'
import type { EuSoapConfig } from './config.ts'
import { replyParts } from './reply-parts.ts'
import { scanXml } from './safe-xml.ts'

/** Binary content that stands beside the envelope (XOP 1.0, 2.1). */
const xop = { xop: 'http://www.w3.org/2004/08/xop/include' }
const base64 = /^[A-Za-z0-9+/]+={0,2}$/

/** A cid: address is percent-encoded (RFC 2392); what is wrongly encoded names nothing. */
const contentId = (address: string): string => {
  try {
    return decodeURIComponent(address.replace(/^cid:/, ''))
  } catch {
    return ''
  }
}

/** The document in the answer to a retrieval, byte for byte as it was signed; undefined when none stands there. */
export const retrievedDocument = (config: EuSoapConfig, reply: RawReply): Buffer | undefined => {
  if (reply.status >= 300) return undefined
  const parts = replyParts(reply)
  if (!parts) return undefined
  const { namespace, name } = config.body.document
  if (config.document === 'inline') {
    const scan = scanXml(parts.envelope, config.body.document)
    return scan.ok ? scan.content : undefined
  }
  const scan = scanXml(parts.envelope)
  if (!scan.ok) return undefined
  const answer = XmlDocument.fromString(scan.text)
  try {
    const [prefix, namespaces] = namespace === '' ? ['', {}] : ['d:', { d: namespace }]
    const found = answer.find(`//${prefix}${name}`, namespaces)
    const [only] = found.length === 1 ? found : []
    const reference = only?.get('xop:Include/@href', xop)
    if (reference) return parts.attachments.get(contentId(reference.content))
    const text = only?.content
    if (text === undefined || text.trim() === '') return undefined
    if (config.document === 'text') return Buffer.from(text)
    const packed = text.replace(/\s+/g, '')
    return base64.test(packed) ? Buffer.from(packed, 'base64') : undefined
  } finally {
    answer.dispose()
  }
}
