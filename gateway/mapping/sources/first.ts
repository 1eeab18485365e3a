import { z } from 'zod'
import { defineValueSource, type Evaluate } from './source.ts'

/** `{ first: [{ field: A, when: … }, { base: X }] }`: the first of several sources that has a value. */
export const first = defineValueSource({
  key: 'first',
  schema: z.strictObject({ first: z.array(z.record(z.string(), z.unknown())).min(1).max(20) }),
  compile: (spec, element, compiling) => {
    const each = spec.first.map((source, i): Evaluate => {
      const at = [...compiling.path, 'first', i]
      const { one } = compiling.nested(source, element, at)
      return one ?? compiling.fail('MAP-009', 'A value for each row cannot stand in a list of choices.', undefined, at)
    })
    return {
      one: (run) => {
        for (const evaluate of each) {
          const node = evaluate(run)
          if (node !== undefined) return node
        }
        return undefined
      },
    }
  },
})
