import { isUtf8 } from 'node:buffer'
import { ParseOption, XmlDocument, XmlElement, XmlXPath } from 'libxml2-wasm'
import type { XmlTreeNode } from 'libxml2-wasm'
import { GatewayError } from '../contract/errors.ts'

/** A signed IVI document has some 25 KB; nothing near this size is one. */
const maxBytes = 10 * 1024 * 1024

/** Stops the verification; `verifyDocument` turns it into a finding with this code. */
export const refuse = (code: string, message: string): never => {
  throw new GatewayError({ kind: 'security', code, message })
}

const commentsInside = XmlXPath.compile('count(/*//comment())')
const instructionsInside = XmlXPath.compile('count(/*//processing-instruction())')
const ids = XmlXPath.compile('//@*[local-name()="Id" or local-name()="ID" or local-name()="id"]')

/**
 * Refuses what makes readers disagree about a signed document: `SIG-102` DTD, `SIG-103` comment inside the root,
 * `SIG-104` processing instruction inside the root, `SIG-105` duplicate Id.
 */
export const assertSafe = (doc: XmlDocument): void => {
  if (doc.dtd) refuse('SIG-102', 'A signed document must not have a document type declaration.')
  // A comment splits a text in two, and readers that take only the first half see another value than was signed.
  if (doc.eval(commentsInside) !== 0) refuse('SIG-103', 'A signed document must not have comments inside its root.')
  if (doc.eval(instructionsInside) !== 0) {
    refuse('SIG-104', 'A signed document must not have processing instructions inside its root.')
  }
  const seen = new Set<string>()
  for (const { content } of doc.find(ids)) {
    // Which of the two a reference means would be up to the reader (signature wrapping).
    if (seen.has(content)) refuse('SIG-105', `The Id "${content.slice(0, 80)}" stands twice in the document.`)
    seen.add(content)
  }
}

const utf16 = ['feff', 'fffe']
const declaration =
  /^\uFEFF?<\?xml\s+version\s*=\s*(?:"[^"]*"|'[^']*')(?:\s+encoding\s*=\s*(?:"utf-8"|'utf-8'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/i

/**
 * Refuses a document in any other encoding than UTF-8 before the parser sees it (`SIG-101`). The parser would turn it into
 * UTF-8, and the gateway's other readers would not: two texts under one signature.
 */
const assertUtf8 = (bytes: Buffer): void => {
  const other = (why: string): never => refuse('SIG-101', `The document is not in UTF-8: ${why}.`)
  if (utf16.includes(bytes.subarray(0, 2).toString('hex'))) other('it begins like UTF-16 or UTF-32')
  if (bytes.includes(0)) other('it has NUL bytes, as UTF-16 and UTF-32 have')
  if (!isUtf8(bytes)) other('some of its bytes are no UTF-8')
  const start = bytes.subarray(0, 1024).toString('utf8')
  if (/^\uFEFF?<\?xml\s/i.test(start) && !declaration.test(start)) other('its XML declaration says so, or is malformed')
}

/**
 * Parses a document from outside, hands it to `work` and frees it afterwards, come what may.
 * Refuses a document that is too big or not in UTF-8 (`SIG-101`); throws the parser's `XmlError` when it is not well-formed.
 */
export const withXml = <T>(bytes: Buffer, work: (doc: XmlDocument) => T): T => {
  if (bytes.length > maxBytes) refuse('SIG-101', `The document is bigger than ${maxBytes} bytes.`)
  assertUtf8(bytes)
  const doc = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET })
  try {
    return work(doc)
  } finally {
    doc.dispose()
  }
}

const malformed = (what: string): never => refuse('SIG-113', `The signature is not built as it should be: ${what}.`)

const isNamed = (node: XmlElement, uri: string, name: string): boolean =>
  node.name === name && node.namespaceUri === uri

/** Child elements of an element that holds elements only. Text among them is refused (`SIG-113`). */
export const childElements = (parent: XmlElement): XmlElement[] => {
  const found: XmlElement[] = []
  for (let node: XmlTreeNode | null = parent.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) found.push(node)
    else if (node.content.trim() !== '') malformed(`text inside ${parent.name}`)
  }
  return found
}

/** The only child of that name, or undefined; twice is refused (`SIG-113`). */
export const optionalChild = (parent: XmlElement, uri: string, name: string): XmlElement | undefined => {
  const found = childElements(parent).filter((child) => isNamed(child, uri, name))
  if (found.length > 1) malformed(`more than one ${name} in ${parent.name}`)
  return found[0]
}

/** The only child of that name; none or two are refused (`SIG-113`). */
export const child = (parent: XmlElement, uri: string, name: string): XmlElement =>
  optionalChild(parent, uri, name) ?? malformed(`no ${name} in ${parent.name}`)

/** All children, which must all have that name (`SIG-113`). */
export const children = (parent: XmlElement, uri: string, name: string): XmlElement[] => {
  const found = childElements(parent)
  const other = found.find((element) => !isNamed(element, uri, name))
  return other ? malformed(`${other.name} in ${parent.name}`) : found
}

/** The text of an element without child elements, trimmed (`SIG-113`). */
export const text = (element: XmlElement): string => {
  for (let node: XmlTreeNode | null = element.firstChild; node; node = node.next) {
    if (node instanceof XmlElement) malformed(`${node.name} in ${element.name}`)
  }
  return element.content.trim()
}

/** Bytes from base64 text; white space in it is allowed, anything else (also stray padding bits) is refused (`SIG-114`). */
export const base64 = (element: XmlElement): Buffer => {
  const value = text(element).replace(/[ \t\r\n]/g, '')
  const bytes = Buffer.from(value, 'base64')
  return bytes.length > 0 && bytes.toString('base64') === value
    ? bytes
    : refuse('SIG-114', `${element.name} is not in base64 as it should be.`)
}

/** An attribute without prefix, or undefined. */
export const attribute = (element: XmlElement, name: string): string | undefined => element.attr(name)?.value
