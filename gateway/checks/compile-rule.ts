import type { Finding } from '../contract/finding.ts'
import { compileCondition } from './compile-condition.ts'
import { compileFormRule } from './compile-form-rule.ts'
import { compileValue, type Named, type ReadValue } from './compile-value.ts'
import { concerns, type DocumentKind } from './document-kind.ts'
import { compilePath, pathTo, type Located } from './located.ts'
import { findingOf, type MakeFinding } from './make-finding.ts'
import type { ContentRule, Rule } from './rule.ts'

export type CompiledRule = (root: Located, kind: DocumentKind, found: Finding[]) => void

/** A broken table says the same of every row: more than these help nobody and would let a sender fill the register. */
const findingsPerRule = 100

/** The values of a row, each read when it is first asked for: most rows ask for few. */
class RowValues implements Named {
  readonly #readers: ReadonlyMap<string, ReadValue>
  readonly #scope: Located
  #known: Map<string, string | undefined> | undefined
  constructor(readers: ReadonlyMap<string, ReadValue>, scope: Located) {
    this.#readers = readers
    this.#scope = scope
  }

  get(name: string): string | undefined {
    this.#known ??= new Map()
    if (this.#known.has(name)) return this.#known.get(name)
    const value = this.#readers.get(name)?.(this.#scope, this)
    this.#known.set(name, value)
    return value
  }

  /** All that are there. */
  all(): Record<string, string> {
    return Object.fromEntries(
      [...this.#readers.keys()].flatMap((name) => {
        const value = this.get(name)
        return value === undefined ? [] : [[name, value]]
      }),
    )
  }
}

const compileLet = (rule: ContentRule): ReadonlyMap<string, ReadValue> => {
  const known = new Set<string>()
  const readers = new Map<string, ReadValue>()
  for (const [name, value] of Object.entries(rule.let ?? {})) {
    readers.set(name, compileValue(value, known))
    known.add(name)
  }
  return readers
}

/** Rows come table by table, so the last of a table is followed by one of another table, or by none. */
const isLast = (row: Located, next: Located | undefined): boolean => next?.parent?.node !== row.parent?.node

const pick = (all: readonly Located[], rows: ContentRule['rows'] = 'all'): readonly Located[] =>
  rows === 'all' ? all : all.filter((row, i) => isLast(row, all[i + 1]) === (rows === 'last'))

const compileContentRule = (rule: ContentRule, make: MakeFinding): CompiledRule => {
  const readers = compileLet(rule)
  const known = new Set(readers.keys())
  const when = rule.when ?? {}
  const applies = when.if === undefined ? undefined : compileCondition(when.if, known)
  const holds = compileCondition(rule.check, known)
  const rows = rule.each === undefined ? undefined : compilePath(rule.each)
  return (root, kind, found) => {
    if (!concerns(when, kind)) return
    const before = found.length
    for (const scope of rows === undefined ? [root] : pick(rows(root), rule.rows)) {
      const named = new RowValues(readers, scope)
      if (applies !== undefined && applies(scope, named) !== true) continue
      if (holds(scope, named) !== false) continue
      found.push(make(kind, pathTo(scope, rule.at), named.all()))
      if (found.length - before >= findingsPerRule) return
    }
  }
}

/**
 * Compiles a rule to closures, once. Throws GatewayError CHECKS-003 (bug) when it uses an undefined name.
 * @param switched why the site softened it
 */
export const compileRule = (rule: Rule, switched?: string): CompiledRule => {
  const make = findingOf(rule, switched)
  return rule.form === undefined ? compileContentRule(rule, make) : compileFormRule(rule, make, findingsPerRule)
}
