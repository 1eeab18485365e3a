import type { XmlDocument, XmlElement, XmlNode } from 'libxml2-wasm'
import type { Catalogue, IviElement } from '../ivi/catalogue.ts'
import { signatureNamespace } from '../ivi/catalogue.ts'

/** An element of a parsed document, with its place in our words. */
export interface Located {
  readonly node: XmlElement
  /** With 1-based indexes on rows. */
  readonly path: string
  /** Undefined when the catalogue does not have it at this place. */
  readonly element: IviElement | undefined
  readonly parent: IviElement | undefined
  readonly parentName: string
  /** It lies below the root's `ds:Signature`, or is that itself and the only one. */
  readonly inSignature: boolean
}

/** Duck-typed, so that this file needs libxml2 only as types. */
const isElement = (node: XmlNode): node is XmlElement => 'firstChild' in node

function* childElements(parent: XmlElement): Generator<XmlElement> {
  for (let node = parent.firstChild; node; node = node.next) if (isElement(node)) yield node
}

/** How often each name stands directly below an element. */
export const countChildren = (parent: XmlElement): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { name } of childElements(parent)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

const qualifiedName = (node: XmlElement): string =>
  node.namespacePrefix ? `${node.namespacePrefix}:${node.name}` : node.name

/** One step of libxml2's node path: `*[5]` counts all elements, `ds:Signature[2]` those of that name. */
const step = (parent: XmlElement, text: string): XmlElement | undefined => {
  const [, name, index = '1'] = /^(.+?)(?:\[(\d+)\])?$/.exec(text) ?? []
  let left = Number(index)
  for (const child of childElements(parent))
    if ((name === '*' || qualifiedName(child) === name) && --left === 0) return child
  return undefined
}

const rowIndex = (parent: XmlElement, node: XmlElement): number => {
  let index = 0
  for (const child of childElements(parent)) {
    if (child.name === node.name) index++
    if (child.isSameNode(node)) break
  }
  return index
}

/** The element that libxml2 calls by `xpath`, such as `/*` + `/*[2]/*[33]`; undefined when the path leads nowhere. */
export const locateNode = (document: XmlDocument, xpath: string, catalogue: Catalogue): Located | undefined => {
  const { root } = catalogue
  const top = document.root
  let at: Located = {
    node: top,
    path: top.name === root.name ? root.path : '/',
    element: top.name === root.name && top.namespaceUri === catalogue.namespace ? root : undefined,
    parent: undefined,
    parentName: 'the document',
    inSignature: false,
  }
  for (const text of xpath.split('/').slice(2)) {
    const node = step(at.node, text)
    if (!node) return undefined
    const known = node.namespaceUri === catalogue.namespace ? catalogue.elements.get(node.name) : undefined
    const element = at.element && known?.parent === at.element ? known : undefined
    const isSignature = at.element === root && node.name === 'Signature' && node.namespaceUri === signatureNamespace
    const index = element?.repeats ? `[${rowIndex(at.node, node)}]` : ''
    at = {
      node,
      path: `${at.path}/${node.name.slice(0, 80)}${index}`,
      element,
      parent: at.element,
      parentName: at.node.name,
      inSignature: at.inSignature || (isSignature && rowIndex(at.node, node) === 1),
    }
  }
  return at
}
