import { XmlAttribute, XmlDocument, type XmlNode } from 'libxml2-wasm'
import { scanXml } from '../eu-soap/safe-xml.ts'
import { isObject, readJson, textAt, valuesAt } from '../support/read-json.ts'
import type { ReplyFormat } from './config.ts'

/** What can be asked of a reply, whatever its format; a message inside it answers the same questions. */
export interface ReplyReader {
  holds(when: string): boolean
  text(expression: string): string | undefined
  each(expression: string): readonly ReplyReader[]
}

const MAX_TEXT = 2_000
const MAX_MESSAGES = 200
/** Regular expressions come from the configuration; they are not let loose on a megabyte. */
const MAX_PATTERN_BYTES = 64 * 1024

const cut = (text: string | undefined): string | undefined => {
  const trimmed = text?.trim().slice(0, MAX_TEXT)
  return trimmed === '' ? undefined : trimmed
}

const ofNode = (node: XmlNode, namespaces: Record<string, string>): ReplyReader => {
  const first = (expression: string) => {
    const value = node.eval(expression, namespaces)
    return Array.isArray(value) ? value[0] : value
  }
  return {
    holds: (when) => {
      const value = first(when)
      return typeof value === 'object' ? true : Boolean(value)
    },
    text: (expression) => {
      const value = first(expression)
      if (typeof value !== 'object') return value === undefined ? undefined : cut(String(value))
      return cut(value instanceof XmlAttribute ? value.value : value.content)
    },
    each: (expression) => {
      const found = node.eval(expression, namespaces)
      return Array.isArray(found) ? found.slice(0, MAX_MESSAGES).map((n) => ofNode(n, namespaces)) : []
    },
  }
}

const ofJson = (json: unknown): ReplyReader => ({
  holds: (when) => {
    const [, path = when, value] = /^([^=]+)=(.*)$/.exec(when) ?? []
    const text = textAt(json, [path])
    return value === undefined ? text !== undefined : text === value
  },
  text: (expression) => textAt(json, [expression]),
  each: (expression) => valuesAt(json, expression).map(ofJson),
})

const ofMatch = (groups: Readonly<Record<string, string | undefined>>): ReplyReader => ({
  holds: (name) => groups[name] !== undefined,
  text: (name) => cut(groups[name]),
  each: () => [],
})
const ofText = (text: string): ReplyReader => ({
  holds: (when) => new RegExp(when, 'imu').test(text),
  text: (expression) => {
    const match = new RegExp(expression, 'imu').exec(text)
    return cut(match?.[1] ?? match?.[0])
  },
  each: (expression) =>
    [...text.matchAll(new RegExp(expression, 'gimu'))].slice(0, MAX_MESSAGES).map((m) => {
      const groups = m.groups ?? {}
      return ofMatch({ ...groups, text: groups['text'] ?? m[0] })
    }),
})

/**
 * Opens a reply for one reading.
 * @param read is given the reader; it must not keep it
 * @returns what `read` gave, or why the reply cannot be read
 */
export const openReply = <T>(
  format: ReplyFormat,
  bytes: Buffer,
  read: (reader: ReplyReader) => T,
): { readonly value: T } | { readonly problem: string } => {
  if (format.format === 'xml') {
    const scan = scanXml(bytes)
    if (!scan.ok) return { problem: `no acceptable XML: ${scan.problem}` }
    const document = XmlDocument.fromString(scan.text)
    try {
      return { value: read(ofNode(document.root, format.namespaces)) }
    } finally {
      document.dispose()
    }
  }
  if (format.format === 'json') {
    const json = readJson(bytes)
    return isObject(json) ? { value: read(ofJson(json)) } : { problem: 'no acceptable JSON object' }
  }
  if (bytes.length > MAX_PATTERN_BYTES) return { problem: 'larger than 64 KB' }
  try {
    return { value: read(ofText(new TextDecoder(format.encoding, { fatal: true }).decode(bytes))) }
  } catch {
    return { problem: `no text in ${format.encoding}` }
  }
}
