import { XmlElement, type XmlDocument } from 'libxml2-wasm'
import type { QName } from '../config-parts.ts'

export const schemaNamespace = 'http://www.w3.org/2001/XMLSchema'
const MAX_DEPTH = 8
const MAX_PARTS = 200
/** Types may contain themselves; this many are looked into for all operations together. */
const MAX_TYPES = 500

/** A leaf of an element's content: the elements on the way to it, itself included. */
export interface Part {
  readonly path: readonly QName[]
  /** `any` holds XML of others; `xml` is an element of another schema that is only referred to. */
  readonly kind: 'base64' | 'string' | 'any' | 'xml' | 'other'
  readonly required: boolean
  readonly values: readonly string[]
}

const xs = { xs: schemaNamespace }
const elements = (node: XmlElement | XmlDocument, path: string): XmlElement[] =>
  node.find(path, xs).filter((n) => n instanceof XmlElement)
export const attribute = (node: XmlElement, name: string): string | undefined => node.attr(name)?.value

/** A qualified name in an attribute, by the prefixes that hold there. */
export const nameAt = (node: XmlElement, text: string): QName => {
  const [prefix, local] = text.includes(':')
    ? [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)]
    : ['', text]
  return { namespace: node.namespaceForPrefix(prefix) ?? '', name: local }
}

const kinds: Readonly<Record<string, Part['kind']>> = {
  base64Binary: 'base64',
  string: 'string',
  normalizedString: 'string',
  token: 'string',
  anyType: 'any',
}

/** The schemas inside a description: what stands in an element, down to its leaves. */
export class WsdlSchema {
  readonly #globals = new Map<string, XmlElement>()
  #typesLeft = MAX_TYPES

  constructor(document: XmlDocument) {
    for (const schema of elements(document, '//xs:schema')) {
      const namespace = attribute(schema, 'targetNamespace') ?? ''
      for (const node of elements(schema, 'xs:element|xs:complexType|xs:simpleType'))
        this.#globals.set(`${node.name} {${namespace}}${attribute(node, 'name') ?? ''}`, node)
    }
  }

  #global(kind: 'element' | 'complexType' | 'simpleType', { namespace, name }: QName): XmlElement | undefined {
    return this.#globals.get(`${kind} {${namespace}}${name}`)
  }

  /** The leaves below a global element; empty when the schema is not in the file. */
  partsOf(wanted: QName): Part[] {
    const found = this.#global('element', wanted)
    const parts: Part[] = []
    if (found) this.#content(found, [], true, parts)
    return parts
  }

  /** The leaves of a type (RPC style names types, not elements). */
  partsOfType(wanted: QName, at: QName): Part[] {
    const parts: Part[] = []
    this.#type(wanted, [at], true, parts)
    return parts
  }

  #add(parts: Part[], part: Part): void {
    if (parts.length < MAX_PARTS) parts.push(part)
  }

  #type(type: QName, path: readonly QName[], required: boolean, parts: Part[]): void {
    if (type.namespace === schemaNamespace) {
      this.#add(parts, { path, kind: kinds[type.name] ?? 'other', required, values: [] })
      return
    }
    const complex = this.#global('complexType', type)
    if (complex) this.#children(complex, path, required, parts)
    else this.#add(parts, { path, kind: 'string', required, values: this.#values(this.#global('simpleType', type)) })
  }

  #values(simple: XmlElement | undefined): string[] {
    return simple ? elements(simple, './/xs:enumeration').map((e) => attribute(e, 'value') ?? '') : []
  }

  #content(element: XmlElement, path: readonly QName[], required: boolean, parts: Part[]): void {
    const type = attribute(element, 'type')
    const [complex] = elements(element, 'xs:complexType')
    const [simple] = elements(element, 'xs:simpleType')
    if (type !== undefined) this.#type(nameAt(element, type), path, required, parts)
    else if (complex) this.#children(complex, path, required, parts)
    else this.#add(parts, { path, kind: simple ? 'string' : 'any', required, values: this.#values(simple) })
  }

  #children(complex: XmlElement, path: readonly QName[], required: boolean, parts: Part[]): void {
    if (path.length >= MAX_DEPTH || parts.length >= MAX_PARTS || this.#typesLeft-- <= 0) return
    const groups = 'xs:sequence|xs:all|xs:choice'
    const inside = elements(
      complex,
      `${groups}|xs:complexContent/xs:extension/*[self::${groups.replaceAll('|', ' or self::')}]`,
    )
    for (const child of inside.flatMap((group) =>
      elements(group, `(.//xs:element|.//xs:any)[position() <= ${MAX_PARTS}]`),
    )) {
      // Elements of inner types are met when their own element is looked into.
      if (!inside.some((group) => this.#belongs(child, group))) continue
      const needed = required && attribute(child, 'minOccurs') !== '0'
      if (child.name === 'any') this.#add(parts, { path, kind: 'any', required: needed, values: [] })
      else this.#child(child, path, needed, parts)
    }
  }

  #belongs(child: XmlElement, group: XmlElement): boolean {
    for (let at = child.parent; at; at = at.parent) {
      if (at.isSameNode(group)) return true
      if (at.name === 'element') return false
    }
    return false
  }

  #child(child: XmlElement, path: readonly QName[], required: boolean, parts: Part[]): void {
    const ref = attribute(child, 'ref')
    if (ref === undefined) {
      this.#content(child, [...path, this.#localName(child)], required, parts)
      return
    }
    const name = nameAt(child, ref)
    const global = this.#global('element', name)
    if (global) this.#content(global, [...path, name], required, parts)
    else this.#add(parts, { path: [...path, name], kind: 'xml', required, values: [] })
  }

  #localName(child: XmlElement): QName {
    let schema: XmlElement | null = child
    while (schema && schema.name !== 'schema') schema = schema.parent
    const form = attribute(child, 'form') ?? (schema ? attribute(schema, 'elementFormDefault') : undefined)
    const namespace = form === 'qualified' && schema ? (attribute(schema, 'targetNamespace') ?? '') : ''
    return { namespace, name: attribute(child, 'name') ?? '' }
  }
}
