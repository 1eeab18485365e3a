import { shorten } from './structure-findings.ts'
import type { XsdNode, XsdTrouble } from './xsd-node.ts'

/** A type that stands in the catalogue: named in the schema, or named here after the element it is written in. */
export interface Definition {
  readonly name: string
  readonly node: XsdNode
}

/** What is declared at the top of a schema, and the names given to its types. */
export class XsdScope {
  readonly namespace: string
  readonly trouble: XsdTrouble
  readonly schema: XsdNode
  readonly simpleTypes = new Map<string, XsdNode>()
  readonly complexTypes = new Map<string, XsdNode>()
  readonly elements = new Map<string, XsdNode>()
  /** Types in the order of the schema; anonymous ones follow as they are met. */
  readonly definitions: Definition[] = []
  /** XML Schema's own types that elements name directly, by the name they have in the catalogue. */
  readonly direct = new Map<string, string>()
  readonly #names = new Map<XsdNode, string>()
  readonly #taken = new Set<string>()

  constructor(schema: XsdNode, trouble: XsdTrouble) {
    this.schema = schema
    this.trouble = trouble
    this.namespace = schema.attributes.get('targetNamespace') ?? ''
    const kinds = { simpleType: this.simpleTypes, complexType: this.complexTypes, element: this.elements }
    for (const node of schema.children) {
      if (node.kind === 'import') continue
      const home = Object.hasOwn(kinds, node.kind) ? kinds[node.kind as keyof typeof kinds] : undefined
      const name = node.attributes.get('name')
      if (!home || name === undefined) trouble.unsupported(node, 'is not supported at the top of the schema')
      else if (home.has(name)) trouble.add('XSD-003', node, `${shorten(name)} is declared twice.`)
      else home.set(name, node)
    }
    for (const node of schema.children)
      if (node.kind === 'complexType' || node.kind === 'simpleType')
        this.define(node, node.attributes.get('name') ?? '')
  }

  /** The catalogue's name of a type; `wanted`, or like it where that is taken or cannot be written. */
  define(node: XsdNode, wanted: string): string {
    const known = this.#names.get(node)
    if (known !== undefined) return known
    const name = this.#free(wanted)
    this.#names.set(node, name)
    this.definitions.push({ name, node })
    return name
  }

  /** A name for one of XML Schema's own types, such as `XsDate` for xs:date. */
  defineDirect(base: string): string {
    for (const [name, known] of this.direct) if (known === base) return name
    const name = this.#free(`Xs${base.charAt(0).toUpperCase()}${base.slice(1)}`)
    this.direct.set(name, base)
    return name
  }

  #free(wanted: string): string {
    const plain = wanted.replace(/\W/g, '_') || 'Type'
    let name = plain
    for (let number = 2; this.#taken.has(name); number++) name = `${plain}Type${number}`
    this.#taken.add(name)
    return name
  }
}
