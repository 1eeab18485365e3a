/** What a place answered that was asked for the base eCoC of a VIN. */
export interface RawAnswer {
  readonly status: number
  readonly body: Buffer
}

/** `document`: take it; `none`: it knows no such vehicle; `page`: for people, may lead to the document. */
export type Classified =
  | { readonly kind: 'document'; readonly bytes: Buffer }
  | { readonly kind: 'none' }
  | { readonly kind: 'page'; readonly text: string }
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'unusable'; readonly why: string }

const noneStatuses = new Set([204, 404, 410])
/** Enough to see what it is. */
const headLength = 4096

const magic = [
  { begins: '%PDF-', what: 'a PDF' },
  { begins: 'PK\u0003\u0004', what: 'a ZIP file' },
  { begins: '\u0089PNG', what: 'a picture' },
  { begins: '\u00ff\u00d8\u00ff', what: 'a picture' },
] as const

/** The first element of an XML text behind declaration and comments. */
const rootOf = (head: string): string | undefined =>
  /^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^]{0,2000}?-->\s*)*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)/.exec(head)?.[1]

/**
 * Says what an answer is by what stands in it: servers label XML as anything, and pages of errors as success.
 * @param none texts on a page that knows no such vehicle
 */
export const classifyAnswer = ({ status, body }: RawAnswer, none: readonly string[] = []): Classified => {
  if (noneStatuses.has(status)) return { kind: 'none' }
  if (status !== 200) return { kind: 'unusable', why: `it answers HTTP ${status}` }
  const head = body.toString('latin1', 0, headLength)
  const known = magic.find(({ begins }) => head.startsWith(begins))
  if (known) return { kind: 'unusable', why: `it answers ${known.what}, not the XML` }
  const text = body.toString('utf8').replace(/^\ufeff/, '')
  const start = text.slice(0, headLength).trimStart()
  if (start === '') return { kind: 'none' }
  if (rootOf(start) === 'InitialVehicleInformation') return { kind: 'document', bytes: body }
  if (none.some((phrase) => text.includes(phrase))) return { kind: 'none' }
  if (/^(<!doctype html|<html[\s>])/i.test(start)) return { kind: 'page', text }
  if (start.startsWith('{') || start.startsWith('[')) return { kind: 'json', text }
  return { kind: 'unusable', why: 'it answers neither an IVI document nor a page' }
}

const unescaped = (text: string): string => text.replaceAll('&amp;', '&')

/**
 * The address on a page that leads to the document: the first link with the text in it, on the page's own server.
 * @param within text of the link, such as `.xml`
 */
export const linkOn = (page: string, at: string, within: string): string | undefined => {
  const origin = new URL(at).origin
  for (const [, href = ''] of page.matchAll(/\bhref\s*=\s*["']([^"'<>]{1,1000})["']/gi)) {
    if (!href.includes(within)) continue
    const target = URL.parse(unescaped(href), at)
    if (target?.origin === origin) return target.href
  }
  return undefined
}

/**
 * The document in a JSON answer, as text or Base64.
 * @param pointer JSON pointer (RFC 6901)
 * @returns undefined when nothing stands there
 */
export const documentIn = (json: string, pointer: string): Buffer | undefined => {
  let node: unknown
  try {
    node = JSON.parse(json)
  } catch {
    return undefined
  }
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined
    node = (node as Record<string, unknown>)[key]
  }
  if (typeof node !== 'string' || node.trim() === '') return undefined
  return node.trimStart().startsWith('<') ? Buffer.from(node) : Buffer.from(node, 'base64')
}
