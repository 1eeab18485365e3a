import { SaxesParser } from 'saxes'
import type { SaxesTagNS } from 'saxes'
import type { Finding, Layer } from '../contract/finding.ts'

/** How large a document from outside may be. */
export interface XmlLimits {
  readonly maxBytes: number
  readonly maxDepth: number
  readonly maxElements: number
  /** On one element. */
  readonly maxAttributes: number
}

/** An IVI document has up to a few thousand elements, 12 levels, and far less than 1 MB. */
export const defaultLimits: XmlLimits = {
  maxBytes: 5 * 1024 * 1024,
  maxDepth: 64,
  maxElements: 100_000,
  maxAttributes: 100,
}

export interface ScanOptions extends Partial<XmlLimits> {
  /** Layer of the findings; `input` when not given. */
  readonly layer?: Layer
}

/** What a caller of `scanXml` wants to hear; a namespace is resolved already, text comes decoded and in order. */
export interface XmlEvents {
  open?(tag: SaxesTagNS): void
  close?(): void
  text?(text: string): void
  /** A comment or processing instruction; `depth` is 0 outside the root. */
  aside?(kind: 'comment' | 'instruction', depth: number): void
}

/** Ends a parse at the first thing that refuses the document; never leaves this file. */
class Stop extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * One reading. Handlers that saxes calls as methods stand on the prototype, and only the others on each parser: with
 * more than four of its own, the parser becomes five times slower.
 */
class Scan extends SaxesParser<{ xmlns: true }> {
  readonly limits: XmlLimits
  readonly events: XmlEvents
  depth = 0
  elements = 0
  attributes = 0

  constructor(limits: XmlLimits, events: XmlEvents) {
    super({ xmlns: true })
    this.limits = limits
    this.events = events
    this.on('text', (text) => this.events.text?.(text))
    this.on('error', (error) => this.onTrouble(error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')))
    this.on('closetag', () => {
      this.depth--
      this.events.close?.()
    })
  }

  onTrouble(what: string): never {
    if (what === 'undefined entity')
      this.stop('XML-ENTITY', 'only &amp; &lt; &gt; &quot; &apos; and character numbers are read.')
    const hint = what.includes('entity') ? '; an & must be written as &amp;' : ''
    this.stop('XML-FORM', `this is not well-formed XML (${what.slice(0, 200)}${hint}).`)
  }

  stop(code: string, message: string): never {
    throw new Stop(code, `Line ${this.line}, column ${this.column}: ${message}`)
  }
}

const parser = Scan.prototype
parser.on('xmldecl', function (this: Scan, { version, encoding }) {
  if (version !== '1.0') this.stop('XML-VERSION', 'only XML 1.0 is read.')
  if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8')
    this.stop('XML-ENCODING', `the encoding ${encoding.slice(0, 40)} is not read. Save the document as UTF-8.`)
})
parser.on('doctype', function (this: Scan) {
  this.stop('XML-DTD', 'a document type declaration (DTD) is not accepted. Remove it.')
})
parser.on('attribute', function (this: Scan) {
  const { maxAttributes } = this.limits
  if (++this.attributes > maxAttributes) this.stop('XML-COUNT', `an element has more than ${maxAttributes} attributes.`)
})
parser.on('opentag', function (this: Scan, tag) {
  const { maxDepth, maxElements } = this.limits
  this.attributes = 0
  if (++this.depth > maxDepth) this.stop('XML-DEPTH', `elements are nested deeper than ${maxDepth} levels.`)
  if (++this.elements > maxElements) this.stop('XML-COUNT', `there are more than ${maxElements} elements.`)
  this.events.open?.(tag)
})
parser.on('cdata', function (this: Scan, text) {
  this.events.text?.(text)
})
parser.on('comment', function (this: Scan) {
  this.events.aside?.('comment', this.depth)
})
parser.on('processinginstruction', function (this: Scan) {
  this.events.aside?.('instruction', this.depth)
})

const decoder = new TextDecoder('utf-8', { fatal: true })

/** The text of UTF-8 bytes, without a BOM; undefined when they are not UTF-8. */
const decode = (bytes: Buffer): string | undefined => {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** The finding for a document of so many bytes, also for one that is not read for that reason. */
export const tooLarge = (size: number, { maxBytes, layer }: ScanOptions = {}): Finding => ({
  code: 'XML-SIZE',
  layer: layer ?? 'input',
  severity: 'error',
  path: '/',
  message: `The document has ${size} bytes; at most ${maxBytes ?? defaultLimits.maxBytes} are read.`,
})

/**
 * Reads XML from outside with everything dangerous refused: no DTD, no entities but the five, UTF-8 only, bounded
 * size, depth and number of elements. The first such trouble ends the reading and is returned; an empty list means
 * that the whole document was well-formed and within the limits.
 * Codes: XML-SIZE, XML-ENCODING, XML-VERSION, XML-DTD, XML-ENTITY, XML-DEPTH, XML-COUNT, XML-FORM.
 */
export const scanXml = (bytes: Buffer, events: XmlEvents, options: ScanOptions = {}): Finding[] => {
  const limits = { ...defaultLimits, ...options }
  const refuse = (code: string, message: string): Finding[] => [
    { code, layer: options.layer ?? 'input', severity: 'error', path: '/', message },
  ]
  if (bytes.length > limits.maxBytes) return [tooLarge(bytes.length, options)]
  const text = decode(bytes)
  if (text === undefined) return refuse('XML-ENCODING', 'The document is not in UTF-8. Save it as UTF-8.')
  try {
    new Scan(limits, events).write(text).close()
    return []
  } catch (error) {
    if (error instanceof Stop) return refuse(error.code, error.message)
    throw error
  }
}

const asides = {
  comment: { code: 'XML-COMMENT', what: 'A comment' },
  instruction: { code: 'XML-INSTRUCTION', what: 'A processing instruction' },
} as const

/**
 * The finding for a comment or processing instruction inside a document's root. They are refused because validators
 * differ in what they take as the value around them, and a signature without comments lets one be added later.
 */
export const asideFinding = (kind: keyof typeof asides, path: string, layer: Layer): Finding => ({
  code: asides[kind].code,
  layer,
  severity: 'error',
  path,
  message: `${asides[kind].what} inside the document is not accepted. Remove it.`,
})

/**
 * The check that any XML from outside goes through before another library sees it: findings of `scanXml`, and with
 * `noAsides` also XML-COMMENT and XML-INSTRUCTION for what stands inside the root. An empty list means safe to parse.
 */
export const assertSafeXml = (
  bytes: Buffer,
  options: ScanOptions & { readonly noAsides?: boolean } = {},
): Finding[] => {
  const found = new Map<string, Finding>()
  const events: XmlEvents = options.noAsides
    ? {
        aside: (kind, depth) => {
          if (depth > 0) found.set(kind, asideFinding(kind, '/', options.layer ?? 'input'))
        },
      }
    : {}
  const refused = scanXml(bytes, events, options)
  return refused.length > 0 ? refused : [...found.values()]
}
