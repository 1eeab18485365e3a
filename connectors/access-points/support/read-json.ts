import type { AuthorityMessage } from '../../../gateway/contract/flow.ts'
import { MAX_REPLY_BYTES } from './call-rest.ts'

const MAX_VALUES = 200
const MAX_TEXT = 2_000

/** What stands in an answer; undefined when it is no JSON, not UTF-8 or too large. */
export const readJson = (bytes: Buffer): unknown => {
  if (bytes.length > MAX_REPLY_BYTES) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    return undefined
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const stepInto = (value: unknown, name: string): unknown[] => {
  if (Array.isArray(value)) return name === '*' ? (value as unknown[]).slice(0, MAX_VALUES) : []
  if (!isObject(value)) return []
  return name !== '*' && Object.hasOwn(value, name) ? [value[name]] : []
}

/** Every value at a path such as `errors.*.message`, where `*` is each element of a list; at most 200. */
export const valuesAt = (value: unknown, path: string): unknown[] =>
  path
    .split('.')
    .reduce<unknown[]>((found, name) => found.flatMap((v) => stepInto(v, name)).slice(0, MAX_VALUES), [value])

/** The first text, number or truth value at the first of the paths that has one; undefined when empty. */
export const textAt = (value: unknown, paths: readonly string[]): string | undefined => {
  for (const path of paths)
    for (const found of valuesAt(value, path)) {
      if (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean') continue
      const text = String(found).trim().slice(0, MAX_TEXT)
      if (text !== '') return text
    }
  return undefined
}

/** Where messages stand, and where their parts stand inside one. A message may also be a plain text. */
export interface MessagePaths {
  readonly code: readonly string[]
  readonly text: readonly string[]
  readonly severity: readonly string[]
  readonly path: readonly string[]
}

/** English and Norwegian. */
const severities: Readonly<Record<string, AuthorityMessage['severity']>> = {
  error: 'error',
  feil: 'error',
  warning: 'warning',
  advarsel: 'warning',
  varsel: 'warning',
  info: 'info',
  information: 'info',
}

/** The messages at the paths; `otherwise` is the severity of those that name none. */
export const messagesAt = (
  value: unknown,
  at: readonly string[],
  parts: MessagePaths,
  otherwise: AuthorityMessage['severity'],
): AuthorityMessage[] =>
  at
    .flatMap((path) => valuesAt(value, path))
    .slice(0, MAX_VALUES)
    .flatMap((found) => {
      if (typeof found === 'string')
        return found.trim() === '' ? [] : [{ code: '', text: found.trim().slice(0, MAX_TEXT), severity: otherwise }]
      const [code, text, path] = [textAt(found, parts.code), textAt(found, parts.text), textAt(found, parts.path)]
      if (code === undefined && text === undefined) return []
      const word = textAt(found, parts.severity)?.toLowerCase() ?? ''
      const severity = Object.hasOwn(severities, word) ? (severities[word] ?? otherwise) : otherwise
      return [{ code: code ?? '', text: text ?? '', severity, ...(path === undefined ? {} : { path }) }]
    })
