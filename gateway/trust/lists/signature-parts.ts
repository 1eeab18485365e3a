import { XmlElement } from 'libxml2-wasm'
import type { XmlDocument, XmlTreeNode } from 'libxml2-wasm'
import { canonicalizations, defaultMode, digests, enveloped, exclusive } from './signature-algorithms.ts'
import { namespaces } from './xml-piece.ts'

const { ds, xades } = namespaces

/** Why a signature cannot be used; never leaves this folder. */
export class BrokenSignature extends Error {}
export const broken = (why: string): never => {
  throw new BrokenSignature(why)
}

export const childElements = (parent: XmlElement): XmlElement[] => {
  const found: XmlElement[] = []
  for (let node: XmlTreeNode | null = parent.firstChild; node; node = node.next)
    if (node instanceof XmlElement) found.push(node)
  return found
}
export const named = (parent: XmlElement, name: string, uri: string = ds): XmlElement[] =>
  childElements(parent).filter((child) => child.name === name && child.namespaceUri === uri)

/** The only child of that name; none or two make the signature unusable. */
export const only = (parent: XmlElement, name: string, uri: string = ds): XmlElement => {
  const [first, ...more] = named(parent, name, uri)
  return first && more.length === 0 ? first : broken(`${parent.name} has ${first ? 'more than one' : 'no'} ${name}`)
}
export const attribute = (element: XmlElement, name: string): string => element.attr(name)?.value ?? ''
export const bytesOf = (element: XmlElement): Buffer => {
  const text = element.content.replace(/\s/g, '')
  const bytes = Buffer.from(text, 'base64')
  return bytes.length > 0 && bytes.toString('base64') === text ? bytes : broken(`${element.name} is no base64`)
}

/** The signature of a list: the one child of its root; undefined where there is none. */
export const signatureOf = ({ root }: XmlDocument): XmlElement | undefined => {
  const [signature, ...more] = named(root, 'Signature')
  return more.length > 0 ? broken(`the list has ${more.length + 1} signatures`) : signature
}

/** How something is brought into canonical form. */
export interface Canonical {
  readonly mode: 0 | 1 | 2
  readonly inclusiveNamespacePrefixes?: string[]
}

/** From a CanonicalizationMethod or Transform; the prefix list of exclusive C14N is the only parameter there is. */
export const canonicalOf = (method: XmlElement): Canonical => {
  const algorithm = attribute(method, 'Algorithm')
  const mode = canonicalizations.get(algorithm)
  if (mode === undefined) return broken(`its canonicalisation is not accepted (${algorithm.slice(0, 100)})`)
  const [parameter, ...more] = childElements(method)
  if (!parameter) return { mode }
  const isList = parameter.name === 'InclusiveNamespaces' && parameter.namespaceUri === exclusive
  if (!isList || algorithm !== exclusive || more.length > 0) return broken('its canonicalisation has parameters')
  return { mode, inclusiveNamespacePrefixes: attribute(parameter, 'PrefixList').split(/\s+/).filter(Boolean) }
}

export interface Reference {
  readonly uri: string
  readonly hash: string
  readonly digest: Buffer
  readonly isEnveloped: boolean
  readonly canonical: Canonical
}

/** One Reference; only `enveloped` and one canonicalisation, in this order, are transforms that are accepted (TS 119 612, B.6). */
export const referenceOf = (element: XmlElement): Reference => {
  const [list] = named(element, 'Transforms')
  const transforms = list ? named(list, 'Transform') : []
  const isEnveloped = transforms[0] !== undefined && attribute(transforms[0], 'Algorithm') === enveloped
  const [transform, ...more] = isEnveloped ? transforms.slice(1) : transforms
  if (more.length > 0) broken('it transforms what it signs in a way that is not accepted')
  const method = attribute(only(element, 'DigestMethod'), 'Algorithm')
  const canonical = transform ? canonicalOf(transform) : { mode: defaultMode }
  return {
    uri: element.attr('URI')?.value ?? broken('a reference says not to what'),
    hash: digests.get(method) ?? broken(`its digest is not accepted (${method.slice(0, 100)})`),
    digest: bytesOf(only(element, 'DigestValue')),
    isEnveloped,
    canonical,
  }
}

/** SignedProperties of this very signature (EN 319 132-1, 4.3). */
export const propertiesOf = (signature: XmlElement): XmlElement => {
  const found = named(signature, 'Object').flatMap((object) => named(object, 'QualifyingProperties', xades))
  const [qualifying, ...more] = found
  if (!qualifying || more.length > 0) return broken('it has no XAdES properties')
  return only(qualifying, 'SignedProperties', xades)
}
