import type { DraftGroup } from '../draft.ts'
import type { Element } from '../elements.ts'
import { place, type Target } from '../target.ts'
import type { Compiling, Evaluate, Run } from './source.ts'

/** Compiles the elements of one row of a repeated group: target below the row → source. */
export const makeRowMaker = (
  row: Readonly<Record<string, unknown>>,
  group: Element,
  compiling: Compiling,
  within?: 'list',
): ((run: Run, into: DraftGroup) => void) => {
  const parts = Object.entries(row).map(([name, spec]): { target: Target; evaluate: Evaluate } => {
    const at = [...compiling.path, 'row', name]
    const target = compiling.target(name, group, at)
    const { one } = compiling.nested(spec, target.element, at, within)
    return {
      target,
      evaluate: one ?? compiling.fail('MAP-009', 'Rows inside rows are not for this source.', undefined, at),
    }
  })
  return (run, into) => {
    for (const { target, evaluate } of parts) {
      const node = evaluate(run)
      if (node !== undefined) place(into, target, node)
    }
  }
}
