import type { Finding } from '../contract/finding.ts'
import { unitOf } from '../ivi/coc/coc.ts'

type Params = Readonly<Record<string, string | number | undefined>>

/** Name of the element that a path ends in, without index. */
const elementIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\[\d+\]$/, '')

/**
 * The figures of every finding, for whoever decides on it: `measured` (new), `base` (old), `expected` or `limit`,
 * `deviation` and `tolerance` in percent, `unit` of the values, `article`, and `element` by its IVI name.
 */
const figures = (path: string, params: Params): Params => {
  const element = elementIn(path)
  if (element === '') return params
  const expected = params.expected ?? params.declared ?? (params.limit === undefined ? params.base : undefined)
  return { element, unit: unitOf(element), ...params, expected }
}

const make = (severity: Finding['severity'], code: string, path: string, message: string, params: Params): Finding => {
  const all = Object.entries(figures(path, params))
  const given = all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  return { code, layer: 'drift', severity, path, message, params: Object.fromEntries(given) }
}

/** A drift that a person may let pass. */
export const signOff = (code: string, path: string, message: string, params: Params): Finding =>
  make('warning', code, path, `${message} A person must confirm it.`, params)

/** A drift that nobody may let pass. */
export const refuse = (code: string, path: string, message: string, params: Params): Finding =>
  make('error', code, path, message, params)

/** Worth knowing, nothing to decide. */
export const note = (code: string, path: string, message: string, params: Params): Finding =>
  make('info', code, path, message, params)
