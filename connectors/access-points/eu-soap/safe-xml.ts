import { SaxesParser } from 'saxes'
import type { QName } from './config.ts'

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
 * Strict pass over XML from outside, before any other library sees it: UTF-8 only, no DTD, no processing instruction,
 * bounded size, depth and count.
 * @param inside when given, `content` is the single element inside this one, cut out byte for byte.
 */
export const scanXml = (bytes: Buffer, inside?: QName): Scan => {
  if (bytes.length > MAX_REPLY_BYTES) return { ok: false, problem: 'larger than 1 MB' }
  let depth = 0
  let elements = 0
  let wrapperDepth = 0
  let start = -1
  let content: Buffer | undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const parser = new SaxesParser({ xmlns: true, position: true })
    const outsideContent = (): boolean => wrapperDepth > 0 && depth === wrapperDepth
    parser.on('error', (error) => refuse(error.message))
    parser.on('doctype', () => refuse('document type declarations are not allowed'))
    parser.on('processinginstruction', () => refuse('processing instructions are not allowed'))
    parser.on('comment', () => outsideContent() && refuse('a comment beside the document'))
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^utf-8$/i.test(encoding)) refuse(`encoding ${encoding}`)
    })
    parser.on('text', (t) => {
      if (outsideContent() && t.trim() !== '') refuse('text beside the document')
    })
    parser.on('opentag', (tag) => {
      if (outsideContent() && content !== undefined) refuse('more than one document')
      depth++
      if (depth > MAX_DEPTH || ++elements > MAX_ELEMENTS) refuse('nested too deeply or too many elements')
      if (wrapperDepth === 0 && tag.local === inside?.name && tag.uri === inside.namespace) {
        if (start >= 0) refuse(`more than one ${inside.name}`)
        wrapperDepth = depth
        start = parser.position
      }
    })
    parser.on('closetag', () => {
      if (wrapperDepth > 0 && depth === wrapperDepth + 1) {
        content = Buffer.from(text.slice(text.indexOf('<', start), parser.position))
      }
      if (depth === wrapperDepth) wrapperDepth = 0
      depth--
    })
    parser.write(text).close()
    return { ok: true, text, content }
  } catch (error) {
    return { ok: false, problem: error instanceof Refused ? error.message : 'not UTF-8' }
  }
}
