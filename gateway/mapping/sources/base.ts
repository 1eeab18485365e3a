import { z } from 'zod'
import { defineValueSource, unmappable } from './source.ts'
import { makeTreeReader } from './tree-reader.ts'

/** An empty field means unchanged, so it is no fault of the source that would change the value. */
const asOptional = (source: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  ['field', 'expr', 'lookup'].some((key) => key in source) ? { optional: 'true', ...source } : source

/**
 * `{ base: TypeApprovalNumber }`: an element of the base eCoC, as it stands there.
 * `{ base: Length, unless: { field: LENGTH } }`: the same, unless the other source has a value.
 */
export const base = defineValueSource({
  key: 'base',
  schema: z.strictObject({
    base: z.string().min(1),
    optional: z.enum(['true', 'false']).optional(),
    unless: z.record(z.string(), z.unknown()).optional(),
  }),
  compile: (spec, element, compiling) => {
    const read = makeTreeReader(spec.base, element, compiling, 'base')
    const at = [...compiling.path, 'unless']
    const unless = spec.unless && compiling.nested(asOptional(spec.unless), element, at)
    if (unless?.rows) compiling.fail('MAP-009', 'A value for each row cannot change one value.', undefined, at)
    return {
      one: (run) => {
        const changed = unless?.one?.(run)
        if (changed !== undefined) return changed
        if (!run.base) return undefined
        const node = read(run.base)
        if (node !== undefined || spec.optional === 'true') return node
        return unmappable(run, 'MAP-114', spec.base, '', `The base eCoC has no ${spec.base}.`, element.name)
      },
    }
  },
})
