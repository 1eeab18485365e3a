import { z } from 'zod'
import { conditionFormat } from './condition.ts'
import { anySource, mapperFormat } from './mapper-format.ts'
import { sourceKinds } from './sources/index.ts'

/** A part of a JSON Schema, as zod makes it. */
interface Node {
  type?: unknown
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Node>
  required?: string[]
  [key: string]: unknown
}

const sourceRef = { $ref: '#/$defs/source' }

/** Sources within sources are declared as any record: they are value sources too, and so refer to them. */
const isAnyRecord = (schema: unknown): boolean =>
  schema === anySource ||
  (schema instanceof z.ZodRecord && schema.valueType instanceof z.ZodUnknown && schema.keyType instanceof z.ZodString)

/** Places whose entries are sources by name, not one source. */
const holdsSources: ReadonlySet<string> = new Set(['row', 'map', 'facts'])

/**
 * The mapper reads every scalar as text; an editor reads `1.0` as a number and `true` as a boolean. Both are right.
 */
const widen = (node: Node): void => {
  // What zod notes beside a pattern is no format of JSON Schema.
  if (node['format'] === 'includes') delete node['format']
  if (node.type === 'string') {
    // A list of whole texts holds as it is, with numbers and booleans of the same spelling beside them.
    if (node.enum) {
      node.enum = node.enum.flatMap((v) => (v === 'true' || v === 'false' ? [v, v === 'true'] : [v]))
      delete node.type
    } else node.type = ['string', 'number', 'boolean']
  }
}

const schemaOf = (schema: z.ZodType): Node =>
  z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema, path }) => {
      if (isAnyRecord(zodSchema)) {
        for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key)
        const at = path.at(-1)
        if (typeof at === 'string' && holdsSources.has(at))
          Object.assign(jsonSchema, { type: 'object', additionalProperties: sourceRef })
        else Object.assign(jsonSchema, sourceRef)
      } else widen(jsonSchema as Node)
    },
  }) as Node

const withoutDialect = (node: Node): Node => {
  const { ...copy } = node
  delete copy['$schema']
  return copy
}

/** Every kind of value source, each with the condition that any of them may have. */
const sources = (): Node => {
  const when = withoutDialect(schemaOf(conditionFormat))
  const kinds = [...sourceKinds.values()].map(({ key, schema }) => {
    const node = withoutDialect(schemaOf(schema))
    return { title: key, ...node, properties: { ...node.properties, when } }
  })
  return { anyOf: kinds }
}

/**
 * The JSON Schema of mapper files, for editors. It knows the shape; names of fields and elements, expressions and
 * cycles are checked when a mapper is loaded. It stands in docs/mapper.schema.json.
 */
export const makeMapperSchema = (): Record<string, unknown> => ({
  title: 'eCoC Gateway mapper',
  ...schemaOf(mapperFormat),
  $defs: { source: sources() },
})
