import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { GatewayError } from '../contract/index.ts'
import { describeIssues, lineFinder } from './describe-issues.ts'

/** Where a connector's settings stand: in words, as a path in `gateway.yaml`, and in which folder that lies. */
export interface SettingsPlace {
  readonly what: string
  readonly path: readonly PropertyKey[]
  readonly folder: string
}

/** `gateway.yaml:12: `, where there is such a file: the sandbox has none. */
const linesOf = (folder: string): ((path: readonly PropertyKey[]) => string) => {
  const file = join(folder, 'gateway.yaml')
  try {
    const lineOf = lineFinder(readFileSync(file, 'utf8'))
    return (path) => `${file}:${lineOf(path)}: `
  } catch {
    return () => ''
  }
}

/**
 * A connector's own settings, as its schema has them.
 * @throws GatewayError CFG-008 with each wrong setting, its line, and what an unknown one may have meant
 */
export const connectorSettings = (place: SettingsPlace, schema: z.ZodType, value: unknown): unknown => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const line = linesOf(place.folder)
  const faults = describeIssues(result.error.issues, schema).map(({ path, message }) => {
    const at = path.length > 0 ? `.${path.map(String).join('.')}` : ''
    return `${line([...place.path, ...path])}${place.what}${at}: ${message}`
  })
  throw new GatewayError({
    kind: 'config',
    code: 'CFG-008',
    message: faults.join('\n'),
    hint: 'Correct these settings.',
  })
}
