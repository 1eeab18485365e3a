import { XmlElement } from 'libxml2-wasm'
import type { XmlDocument, XmlTreeNode } from 'libxml2-wasm'
import type { Finding } from '../contract/finding.ts'
import { schemaFinding, shorten } from './structure-findings.ts'

/** Namespace of XML Schema itself. */
export const xsdNamespace = 'http://www.w3.org/2001/XMLSchema'

/** A name with its namespace, as an attribute of a schema refers to it. */
export interface QName {
  readonly namespace: string
  readonly name: string
}

/** One construct of a schema, without its annotations. */
export interface XsdNode {
  /** Local name of the construct: `complexType`; of what is no XML Schema the name as it stands. */
  readonly kind: string
  /** 1-based. */
  readonly line: number
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XsdNode[]
  /** By prefix; `''` is the default namespace. */
  readonly namespaces: ReadonlyMap<string, string>
}

const maxFindings = 100

/** What stands in the way of a schema, listed so that it can be mended in one go; at most 100. */
export class XsdTrouble {
  readonly findings: Finding[] = []

  /** The message gets the line before it; `params` say line and construct. */
  add(code: string, node: XsdNode, message: string): void {
    if (this.findings.length >= maxFindings) return
    const finding = schemaFinding(code, '/', `Line ${node.line}: ${message}`)
    this.findings.push({ ...finding, params: { line: node.line, construct: `xs:${shorten(node.kind)}` } })
  }

  /** A construct that the gateway's catalogue has no room for. */
  unsupported(node: XsdNode, why = 'is not supported'): void {
    this.add('XSD-002', node, `xs:${shorten(node.kind)} ${why}.`)
  }
}

/** Declarations on top of those of the parent. */
const inScope = (element: XmlElement, outer: ReadonlyMap<string, string>): ReadonlyMap<string, string> => {
  const own = Object.entries(element.nsDeclarations)
  return own.length === 0 ? outer : new Map([...outer, ...own])
}

const nodeOf = (element: XmlElement, outer: ReadonlyMap<string, string>): XsdNode => {
  const namespaces = inScope(element, outer)
  const children: XsdNode[] = []
  const isXsd = element.namespaceUri === xsdNamespace
  for (let child: XmlTreeNode | null = element.firstChild; child && isXsd; child = child.next)
    if (child instanceof XmlElement && !(child.name === 'annotation' && child.namespaceUri === xsdNamespace))
      children.push(nodeOf(child, namespaces))
  // Attributes of other namespaces are hints for tools and change nothing.
  const attributes = element.attrs.filter((a) => a.namespaceUri === '').map((a) => [a.name, a.content] as const)
  const kind = isXsd ? element.name : `{${element.namespaceUri}}${element.name}`
  return { kind, line: element.line, attributes: new Map(attributes), children, namespaces }
}

/** The schema as plain values: the document can be disposed afterwards. The strict reader has bounded its depth. */
export const xsdNodes = (document: XmlDocument): XsdNode => nodeOf(document.root, new Map())

/** What a `QName` in an attribute means there; undefined when its prefix is not declared. */
export const resolveName = (node: XsdNode, text: string): QName | undefined => {
  const [, prefix = '', name = ''] = /^(?:([^:]*):)?([^:]*)$/.exec(text.trim()) ?? []
  const namespace = node.namespaces.get(prefix) ?? (prefix === '' ? '' : undefined)
  return namespace === undefined || name === '' ? undefined : { namespace, name }
}

/** True for an attribute of type xs:boolean that is set. */
export const isSet = (node: XsdNode, attribute: string): boolean =>
  ['true', '1'].includes(node.attributes.get(attribute)?.trim() ?? '')
