import { SaxesParser, type SaxesTagNS } from 'saxes'
import { UnreadableFile } from '../../../gateway/contract/index.ts'

/** How much of a file may be held at once. The file as a whole may be of any size. */
export interface StreamLimits {
  readonly maxDepth: number
  /** On one element. */
  readonly maxAttributes: number
  /** Characters in the name of an element or attribute. */
  readonly maxName: number
  /** Characters that may follow each other without a tag, comment or the end of one. */
  readonly maxGap: number
}

const limits: StreamLimits = { maxDepth: 64, maxAttributes: 100, maxName: 200, maxGap: 1024 * 1024 }

/** What a reader of XML wants to hear. Text comes decoded; one text may come in several calls. */
export interface StreamEvents {
  /** `line` is where the element's name stands, 1-based. */
  open(tag: SaxesTagNS, line: number): void
  close(): void
  text(text: string): void
  /** The encoding that the file says it has. */
  encoding?(label: string): void
}

/**
 * Reads XML from outside piece by piece, strictly: XML 1.0, no DTD, no entities but the five, namespaces resolved, bounded depth,
 * names, attributes and text. Handlers that saxes calls as methods stand on the prototype, and only the others on each
 * parser: with more than four of its own, the parser becomes five times slower.
 */
class Parser extends SaxesParser<{ xmlns: true }> {
  readonly events: StreamEvents
  depth = 0
  attributes = 0
  /** Counts what was heard, so that a text without end is noticed. */
  heard = 0
  startLine = 1

  constructor(events: StreamEvents) {
    super({ xmlns: true })
    this.events = events
    this.on('text', (text) => {
      this.heard++
      this.events.text(text)
    })
    this.on('error', (error) => {
      const what = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')
      if (what === 'undefined entity') this.refuse('INB-017', 'it uses an entity other than the five of XML')
      this.refuse('INB-016', `this is not well-formed XML (${what.slice(0, 200)})`)
    })
    this.on('closetag', () => {
      this.heard++
      this.depth--
      this.events.close()
    })
  }

  refuse(code: string, message: string): never {
    throw new UnreadableFile(code, `Line ${this.line}: ${message}.`)
  }
}

const prototype = Parser.prototype
prototype.on('xmldecl', function (this: Parser, { version, encoding }) {
  if (version !== '1.0') this.refuse('INB-016', 'only XML 1.0 is read')
  if (encoding !== undefined) this.events.encoding?.(encoding)
})
prototype.on('doctype', function (this: Parser) {
  this.refuse('INB-017', 'a document type declaration (DTD) is not accepted')
})
prototype.on('attribute', function (this: Parser, { name }) {
  const { maxAttributes, maxName } = limits
  if (++this.attributes > maxAttributes) this.refuse('INB-018', `an element has more than ${maxAttributes} attributes`)
  if (name.length > maxName) this.refuse('INB-018', `a name is longer than ${maxName} characters`)
})
prototype.on('opentagstart', function (this: Parser, { name }) {
  // A line end right after the name is read already.
  this.startLine = this.column === 0 ? this.line - 1 : this.line
  this.attributes = 0
  if (name.length > limits.maxName) this.refuse('INB-018', `a name is longer than ${limits.maxName} characters`)
})
prototype.on('opentag', function (this: Parser, tag) {
  this.heard++
  if (++this.depth > limits.maxDepth)
    this.refuse('INB-018', `elements are nested deeper than ${limits.maxDepth} levels`)
  this.events.open(tag, this.startLine)
})
prototype.on('cdata', function (this: Parser, text) {
  this.heard++
  this.events.text(text)
})
prototype.on('comment', function (this: Parser) {
  this.heard++
})
prototype.on('processinginstruction', function (this: Parser) {
  this.heard++
})

/** A text that cannot be in any encoding comes out of the decoder as this. */
const undecodable = '\uFFFD'

export interface StrictXml {
  /**
   * Takes a piece of at most some ten kilobytes.
   * @throws UnreadableFile INB-003, INB-016, INB-017, INB-018 at the first trouble; what was heard before it is good
   */
  write(chunk: Buffer): void
  /** @throws UnreadableFile as `write`, and INB-001 when nothing but blanks came */
  end(): void
}

/**
 * Opens a reader for one file.
 * @param encoding WHATWG label; the same trouble is found however the bytes are cut
 */
export const strictXml = (events: StreamEvents, encoding = 'utf-8'): StrictXml => {
  const decoder = new TextDecoder(encoding)
  const parser = new Parser(events)
  let [gap, blank] = [0, true]
  const feed = (text: string): void => {
    const bad = text.indexOf(undecodable)
    const good = bad < 0 ? text : text.slice(0, bad)
    blank &&= good.trim() === '' && bad < 0
    const before = parser.heard
    parser.write(good)
    gap = parser.heard === before ? gap + good.length : 0
    if (gap > limits.maxGap)
      parser.refuse('INB-018', `a text, tag or comment is longer than ${limits.maxGap} characters`)
    if (bad >= 0) parser.refuse('INB-003', `the file is not valid ${encoding}. Export it again in that encoding`)
  }
  return {
    write: (chunk) => feed(decoder.decode(chunk, { stream: true })),
    end() {
      feed(decoder.decode())
      if (blank) throw new UnreadableFile('INB-001', 'The file is empty. Nothing was taken from it.')
      parser.close()
    },
  }
}
