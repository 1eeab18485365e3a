import type { Finding } from '../contract/finding.ts'
import { compileCondition } from './compile-condition.ts'
import { compileValue, type ReadValue } from './compile-value.ts'
import { compilePath, pathTo, type Located } from './located.ts'
import type { Rule, When } from './rule.ts'

/** What every rule asks of a document, read once per document. */
export interface DocumentKind {
  readonly category: string
  readonly stage: string
}

export type CompiledRule = (root: Located, kind: DocumentKind, found: Finding[]) => void

/** A broken table says the same of every row: more than these help nobody and would let a sender fill the register. */
const findingsPerRule = 100

const concerns = (when: When, kind: DocumentKind): boolean =>
  (when.categories?.some((beginning) => kind.category.startsWith(beginning)) ?? true) &&
  (when.stages?.some((stage) => stage === kind.stage) ?? true)

const compileLet = (rule: Rule) => {
  const known = new Set<string>()
  const readers: [string, ReadValue][] = []
  for (const [name, value] of Object.entries(rule.let ?? {})) {
    readers.push([name, compileValue(value, known)])
    known.add(name)
  }
  const read = (scope: Located): Map<string, string | undefined> => {
    const named = new Map<string, string | undefined>()
    for (const [name, reader] of readers) named.set(name, reader(scope, named))
    return named
  }
  return { known, read }
}

const makeFinding = (rule: Rule, scope: Located, named: ReadonlyMap<string, string | undefined>): Finding => ({
  code: rule.code,
  layer: 'rules',
  severity: rule.severity,
  path: pathTo(scope, rule.at),
  message: rule.message.replace(/\{(\w+)\}/g, (_whole, name: string) => named.get(name) ?? 'nothing'),
  params: {
    clause: rule.clause,
    ...Object.fromEntries([...named].flatMap(([n, v]) => (v === undefined ? [] : [[n, v]]))),
  },
})

/** Compiles a rule to closures, once. Throws GatewayError CHECKS-003 (bug) when it uses an undefined name. */
export const compileRule = (rule: Rule): CompiledRule => {
  const { known, read } = compileLet(rule)
  const when = rule.when ?? {}
  const applies = when.if === undefined ? undefined : compileCondition(when.if, known)
  const holds = compileCondition(rule.check, known)
  const rows = rule.each === undefined ? undefined : compilePath(rule.each)
  return (root, kind, found) => {
    if (!concerns(when, kind)) return
    const before = found.length
    const all = rows === undefined ? [root] : rows(root)
    for (const scope of rule.rows === 'last' ? all.slice(-1) : all) {
      const named = read(scope)
      if (applies !== undefined && applies(scope, named) !== true) continue
      if (holds(scope, named) !== false) continue
      found.push(makeFinding(rule, scope, named))
      if (found.length - before >= findingsPerRule) return
    }
  }
}
