import { z } from 'zod'

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The schemas that stand for a value at this place: a choice stands for each of its branches. */
const branches = (schema: unknown, root: Json): Json[] => {
  if (!isObject(schema)) return []
  const ref = typeof schema.$ref === 'string' ? /^#\/\$defs\/(.+)$/.exec(schema.$ref)?.[1] : undefined
  if (ref !== undefined) return branches((root.$defs as Json | undefined)?.[ref], root)
  const choices = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((c) => (Array.isArray(c) ? (c as unknown[]) : []))
  return [schema, ...choices.flatMap((c) => branches(c, root))]
}

/** The keys that a schema knows at a place: what an unknown one may have meant. */
export const knownKeys = (schema: z.ZodType, path: readonly PropertyKey[]): string[] => {
  const root = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Json
  let here = branches(root, root)
  for (const step of path)
    here = here.flatMap((s) => {
      if (typeof step === 'number') return branches(s.items, root)
      const properties = s.properties as Json | undefined
      return branches(properties?.[String(step)] ?? s.additionalProperties, root)
    })
  return [...new Set(here.flatMap((s) => (isObject(s.properties) ? Object.keys(s.properties) : [])))]
}
