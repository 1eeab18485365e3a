import { z } from 'zod'
import { Cell } from '../draft.ts'
import { defineValueSource, type Evaluate } from './source.ts'

/** `{ rows: [{ field: AX1 }, { field: AX2 }] }`: one source per row of the target's `[*]` group, first row first. */
export const rows = defineValueSource({
  key: 'rows',
  schema: z.strictObject({ rows: z.array(z.record(z.string(), z.unknown())).min(1).max(99) }),
  compile: (spec, element, compiling) => {
    const each = spec.rows.map((row, i): Evaluate => {
      const at = [...compiling.path, 'rows', i]
      const compiled = compiling.nested(row, element, at)
      return compiled.one ?? compiling.fail('MAP-009', 'A row holds one value.', 'Use a source of one value in it.', at)
    })
    return {
      rows: (run) =>
        each.map((evaluate) => {
          const node = evaluate(run)
          return node instanceof Cell ? node : undefined
        }),
    }
  },
})
