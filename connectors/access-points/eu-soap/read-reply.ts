import { XmlAttribute, XmlDocument, type XmlNode } from 'libxml2-wasm'
import type { RawReply, Reply } from '../../../gateway/contract/access-point.ts'
import type { AuthorityMessage } from '../../../gateway/contract/flow.ts'
import { namespacesOf, type Classifiers } from './classifiers.ts'
import { replyParts } from './reply-parts.ts'
import { scanXml } from './safe-xml.ts'

const MAX_MESSAGES = 200
const MAX_TEXT = 2_000
const soapNamespaces = ['http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope']

type Namespaces = Record<string, string>

const nothing = { reference: undefined, iviReferenceId: undefined, sha256: undefined }
const withReason = (outcome: 'unreadable' | 'technical', code: string, text: string): Reply => ({
  outcome,
  ...nothing,
  messages: [{ code, text, severity: 'error' }],
})

const textOf = (node: XmlNode): string => (node instanceof XmlAttribute ? node.value : node.content).trim()

/** The text of the first node, or of a string expression; undefined when empty. */
const textAt = (node: XmlNode, path: string, namespaces: Namespaces): string | undefined => {
  const value = node.eval(path, namespaces)
  const first = Array.isArray(value) ? value[0] : value
  if (first === undefined) return undefined
  const text = (typeof first === 'object' ? textOf(first) : String(first)).trim().slice(0, MAX_TEXT)
  return text === '' ? undefined : text
}

const isTrue = (node: XmlNode, path: string, namespaces: Namespaces): boolean => {
  const value = node.eval(path, namespaces)
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

const severityOf = (text: string | undefined): AuthorityMessage['severity'] => {
  const word = text?.toLowerCase()
  return word === 'warning' || word === 'info' ? word : 'error'
}

const readMessages = (root: XmlNode, c: Classifiers, namespaces: Namespaces): AuthorityMessage[] => {
  const found = root.eval(c.messages, namespaces)
  if (!Array.isArray(found)) return []
  return found.slice(0, MAX_MESSAGES).map((node) => {
    const path = textAt(node, c.message.path, namespaces)
    return {
      code: textAt(node, c.message.code, namespaces) ?? '',
      text: textAt(node, c.message.text, namespaces) ?? '',
      severity: severityOf(textAt(node, c.message.severity, namespaces)),
      ...(path === undefined ? {} : { path }),
    }
  })
}

const classify = (root: XmlNode, c: Classifiers, status: number, namespaces: Namespaces): Reply => {
  const holds = new Set(c.outcomes.filter((o) => isTrue(root, o.when, namespaces)).map((o) => o.outcome))
  const [outcome, ...others] = holds
  if (outcome === undefined) return withReason('unreadable', 'EUS-103', 'No outcome of the profile fits the answer.')
  if (others.length > 0) {
    return withReason('unreadable', 'EUS-104', `The answer fits several outcomes: ${[...holds].join(', ')}.`)
  }
  // SOAP 1.1 sends faults with 500, SOAP 1.2 with 400 or 500. A yes under an error status contradicts itself.
  if (status >= 400 && outcome !== 'rejected' && outcome !== 'technical' && outcome !== 'not_found') {
    return withReason('unreadable', 'EUS-105', `The answer says ${outcome} under HTTP status ${status}.`)
  }
  return {
    outcome,
    reference: textAt(root, c.reference, namespaces),
    iviReferenceId: textAt(root, c.iviReferenceId, namespaces)?.toLowerCase(),
    sha256: textAt(root, c.sha256, namespaces)?.toLowerCase(),
    messages: readMessages(root, c, namespaces),
  }
}

/**
 * Understands an answer by the profile's classifiers. Never throws: what cannot be understood is `unreadable`, except
 * a server's own failure without SOAP (5xx, 408, 429), which is `technical`.
 */
export const readReply = (c: Classifiers, reply: RawReply): Reply => {
  const noSoap = (code: string, text: string): Reply => {
    const declared = c.statuses.find(({ status }) => status === reply.status)
    if (declared) {
      const severity = declared.outcome === 'pending' ? ('info' as const) : ('error' as const)
      return { ...nothing, outcome: declared.outcome, messages: [{ code: '', text: `HTTP ${reply.status}`, severity }] }
    }
    const failed = reply.status >= 500 || reply.status === 408 || reply.status === 429
    return withReason(failed ? 'technical' : 'unreadable', code, `HTTP ${reply.status}: ${text}`)
  }
  const parts = replyParts(reply)
  if (!parts) return noSoap('EUS-107', 'the parts of the answer cannot be told apart')
  const scan = scanXml(parts.envelope)
  if (!scan.ok) return noSoap('EUS-101', `the answer is no acceptable XML: ${scan.problem}`)
  try {
    const document = XmlDocument.fromString(scan.text)
    try {
      const root = document.root
      if (root.name !== 'Envelope' || !soapNamespaces.includes(root.namespaceUri)) {
        return noSoap('EUS-102', 'the answer is no SOAP envelope')
      }
      return classify(root, c, reply.status, namespacesOf(c, root.namespaceUri))
    } finally {
      document.dispose()
    }
  } catch (error) {
    return noSoap('EUS-106', `the answer cannot be read: ${error instanceof Error ? error.message : 'unknown reason'}`)
  }
}
