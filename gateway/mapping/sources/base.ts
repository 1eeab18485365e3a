import { z } from 'zod'
import { defineValueSource, unmappable } from './source.ts'
import { makeTreeReader } from './tree-reader.ts'

/** `{ base: TypeApprovalNumber }`: an element of the base eCoC, as it stands there. */
export const base = defineValueSource({
  key: 'base',
  schema: z.strictObject({ base: z.string().min(1), optional: z.enum(['true', 'false']).optional() }),
  compile: (spec, element, compiling) => {
    const read = makeTreeReader(spec.base, element, compiling, 'base')
    return {
      one: (run) => {
        if (!run.base) return undefined
        const node = read(run.base)
        if (node !== undefined || spec.optional === 'true') return node
        return unmappable(run, 'MAP-114', spec.base, '', `The base eCoC has no ${spec.base}.`, element.name)
      },
    }
  },
})
