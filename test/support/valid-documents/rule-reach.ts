import { compileCondition } from '../../../gateway/checks/compile-condition.ts'
import { compileValue } from '../../../gateway/checks/compile-value.ts'
import { documentForm } from '../../../gateway/checks/document-form.ts'
import { concerns, kindOf } from '../../../gateway/checks/document-kind.ts'
import { compilePath, locateRoot, type Located } from '../../../gateway/checks/located.ts'
import type { Rule } from '../../../gateway/checks/rule.ts'
import type { IviTree } from '../../../gateway/contract/ivi-tree.ts'

/** `silent`: the rule does not speak of the document; `applies`: it does; `decides`: and all that it compares is there. */
export type Reach = 'silent' | 'applies' | 'decides'

/** How far a rule gets with a document, by the parts of the engine, so that a rule that never says a word is seen. */
export const reachOf = (rule: Rule): ((tree: IviTree) => Reach) => {
  const when = rule.when ?? {}
  if (rule.form !== undefined)
    return (tree) => {
      const kind = kindOf(locateRoot(tree))
      return concerns(when, kind) && documentForm(kind) ? 'decides' : 'silent'
    }
  const known = new Set<string>()
  const readers = Object.entries(rule.let ?? {}).map(([name, value]) => {
    const read = compileValue(value, known)
    known.add(name)
    return [name, read] as const
  })
  const applies = when.if && compileCondition(when.if, known)
  const holds = compileCondition(rule.check, known)
  const rows = rule.each === undefined ? undefined : compilePath(rule.each)
  const judge = (scope: Located): Reach => {
    const named = new Map<string, string | undefined>()
    for (const [name, read] of readers) named.set(name, read(scope, named))
    if (applies && applies(scope, named) !== true) return 'silent'
    return holds(scope, named) === undefined ? 'applies' : 'decides'
  }
  return (tree) => {
    const root = locateRoot(tree)
    if (!concerns(when, kindOf(root))) return 'silent'
    const found = (rows?.(root) ?? [root]).map(judge)
    return found.includes('decides') ? 'decides' : found.includes('applies') ? 'applies' : 'silent'
  }
}
