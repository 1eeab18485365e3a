import { createHash, sign, type KeyObject } from 'node:crypto'
import { XmlC14NMode, XmlDocument } from 'libxml2-wasm'
import { utilityNamespace } from '../envelope.ts'
import { extensionNamespace, x509Type } from './security-header.ts'

export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const algorithms: Readonly<Record<string, string>> = {
  rsa: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  ec: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
}

/** Written in its canonical form: no empty-element tags, attributes in order, namespaces declared where they are first used. */
const algorithm = (name: string, uri: string): string => `<ds:${name} Algorithm="${uri}"></ds:${name}>`

/** The digest of the element with this wsu:Id, in exclusive canonical form. */
const digestOf = (document: XmlDocument, id: string): string | undefined => {
  const node = document.get(`//*[@wsu:Id='${id}']`, { wsu: utilityNamespace })
  if (!node) return undefined
  const canonical = node.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0, withComments: false })
  return createHash('sha256').update(canonical, 'utf8').digest('base64')
}

const reference = (id: string, digest: string): string =>
  `<ds:Reference URI="#${id}"><ds:Transforms>${algorithm('Transform', exclusive)}</ds:Transforms>` +
  `${algorithm('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256')}<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`

/**
 * A signature over elements of the finished envelope, by their wsu:Id (WSS 1.1.1, 8). What is not there is not signed.
 * @param key RSA or EC
 * @returns undefined for another kind of key, or when nothing is there to be signed
 */
export const signatureBlock = (envelope: string, ids: readonly string[], key: KeyObject): string | undefined => {
  const method = algorithms[key.asymmetricKeyType ?? '']
  const document = XmlDocument.fromString(envelope)
  let references: string
  try {
    references = ids
      .map((id) => {
        const digest = digestOf(document, id)
        return digest === undefined ? '' : reference(id, digest)
      })
      .join('')
  } finally {
    document.dispose()
  }
  if (method === undefined || references === '') return undefined
  const signedInfo =
    `<ds:SignedInfo xmlns:ds="${signatureNamespace}">${algorithm('CanonicalizationMethod', exclusive)}` +
    `${algorithm('SignatureMethod', method)}${references}</ds:SignedInfo>`
  // XML signatures carry r and s side by side, not in DER (RFC 4050, 3.3).
  const value = sign('sha256', Buffer.from(signedInfo), { key, dsaEncoding: 'ieee-p1363' }).toString('base64')
  return (
    `<ds:Signature xmlns:ds="${signatureNamespace}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue>` +
    `<ds:KeyInfo><wsse:SecurityTokenReference xmlns:wsse="${extensionNamespace}"><wsse:Reference URI="#X509" ValueType="${x509Type}"/>` +
    `</wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>`
  )
}
