import { SaxesParser, type SaxesTagNS } from 'saxes'
import type { QName } from './config-parts.ts'

/** Answers are small; a base eCoC has some 20 KB. */
export const MAX_REPLY_BYTES = 1024 * 1024
const MAX_DEPTH = 64
const MAX_ELEMENTS = 50_000

export type Scan =
  | { readonly ok: true; readonly text: string; readonly content: Buffer | undefined }
  | { readonly ok: false; readonly problem: string }

/** Stops the parser from inside its callbacks; never leaves this file. */
class Refused extends Error {}
const refuse = (problem: string): never => {
  throw new Refused(problem)
}

/**
 * One reading. The handlers that saxes calls as methods stand on the prototype: with more than four of its own, this
 * parser and every other one of the process becomes five times slower.
 */
class ReplyParser extends SaxesParser<{ xmlns: true; position: true }> {
  readonly source: string
  readonly inside: QName | undefined
  depth = 0
  elements = 0
  wrapperDepth = 0
  start = -1
  content: Buffer | undefined

  constructor(source: string, inside: QName | undefined) {
    super({ xmlns: true, position: true })
    this.source = source
    this.inside = inside
    // saxes keeps these three as fields of every parser, so a prototype would be hidden by them.
    this.on('error', (error) => refuse(error.message))
    this.on('text', (text) => {
      if (this.isBesideContent() && text.trim() !== '') refuse('text beside the document')
    })
    this.on('closetag', () => this.closeElement())
  }

  isBesideContent(): boolean {
    return this.wrapperDepth > 0 && this.depth === this.wrapperDepth
  }

  openElement(tag: SaxesTagNS): void {
    if (this.isBesideContent() && this.content !== undefined) refuse('more than one document')
    if (++this.depth > MAX_DEPTH || ++this.elements > MAX_ELEMENTS) refuse('nested too deeply or too many elements')
    if (this.wrapperDepth > 0 || tag.local !== this.inside?.name || tag.uri !== this.inside.namespace) return
    if (this.start >= 0) refuse(`more than one ${this.inside.name}`)
    this.wrapperDepth = this.depth
    this.start = this.position
  }

  closeElement(): void {
    if (this.wrapperDepth > 0 && this.depth === this.wrapperDepth + 1)
      this.content = Buffer.from(this.source.slice(this.source.indexOf('<', this.start), this.position))
    if (this.depth === this.wrapperDepth) this.wrapperDepth = 0
    this.depth--
  }
}

const shared = ReplyParser.prototype
shared.on('doctype', () => refuse('document type declarations are not allowed'))
shared.on('processinginstruction', () => refuse('processing instructions are not allowed'))
shared.on('comment', function (this: ReplyParser) {
  if (this.isBesideContent()) refuse('a comment beside the document')
})
shared.on('xmldecl', ({ encoding }) => {
  if (encoding !== undefined && !/^utf-8$/i.test(encoding)) refuse(`encoding ${encoding}`)
})
shared.on('opentag', function (this: ReplyParser, tag) {
  this.openElement(tag)
})

/**
 * Strict pass over XML from outside, before any other library sees it: UTF-8 only, no DTD, no processing instruction,
 * bounded size, depth and count.
 * @param inside when given, `content` is the single element inside this one, cut out byte for byte.
 */
export const scanXml = (bytes: Buffer, inside?: QName): Scan => {
  if (bytes.length > MAX_REPLY_BYTES) return { ok: false, problem: 'larger than 1 MB' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const parser = new ReplyParser(text, inside)
    parser.write(text).close()
    return { ok: true, text, content: parser.content }
  } catch (error) {
    return { ok: false, problem: error instanceof Refused ? error.message : 'not UTF-8' }
  }
}
