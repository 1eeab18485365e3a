import type { ErrorDetail, XmlDocument, XmlElement } from 'libxml2-wasm'
import type { Finding } from '../contract/finding.ts'
import type { Catalogue } from '../ivi/catalogue.ts'
import { signatureNamespace } from '../ivi/catalogue.ts'
import {
  allowedValues,
  attributeNotAllowed,
  doubledElement,
  elementInText,
  schemaFinding,
  shorten,
  textInGroup,
  unexpectedElement,
  wrongNamespace,
  wrongRoot,
} from '../ivi/structure-findings.ts'
import type { Located } from './locate-node.ts'
import { countChildren, locateNode } from './locate-node.ts'

/** What libxml2 said of one element, taken apart. */
interface Complaint {
  readonly namespace: string
  readonly name: string
  readonly attribute: string | undefined
  readonly text: string
  readonly at: Located
}

const maxFindings = 100
const notExpected = 'This element is not expected'

/** `Element '{namespace}Name', attribute 'name': text`. */
const complaintForm = /^Element '(?:\{([^}]*)\})?([^']+)'(?:, attribute '(?:\{[^}]*\})?([^']+)')?: ([^]*)$/

const ofUnexpected = ({ namespace, name, at }: Complaint, catalogue: Catalogue): Finding => {
  const { path, parent, parentName } = at
  if (parent && !parent.parent && namespace === signatureNamespace && name === 'Signature')
    return doubledElement(path, name)
  if (namespace !== catalogue.namespace) return wrongNamespace(path, name, namespace, catalogue)
  // Where its place is right, only one more of it than allowed makes libxml2 say this.
  if (at.element) return doubledElement(path, name)
  return unexpectedElement(path, name, parentName, catalogue)
}

const ofMissing = ({ name, at }: Complaint, catalogue: Catalogue): Finding[] => {
  const { path, element } = at
  const present = countChildren(at.node)
  const missing = (element?.children ?? []).filter((child) => (present.get(child.name) ?? 0) < child.min)
  const findings = missing.map((child) => {
    const what =
      child.min > 1 ? `needs at least ${child.min} ${child.name}` : `must have ${child.name}, which is missing`
    return schemaFinding('SCH-MISSING', `${path}/${child.name}`, `${name} ${what}.`)
  })
  if (findings.length > 0) return findings
  if (element === catalogue.root)
    return [schemaFinding('SCH-SIGNATURE', `${path}/Signature`, 'The document is not signed: it has no ds:Signature.')]
  return [schemaFinding('SCH-MISSING', path, `${shorten(name)} lacks an element.`)]
}

const ofValue = ({ name, text, at }: Complaint): Finding | undefined => {
  const isCode = text.startsWith("[facet 'enumeration']")
  if (!isCode && !/^\[facet '|is not a valid value of/.test(text)) return undefined
  const allowed = at.element ? `; allowed is ${allowedValues(at.element)}` : ''
  const value = shorten(at.node.content)
  return schemaFinding(isCode ? 'SCH-CODE' : 'SCH-TYPE', at.path, `${name} is "${value}"${allowed}.`)
}

const plainText = (text: string): string => shorten(text.trim().replace(/\{[^}]*\}/g, ''), 300)

const ofSignature = ({ name, text, at }: Complaint): Finding =>
  schemaFinding(
    'SCH-SIGNATURE',
    at.path,
    `The signature is not built as it must be, at ${shorten(name)}: ${plainText(text)}`,
  )

const toFindings = (complaint: Complaint, catalogue: Catalogue): Finding[] => {
  const { namespace, name, attribute, text, at } = complaint
  if (at.inSignature) return [ofSignature(complaint)]
  if (attribute !== undefined) return [attributeNotAllowed(at.path, name, attribute)]
  if (text.includes("is not 'nillable'")) return [attributeNotAllowed(at.path, name, 'xsi:nil')]
  if (text.startsWith('No matching global declaration')) return [wrongRoot(name, namespace, catalogue)]
  if (text.startsWith(notExpected)) return [ofUnexpected(complaint, catalogue)]
  if (text.startsWith('Missing child element')) return ofMissing(complaint, catalogue)
  if (text.startsWith('Character content')) return [textInGroup(at.path, name)]
  if (text.startsWith('Element content')) return [elementInText(at.path, name)]
  return [ofValue(complaint) ?? schemaFinding('SCH-OTHER', at.path, `${shorten(name)}: ${plainText(text)}`)]
}

export interface SchemaFindings {
  /** One per place and kind, by both. */
  readonly findings: ReadonlyMap<string, Finding>
  /** The elements that stopped the check of all that follows them in their group. */
  readonly unexpected: readonly XmlElement[]
}

/**
 * What libxml2 found, in our codes, paths and words; at most 100 findings.
 * The document must not be disposed yet: values and places are read from it.
 */
export const schemaFindings = (
  details: readonly ErrorDetail[],
  document: XmlDocument,
  catalogue: Catalogue,
): SchemaFindings => {
  const findings = new Map<string, Finding>()
  const unexpected: XmlElement[] = []
  for (const { message, xpath } of details) {
    if (findings.size >= maxFindings) break
    const [, namespace = '', name, attribute, text] = complaintForm.exec(message) ?? []
    const at = xpath === undefined ? undefined : locateNode(document, xpath, catalogue)
    if (name === undefined || text === undefined || !at) {
      findings.set(message, schemaFinding('SCH-OTHER', '/', plainText(message)))
      continue
    }
    // One wrong value may break several facets; the message names what is allowed in whole.
    for (const finding of toFindings({ namespace, name, attribute, text, at }, catalogue))
      findings.set(`${finding.code} ${finding.path}`, finding)
    if (!at.inSignature && text.startsWith(notExpected)) unexpected.push(at.node)
  }
  return { findings, unexpected }
}
