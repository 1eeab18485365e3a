import type { Schema } from '../data/sources.ts'

/** One field of a form that is made from a schema; `path` is its way: `hmac.secretFile`. */
export interface FormField {
  readonly path: string
  readonly about: string
  readonly kind: 'text' | 'number' | 'choice' | 'switch' | 'lines'
  readonly choices: readonly string[]
  /** Needed wherever its group is used. */
  readonly needed: boolean
  readonly otherwise: string
}

const isOf = (schema: Schema, type: string): boolean => [schema.type ?? []].flat().includes(type)

const kindOf = (schema: Schema): FormField['kind'] => {
  if (schema.enum) return 'choice'
  if (isOf(schema, 'boolean')) return 'switch'
  if (isOf(schema, 'integer') || isOf(schema, 'number')) return 'number'
  return isOf(schema, 'array') ? 'lines' : 'text'
}

const branchesOf = (schema: Schema): readonly Schema[] => [schema, ...(schema.anyOf ?? schema.oneOf ?? [])]

/** The fields of a schema, groups spread out; of a choice every branch's, each once. */
export const fieldsOf = (schema: Schema, prefix = ''): readonly FormField[] => {
  const fields = branchesOf(schema).flatMap((branch) =>
    Object.entries(branch.properties ?? {}).flatMap(([key, value]): readonly FormField[] => {
      const path = `${prefix}${key}`
      const isGroup = branchesOf(value).some((b) => b.properties !== undefined)
      if (isGroup) return fieldsOf(value, `${path}.`)
      const choices = (value.enum ?? branchesOf(value).flatMap((b) => (b.const === undefined ? [] : [b.const]))).map(
        String,
      )
      const otherwise = value.default === undefined ? '' : [value.default].flat().map(String).join('\n')
      const kind = choices.length > 0 ? 'choice' : kindOf(value)
      const needed = branch.required?.includes(key) === true && value.default === undefined
      return [{ path, about: value.description ?? '', kind, choices, needed, otherwise }]
    }),
  )
  return [...new Map(fields.map((f) => [f.path, f])).values()]
}

/** Text in single quotes is what it is in YAML, whatever stands in it. */
const quoted = (text: string): string =>
  /^[A-Za-z/][\w./-]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text)
    ? text
    : `'${text.replaceAll("'", "''")}'`

type Tree = { [key: string]: string | Tree }

const linesOf = (tree: Tree, indent: string): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${indent}${key}: ${value}`] : [`${indent}${key}:`, ...linesOf(value, `${indent}  `)],
  )

/** The entry of `sources` for what was filled in; what stands empty is left out and takes its default. */
export const yamlOf = (
  head: Readonly<Record<string, string>>,
  fields: readonly FormField[],
  values: ReadonlyMap<string, string>,
): string => {
  const config: Tree = {}
  for (const { path, kind } of fields) {
    const value = values.get(path) ?? ''
    if (value === '') continue
    const steps = path.split('.')
    const last = steps.pop() ?? ''
    let here = config
    for (const step of steps) {
      const next = here[step]
      here = typeof next === 'object' ? next : (here[step] = {})
    }
    if (kind === 'lines')
      here[last] = `[${value
        .split('\n')
        .filter((l) => l.trim())
        .map((l) => quoted(l.trim()))
        .join(', ')}]`
    else here[last] = kind === 'number' || kind === 'switch' ? value : quoted(value)
  }
  const lines = [...Object.entries(head).map(([key, value]) => `${key}: ${quoted(value)}`), ...linesOf({ config }, '')]
  return `sources:\n${lines.map((line, i) => `${i === 0 ? '  - ' : '    '}${line}`).join('\n')}\n`
}
