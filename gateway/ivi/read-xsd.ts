import { ParseOption, XmlDocument } from 'libxml2-wasm'
import type { Finding } from '../contract/finding.ts'
import type { CatalogueSource } from './catalogue.ts'
import { assertSafeXml } from './scan-xml.ts'
import { schemaFinding, shorten } from './structure-findings.ts'
import type { Group, Member } from './xsd-groups.ts'
import { memberOf, memberText, readGroup } from './xsd-groups.ts'
import type { XsdNode } from './xsd-node.ts'
import { XsdTrouble, xsdNodes } from './xsd-node.ts'
import { XsdScope } from './xsd-scope.ts'
import { simpleTypeLine } from './xsd-simple-types.ts'

export interface XsdOptions {
  /** The release it is of, such as `2.1`; when not given, the schema says it. */
  readonly version?: string
}

const releaseForm = /^\d{1,3}\.\d{1,3}(\.\d{1,3})?$/

/** The element that holds the release's number (IVI guideline, header). */
const versionElement = 'IviVersionNumberXsd'

const rootOf = (scope: XsdScope): Member | undefined => {
  const { elements, trouble, schema } = scope
  const [first, ...others] = elements.values()
  const declared = elements.get('InitialVehicleInformation') ?? (others.length === 0 ? first : undefined)
  if (declared) return memberOf(declared, declared, scope)
  trouble.add('XSD-004', schema, 'the root element InitialVehicleInformation is not declared.')
  return undefined
}

const readGroups = (scope: XsdScope): Map<string, Group> => {
  const groups = new Map<string, Group>()
  // The list grows while it is read: anonymous types are met inside others.
  for (const { name, node } of scope.definitions)
    if (node.kind === 'complexType') groups.set(name, readGroup(node, scope))
  return groups
}

/** The signature stands in the root alone, last where the order matters: there our own schema has it. */
const checkSignature = (root: Member, groups: ReadonlyMap<string, Group>, { trouble }: XsdScope): void => {
  for (const [name, { signature, order }] of groups) {
    if (name !== root.type && signature)
      trouble.unsupported(signature.node, 'to ds:Signature below the root is not supported')
    if (name === root.type && order === 'sequence' && signature?.last === false)
      trouble.unsupported(signature.node, 'to ds:Signature before other elements is not supported')
  }
  const group = groups.get(root.type)
  if (!group) trouble.add('XSD-004', root.node, `the root ${shorten(root.name)} holds no elements.`)
  else if (!group.signature) trouble.add('XSD-004', root.node, `the root ${shorten(root.name)} has no ds:Signature.`)
}

/** Far above any schema of IVI, and below what the strict reader takes of a document. */
const maxDepth = 40

/** Element names stand for places all over the gateway, so each may have one only; and only groups repeat. */
const checkPlaces = (root: Member, groups: ReadonlyMap<string, Group>, { trouble }: XsdScope): void => {
  const seen = new Map<string, XsdNode>()
  const visit = (member: Member, depth: number): void => {
    const { name, node } = member
    const earlier = seen.get(name)
    if (earlier) {
      trouble.add('XSD-005', node, `element ${shorten(name)} stands in line ${earlier.line} already.`)
      return
    }
    seen.set(name, node)
    const group = groups.get(member.type)
    if (!group && member.max > 1) trouble.unsupported(node, 'that repeats and holds no elements is not supported')
    if (depth > maxDepth) trouble.unsupported(node, `deeper than ${maxDepth} levels is not supported`)
    else for (const child of group?.members ?? []) visit(child, depth + 1)
  }
  visit(root, 1)
}

const compareReleases = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true })

/** The number in the schema's own list of them, else in its `version`, else the one it was given out for. */
const versionOf = (types: readonly string[], members: readonly Member[], scope: XsdScope, given?: string): string => {
  const type = members.find((member) => member.name === versionElement)?.type
  const line = types.find((text) => text.startsWith(`${type ?? ''} `))
  const listed =
    line
      ?.split(' | ')[1]
      ?.split('|')
      .filter((code) => releaseForm.test(code)) ?? []
  const stated = listed.sort(compareReleases).at(-1) ?? scope.schema.attributes.get('version')?.trim() ?? ''
  if (given !== undefined && listed.length > 0 && !listed.includes(given))
    scope.trouble.add('XSD-008', scope.schema, `the schema is of IVI ${listed.join(', ')}, not of ${shorten(given)}.`)
  const version = given ?? stated
  if (!releaseForm.test(version))
    scope.trouble.add(
      'XSD-008',
      scope.schema,
      `the schema does not say of which release it is (${versionElement}); name it.`,
    )
  return version
}

const sourceOf = (scope: XsdScope, given?: string): CatalogueSource | undefined => {
  const root = rootOf(scope)
  const groups = readGroups(scope)
  if (!root) return undefined
  checkSignature(root, groups, scope)
  checkPlaces(root, groups, scope)
  const types = [
    ...scope.definitions.flatMap(({ name, node }) =>
      node.kind === 'simpleType' ? [simpleTypeLine(name, node, scope)] : [],
    ),
    ...[...scope.direct].map(([name, base]) => `${name} xs:${base}`),
  ]
  const members = [...groups.values()].flatMap((group) => group.members)
  const version = versionOf(types, members, scope, given)
  const text = (lines: readonly string[]): string => `\n${lines.join('\n')}\n`
  return {
    version,
    namespace: scope.namespace,
    // The notation has the root's type under the root's own name.
    root: memberText({ ...root, min: 1, max: 1 }),
    groups: text([...groups].map(([name, g]) => [name, g.order, ...g.members.map(memberText)].join(' '))),
    types: text(types),
  }
}

const parse = (bytes: Buffer): XsdNode | Finding[] => {
  // A schema of IVI has some 3,000 elements and 160 KB.
  const refused = assertSafeXml(bytes, { layer: 'schema', maxElements: 50_000 })
  if (refused.length > 0) return refused
  const document = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET })
  try {
    return xsdNodes(document)
  } finally {
    document.dispose()
  }
}

/**
 * Reads the XML Schema of an IVI release into a catalogue, on which reader, writer and checks can run. Nothing that it
 * imports is fetched. It may be written in any way (prefixes, anonymous types, annotations); what the catalogue has no room
 * for is a finding with line and construct, never passed over: XML-… refused as XML, XSD-001 no schema, XSD-002 not
 * supported, XSD-003 a name that leads nowhere, XSD-004 root or signature, XSD-005 element names, XSD-008 release.
 * @returns the catalogue's source, or what stands in the way
 */
export const readXsd = (bytes: Buffer, options: XsdOptions = {}): CatalogueSource | Finding[] => {
  const schema = parse(bytes)
  if (Array.isArray(schema)) return schema
  const trouble = new XsdTrouble()
  if (schema.kind !== 'schema' || !schema.attributes.get('targetNamespace')) {
    const what = 'is no XML Schema with a target namespace'
    return [schemaFinding('XSD-001', '/', `Line ${schema.line}: the document (${shorten(schema.kind)}) ${what}.`)]
  }
  const source = sourceOf(new XsdScope(schema, trouble), options.version)
  return source && trouble.findings.length === 0 ? source : trouble.findings
}
