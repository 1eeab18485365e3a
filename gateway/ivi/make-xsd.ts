import type { Catalogue, IviElement, IviType } from './catalogue.ts'
import { ivi20, signatureNamespace } from './catalogue.ts'

/** Where the schema of `iviXsd` expects the one of `ds:Signature` (xmldsig-core-schema.ts). */
export const xmldsigLocation = 'xmldsig-core-schema.xsd'

const escapeAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const occurrence = ({ min, max }: IviElement): string => {
  const low = min === 1 ? '' : ` minOccurs="${min}"`
  const high = max === 1 ? '' : ` maxOccurs="${max === Infinity ? 'unbounded' : max}"`
  return low + high
}

const simpleType = ({ name, base, facets, codes = [] }: IviType): string => {
  const restrictions = [
    ...Object.entries(facets).map(([facet, value]) => `<xs:${facet} value="${escapeAttribute(String(value))}"/>`),
    ...codes.map((code) => `<xs:enumeration value="${escapeAttribute(code)}"/>`),
  ]
  return `<xs:simpleType name="${name}"><xs:restriction base="${base}">${restrictions.join('')}</xs:restriction></xs:simpleType>`
}

const complexType = (group: IviElement, catalogue: Catalogue, signature: string): string => {
  const order = catalogue.sequences.has(group.type) ? 'sequence' : 'all'
  const members = group.children.map(
    (child) => `<xs:element name="${child.name}" type="${child.type}"${occurrence(child)}/>`,
  )
  if (group === catalogue.root) members.push(signature)
  return `<xs:complexType name="${group.type}"><xs:${order}>${members.join('')}</xs:${order}></xs:complexType>`
}

/**
 * The XML Schema of a catalogue. With `signed` the root must hold a `ds:Signature`, as in the published schema;
 * without, it may: so a document can be checked before it is signed.
 * It imports `xmldsigLocation`, which the caller provides.
 */
export const iviXsd = (options: { readonly signed: boolean }, catalogue: Catalogue = ivi20): string => {
  const { namespace, root } = catalogue
  const signature = `<xs:element ref="ds:Signature"${options.signed ? '' : ' minOccurs="0"'}/>`
  const groups = [...catalogue.elements.values()].filter((element) => !element.leaf)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ds="${signatureNamespace}" xmlns="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified">`,
    `<xs:import namespace="${signatureNamespace}" schemaLocation="${xmldsigLocation}"/>`,
    `<xs:element name="${root.name}" type="${root.type}"/>`,
    ...groups.map((group) => complexType(group, catalogue, signature)),
    ...[...catalogue.types.values()].map(simpleType),
    '</xs:schema>',
    '',
  ].join('\n')
}
