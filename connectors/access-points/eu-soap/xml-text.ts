import type { QName } from './config-parts.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

/** Text for element content and attribute values. */
export const escape = (text: string): string => text.replace(/[&<>"\r]/g, (c) => escapes[c] ?? c)

/** Elements without a namespace stand bare: nothing around them declares a default one. */
export const openTag = (q: QName): string =>
  q.namespace === '' ? `<${q.name}>` : `<p:${q.name} xmlns:p="${escape(q.namespace)}">`
export const closeTag = (q: QName): string => (q.namespace === '' ? `</${q.name}>` : `</p:${q.name}>`)
export const leaf = (q: QName, text: string): string => `${openTag(q)}${escape(text)}${closeTag(q)}`
