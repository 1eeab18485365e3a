import type { Finding } from '../contract/finding.ts'
import type { Catalogue, IviElement } from './catalogue.ts'

/** Values in messages are cut here: a document from outside may hold anything. */
export const shorten = (text: string, length = 60): string => {
  if (text.length <= length) return text
  // Never cut through a surrogate pair: the message would not be valid Unicode.
  return `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…`
}

/** A finding of the schema layer; the reader and the schema check use the same codes for the same trouble. */
export const schemaFinding = (code: string, path: string, message: string): Finding => ({
  code,
  layer: 'schema',
  severity: 'error',
  path,
  message,
})

/** The root is another element, or has another namespace. */
export const wrongRoot = (name: string, namespace: string, catalogue: Catalogue): Finding =>
  name === catalogue.root.name
    ? wrongNamespace(catalogue.root.path, name, namespace, catalogue)
    : schemaFinding(
        'SCH-ROOT',
        '/',
        `The document is a ${shorten(name)}, not an ${catalogue.root.name} in namespace ${catalogue.namespace}.`,
      )

/** The element has not the namespace of IVI. */
export const wrongNamespace = (path: string, name: string, namespace: string, catalogue: Catalogue): Finding =>
  schemaFinding(
    'SCH-NAMESPACE',
    path,
    `${shorten(name)} stands in ${namespace === '' ? 'no namespace' : `namespace ${shorten(namespace, 100)}`}; expected is ${catalogue.namespace}.`,
  )

/** The element is unknown, or belongs elsewhere. `parent` is the element it stands in. */
export const unexpectedElement = (path: string, name: string, parent: string, catalogue: Catalogue): Finding => {
  const home = catalogue.elements.get(name)
  const where = home?.parent ? `it belongs in ${home.parent.path}` : `IVI ${catalogue.version} has no such element`
  return schemaFinding('SCH-ELEMENT', path, `${shorten(name)} is not allowed in ${shorten(parent)}: ${where}.`)
}

export const doubledElement = (path: string, name: string): Finding =>
  schemaFinding('SCH-TWICE', path, `${shorten(name)} stands more often than once; keep one.`)

export const textInGroup = (path: string, name: string): Finding =>
  schemaFinding('SCH-TEXT', path, `${shorten(name)} holds text between its elements; only elements are allowed there.`)

export const elementInText = (path: string, name: string): Finding =>
  schemaFinding('SCH-ELEMENT', path, `${shorten(name)} must hold text only, not elements.`)

export const attributeNotAllowed = (path: string, name: string, attribute: string): Finding =>
  schemaFinding(
    'SCH-ATTRIBUTE',
    path,
    `${shorten(name)} has the attribute ${shorten(attribute)}; IVI elements have none.`,
  )

const listed = 20

/** What an element's text may be, in words: for messages and for people who fill in a form. */
export const allowedValues = (element: IviElement): string => {
  const { facets = {}, codes, leaf } = element
  if (codes) {
    const more = codes.length - listed
    return `one of ${codes.slice(0, listed).join(', ')}${more > 0 ? ` and ${more} more codes` : ''}`
  }
  const range = `from ${facets.minInclusive ?? ''} to ${facets.maxInclusive ?? ''}`
  if (leaf && /^xs:(?:\w*[iI]nteger|long|byte|unsigned\w+)$/.test(leaf.base))
    return `a whole number${facets.minInclusive === undefined ? '' : ` ${range}`}`
  switch (leaf?.base) {
    case 'xs:date':
      return 'a date such as 2026-07-05'
    case 'xs:dateTime':
      return 'a date and time such as 2026-07-05T09:55:21.351+01:00'
    case 'xs:decimal':
      return `a number ${range} with at most ${facets.totalDigits ?? 18} digits, ${facets.fractionDigits ?? 0} of them after the point`
    case 'xs:short':
    case 'xs:int':
      return `a whole number ${range}`
    default:
      if (leaf?.name === 'IviReferenceId') return 'a UUID version 4 such as 6a2957d3-4a32-41a6-a2d0-50681e0bf5e1'
      if (facets.pattern === undefined)
        return `a text of ${facets.minLength ?? 0} to ${facets.maxLength ?? 4000} characters`
      return `a text of ${facets.maxLength ?? 'the right number of'} characters that match ${facets.pattern}`
  }
}
