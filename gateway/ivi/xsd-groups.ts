import { signatureNamespace } from './catalogue.ts'
import { shorten } from './structure-findings.ts'
import type { XsdNode } from './xsd-node.ts'
import { isSet, resolveName, xsdNamespace } from './xsd-node.ts'
import type { XsdScope } from './xsd-scope.ts'
import { isBuiltIn } from './xsd-simple-types.ts'

/** A child of a group as the catalogue knows it. */
export interface Member {
  readonly name: string
  readonly min: number
  readonly max: number
  readonly type: string
  readonly node: XsdNode
}

/** A complex type, read. */
export interface Group {
  readonly order: 'all' | 'sequence'
  readonly members: readonly Member[]
  /** Where it holds a reference to `ds:Signature`, and whether that stands last. */
  readonly signature: { readonly node: XsdNode; readonly last: boolean } | undefined
}

/** Names that can be written in a catalogue, a path and a mapper, and are no property of every object. */
const nameForm = /^[A-Za-z][A-Za-z0-9_]{0,119}$/

const occursOf = (node: XsdNode, scope: XsdScope): { min: number; max: number } => {
  const read = (text: string, unbounded: boolean): number =>
    unbounded && text === 'unbounded' ? Infinity : /^\d{1,6}$/.test(text) ? Number(text) : NaN
  const min = read(node.attributes.get('minOccurs')?.trim() ?? '1', false)
  const max = read(node.attributes.get('maxOccurs')?.trim() ?? '1', true)
  if (min <= max) return { min, max }
  scope.trouble.add('XSD-002', node, 'minOccurs and maxOccurs are no range.')
  return { min: 1, max: 1 }
}

/** The catalogue's name of an element's type. */
const typeOf = (node: XsdNode, scope: XsdScope): string => {
  const name = node.attributes.get('name') ?? ''
  const inline = node.children.find((child) => child.kind === 'complexType' || child.kind === 'simpleType')
  const text = node.attributes.get('type')
  if (text === undefined && inline) return scope.define(inline, name)
  const type = text === undefined ? undefined : resolveName(node, text)
  if (type?.namespace === xsdNamespace && isBuiltIn(type.name)) return scope.defineDirect(type.name)
  const own = type?.namespace === scope.namespace ? type.name : ''
  const declared = scope.complexTypes.get(own) ?? scope.simpleTypes.get(own)
  if (declared) return scope.define(declared, own)
  const what =
    text === undefined ? 'has no type' : `has the type ${shorten(text)}, which is not declared or not supported`
  scope.trouble.add('XSD-003', node, `element ${shorten(name)} ${what}.`)
  return scope.defineDirect('string')
}

const checkDeclaration = (node: XsdNode, scope: XsdScope): void => {
  const { trouble, schema } = scope
  const name = node.attributes.get('name') ?? ''
  if (!nameForm.test(name) || name in {})
    trouble.add('XSD-005', node, `"${shorten(name)}" cannot be used as an element name.`)
  for (const attribute of ['nillable', 'abstract'])
    if (isSet(node, attribute)) trouble.unsupported(node, `with ${attribute} is not supported`)
  for (const attribute of ['fixed', 'default', 'substitutionGroup'])
    if (node.attributes.has(attribute)) trouble.unsupported(node, `with ${attribute} is not supported`)
  for (const child of node.children)
    if (child.kind !== 'complexType' && child.kind !== 'simpleType') trouble.unsupported(child)
  const isGlobal = scope.elements.get(name) === node
  const form = node.attributes.get('form') ?? schema.attributes.get('elementFormDefault') ?? 'unqualified'
  if (form !== 'qualified' && !isGlobal) trouble.unsupported(node, 'outside the target namespace is not supported')
}

/** A declared element as the root or child of a group. */
export const memberOf = (declaration: XsdNode, node: XsdNode, scope: XsdScope): Member => {
  checkDeclaration(declaration, scope)
  const type = typeOf(declaration, scope)
  return { name: declaration.attributes.get('name') ?? '', ...occursOf(node, scope), type, node }
}

const isSignature = (node: XsdNode): boolean => {
  const ref = resolveName(node, node.attributes.get('ref') ?? '')
  return ref?.namespace === signatureNamespace && ref.name === 'Signature'
}

const readMember = (node: XsdNode, scope: XsdScope): Member | undefined => {
  const text = node.attributes.get('ref')
  if (text === undefined) return memberOf(node, node, scope)
  const ref = resolveName(node, text)
  const declaration = ref?.namespace === scope.namespace ? scope.elements.get(ref.name) : undefined
  if (declaration) return memberOf(declaration, node, scope)
  scope.trouble.add('XSD-003', node, `the element ${shorten(text)} is not declared here.`)
  return undefined
}

/** The elements of an xs:all or xs:sequence; a plain sequence within one is taken as written out. */
const elementsOf = (content: XsdNode, scope: XsdScope): XsdNode[] => {
  const { min, max } = occursOf(content, scope)
  if (min !== 1 || max !== 1) scope.trouble.unsupported(content, 'that is optional or repeats is not supported')
  return content.children.flatMap((child) => {
    if (child.kind === 'element') return [child]
    if (child.kind === 'sequence' && content.kind === 'sequence') return elementsOf(child, scope)
    scope.trouble.unsupported(child, `in xs:${content.kind} is not supported`)
    return []
  })
}

/** Reads a complex type: an xs:all or xs:sequence of elements, and nothing else. */
export const readGroup = (node: XsdNode, scope: XsdScope): Group => {
  const { trouble } = scope
  for (const attribute of ['mixed', 'abstract'])
    if (isSet(node, attribute)) trouble.unsupported(node, `with ${attribute} is not supported`)
  const contents = node.children.filter((child) => child.kind === 'all' || child.kind === 'sequence')
  for (const child of node.children) if (!contents.includes(child)) trouble.unsupported(child)
  const [content] = contents
  if (!content || contents.length > 1) {
    if (contents.length === node.children.length) trouble.unsupported(node, 'without elements is not supported')
    return { order: 'all', members: [], signature: undefined }
  }
  const elements = elementsOf(content, scope)
  const at = elements.findIndex(isSignature)
  const found = at < 0 ? undefined : elements[at]
  const members = elements.flatMap((element) => (isSignature(element) ? [] : (readMember(element, scope) ?? [])))
  return {
    order: content.kind === 'all' ? 'all' : 'sequence',
    // An element that must not occur is as good as none.
    members: members.filter((member) => member.max > 0),
    signature: found && { node: found, last: at === elements.length - 1 },
  }
}

/** `Name?*:Type` in the catalogue's notation (catalogue.ts, `groups`). */
export const memberText = ({ name, min, max, type }: Member): string => {
  const marks: Readonly<Record<string, string>> = { '1,1': '', '0,1': '?', '1,Infinity': '*', '0,Infinity': '?*' }
  const mark = marks[`${min},${max}`] ?? `{${min},${max === Infinity ? '' : max}}`
  return `${name}${mark}${type === name ? '' : `:${type}`}`
}
