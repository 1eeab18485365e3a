import { encodeCode, encodePattern } from './parse-catalogue.ts'
import { shorten } from './structure-findings.ts'
import type { XsdNode } from './xsd-node.ts'
import { resolveName, xsdNamespace } from './xsd-node.ts'
import type { XsdScope } from './xsd-scope.ts'

/** Types of XML Schema that a leaf may be built on, and what they do with white space (part 2, 4.3.6). */
const builtIns: ReadonlyMap<string, string> = new Map([
  ['string', 'preserve'],
  ['normalizedString', 'replace'],
  ...[
    ...[
      'token',
      'boolean',
      'decimal',
      'integer',
      'nonNegativeInteger',
      'positiveInteger',
      'long',
      'int',
      'short',
      'byte',
    ],
    ...[
      'unsignedLong',
      'unsignedInt',
      'unsignedShort',
      'unsignedByte',
      'date',
      'dateTime',
      'time',
      'gYear',
      'gYearMonth',
    ],
    'anyURI',
  ].map((name) => [name, 'collapse'] as const),
])

export const isBuiltIn = (name: string): boolean => builtIns.has(name)

/** A simple type, with everything it inherits. */
interface Simple {
  /** Without a prefix: `decimal`. */
  readonly base: string
  readonly facets: ReadonlyMap<string, string>
  readonly patterns: readonly string[]
  readonly codes: readonly string[] | undefined
}

/** From a type to the one it is built on, and so on; a type that is built on itself has no end. */
const maxSteps = 20

const none: Simple = { base: 'string', facets: new Map(), patterns: [], codes: undefined }
const counts = new Set(['minLength', 'maxLength', 'length', 'totalDigits', 'fractionDigits'])
const bounds = new Set(['minInclusive', 'maxInclusive'])
/** The order in which a catalogue's lines carry them. */
const order = ['minLength', 'maxLength', 'totalDigits', 'fractionDigits', 'minInclusive', 'maxInclusive']

const readFacet = (node: XsdNode, base: string, facets: Map<string, string>, scope: XsdScope): void => {
  const value = node.attributes.get('value')?.trim() ?? ''
  const bad = (): void => {
    scope.trouble.unsupported(node, `with the value "${shorten(value)}" is not supported`)
  }
  if (node.kind === 'whiteSpace') {
    if (value !== builtIns.get(base)) bad()
  } else if (counts.has(node.kind)) {
    if (!/^\d{1,9}$/.test(value)) bad()
    for (const facet of node.kind === 'length' ? ['minLength', 'maxLength'] : [node.kind])
      facets.set(facet, String(Number(value)))
  } else if (bounds.has(node.kind)) {
    if (!/^[-+.:\w]{1,60}$/.test(value)) bad()
    facets.set(node.kind, value)
  } else scope.trouble.unsupported(node)
}

/**
 * Patterns are read by libxml2 and, in mapping, as regular expressions of JavaScript. What means something else there, or
 * nothing (escapes for names and categories, one class taken from another, anchors), is refused.
 */
const isPlainPattern = (pattern: string): boolean => {
  if (pattern === '' || /\\[cCiIpPbB]|\[[^\]]*-\[/.test(pattern)) return false
  const outsideClasses = pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')
  if (/[$^]/.test(outsideClasses)) return false
  try {
    new RegExp(`^(?:${pattern})$`)
    return true
  } catch {
    // No regular expression here; if it is one there, nobody could use it.
    return false
  }
}

const readRestriction = (node: XsdNode, scope: XsdScope, steps: number): Simple => {
  const parent = baseOf(node, scope, steps)
  const facets = new Map(parent.facets)
  const patterns: string[] = []
  const codes: string[] = []
  for (const child of node.children) {
    const value = child.attributes.get('value') ?? ''
    if (child.kind === 'simpleType') continue
    if (child.kind === 'pattern') {
      if (!isPlainPattern(value)) scope.trouble.unsupported(child, `"${shorten(value)}" is not supported`)
      patterns.push(value)
    } else if (child.kind === 'enumeration') codes.push(value)
    else readFacet(child, parent.base, facets, scope)
  }
  // Patterns of one step are alternatives, those of several steps must all hold (part 2, 4.3.4.3).
  if (patterns.length > 0 && parent.patterns.length > 0)
    scope.trouble.unsupported(node, 'that narrows a pattern by another pattern is not supported')
  return {
    base: parent.base,
    facets,
    patterns: patterns.length > 0 ? patterns : parent.patterns,
    codes: codes.length > 0 ? codes : parent.codes,
  }
}

const baseOf = (node: XsdNode, scope: XsdScope, steps: number): Simple => {
  const inline = node.children.find((child) => child.kind === 'simpleType')
  const text = node.attributes.get('base')
  if (text === undefined) return inline ? readSimple(inline, scope, steps) : none
  const name = resolveName(node, text)
  if (name?.namespace === xsdNamespace && isBuiltIn(name.name)) return { ...none, base: name.name }
  const named = name?.namespace === scope.namespace ? scope.simpleTypes.get(name.name) : undefined
  if (named) return readSimple(named, scope, steps)
  scope.trouble.add('XSD-003', node, `the base type ${shorten(text)} is not declared here, or is not supported.`)
  return none
}

const readSimple = (node: XsdNode, scope: XsdScope, steps: number): Simple => {
  const [content] = node.children
  if (steps >= maxSteps) scope.trouble.unsupported(node, `built in more than ${maxSteps} steps is not supported`)
  else if (content?.kind === 'restriction') return readRestriction(content, scope, steps + 1)
  else scope.trouble.unsupported(content ?? node, 'is not supported where a simple type is described')
  return none
}

/** The line of a simple type in the catalogue's notation (catalogue.ts, `types`). */
export const simpleTypeLine = (name: string, node: XsdNode, scope: XsdScope): string => {
  const { base, facets, patterns, codes } = readSimple(node, scope, 0)
  const parts = order.flatMap((facet) => (facets.has(facet) ? [`${facet}=${facets.get(facet) ?? ''}`] : []))
  const [pattern, ...more] = patterns
  if (pattern !== undefined) {
    const whole = more.length === 0 ? pattern : patterns.map((one) => `(${one})`).join('|')
    parts.push(`pattern=${encodePattern(whole)}`)
  }
  const list = codes === undefined ? '' : ` | ${codes.map(encodeCode).join('|')}`
  return `${[name, `xs:${base}`, ...parts].join(' ')}${list}`
}
