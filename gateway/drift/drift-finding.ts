import type { Finding } from '../contract/finding.ts'

type Params = Readonly<Record<string, string | number | undefined>>

const make = (severity: Finding['severity'], code: string, path: string, message: string, params: Params): Finding => {
  const given = Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
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
