import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as xmldom from '@xmldom/xmldom'
import * as xades from 'xadesjs'
import { assertWellFormed, certificatesIn, isTrusted, type Opinion } from './second-opinions.ts'

xades.setNodeDependencies({
  DOMParser: xmldom.DOMParser,
  XMLSerializer: xmldom.XMLSerializer,
  DOMImplementation: xmldom.DOMImplementation,
})
xades.Application.setEngine('node', globalThis.crypto)

const once = async (bytes: Buffer, root: X509Certificate): Promise<boolean> => {
  try {
    const xml = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    assertWellFormed(xml)
    const [leaf, ...issuers] = certificatesIn(xml)
    if (!leaf || !isTrusted([leaf, ...issuers], root)) return false
    const document = xades.Parse(xml)
    const [element] = Array.from(document.getElementsByTagNameNS('http://www.w3.org/2000/09/xmldsig#', 'Signature'))
    if (!element) return false
    const signature = new xades.SignedXml(document)
    signature.LoadXml(element)
    const spki = leaf.publicKey.export({ type: 'spki', format: 'der' })
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const key = await globalThis.crypto.subtle.importKey('spki', spki, algorithm, true, ['verify'])
    return await signature.Verify(key)
  } catch {
    return false
  }
}

/** xadesjs for the signature, its references and the XAdES properties, Node's own X.509 for the chain. */
export const xadesjs: Opinion = async (documents, roots) => {
  const root = new X509Certificate(await readFile(roots))
  const verdicts: boolean[] = []
  for (const bytes of documents) verdicts.push(await once(bytes, root))
  return verdicts
}
