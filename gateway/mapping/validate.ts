import { z } from 'zod'
import { GatewayError } from '../contract/errors.ts'
import { didYouMean } from './did-you-mean.ts'
import type { YamlPath, YamlText } from './yaml-text.ts'

/** Ends the reading of a mapper: `file:line` first, so that editors can jump there. */
export const failAt = (file: string, line: number, code: string, problem: string, hint?: string): never => {
  throw new GatewayError({
    kind: 'config',
    code,
    message: `${file}:${line}: ${problem}`,
    ...(hint === undefined || hint === '' ? {} : { hint }),
    params: { file, line },
  })
}

const knownKeys = (schema: z.ZodType | undefined, path: YamlPath): readonly string[] => {
  let at: unknown = schema
  const inner = (): unknown => {
    while (at instanceof z.ZodOptional) at = at.unwrap()
    return at
  }
  for (const step of path) {
    const node = inner()
    if (node instanceof z.ZodObject) at = (node.shape as Record<string, unknown>)[String(step)]
    else if (node instanceof z.ZodRecord) at = node.valueType
    else if (node instanceof z.ZodArray) at = node.element
    else return []
  }
  const node = inner()
  if (node instanceof z.ZodObject) return Object.keys(node.shape)
  return node instanceof z.ZodUnion
    ? node.options.flatMap((o) => (o instanceof z.ZodObject ? Object.keys(o.shape) : []))
    : []
}

/**
 * Holds a part of a YAML file against a schema.
 * @throws GatewayError (config, MAP-002 or MAP-003) for the first fault, with its line
 */
export const validate = <T>(
  schema: z.ZodType<T>,
  value: unknown,
  yaml: YamlText,
  file: string,
  path: YamlPath = [],
): T => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  // A mistyped key is the cause of the missing one that is reported beside it.
  const { issues } = result.error
  const issue = issues.find((i) => i.code === 'unrecognized_keys') ?? issues[0]
  if (!issue) return failAt(file, yaml.lineOf(path), 'MAP-002', 'The entry is not valid.')
  // A union reports the nearest of its branches below `errors`.
  const within =
    issue.code === 'invalid_union' ? issue.errors.flat().find((e) => e.code === 'unrecognized_keys') : undefined
  const at = [...path, ...issue.path.map((p) => (typeof p === 'number' ? p : String(p)))]
  const fault = within ?? issue
  if (fault.code === 'unrecognized_keys') {
    const key = fault.keys[0] ?? ''
    const known = knownKeys(schema, issue.path as YamlPath)
    return failAt(
      file,
      yaml.lineOf([...at, key]),
      'MAP-003',
      `"${key}" is no key that may stand here.${didYouMean(key, known)}`,
      `Allowed here: ${known.join(', ')}.`,
    )
  }
  const where = at.join('.')
  return failAt(
    file,
    yaml.lineOf(at),
    'MAP-002',
    `${where === '' ? 'The file' : where} is not as it must be: ${issue.message}`,
  )
}
