import { toMicro } from '../support/decimal.ts'
import { compileValue, type Named } from './compile-value.ts'
import { compilePath, isAbsolute, oncePerDocument, textOf, type Located } from './located.ts'
import type { Condition, Operator, Value } from './rule.ts'

/** True, false, or undefined when a value it needs is absent. */
export type Holds = (scope: Located, named: Named) => boolean | undefined

const operators: Readonly<Record<Operator, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

const isoDay = /^\d{4}-\d{2}-\d{2}/
/** The day of an xs:date or xs:dateTime as written; an offset does not move it. */
const dayOf = (text: string): string | undefined => isoDay.exec(text)?.[0]

const both = (
  [left, right]: readonly [Value, Value],
  known: ReadonlySet<string>,
  judge: (a: string, b: string) => boolean | undefined,
): Holds => {
  const a = compileValue(left, known)
  const b = compileValue(right, known)
  return (scope, named) => {
    const x = a(scope, named)
    const y = b(scope, named)
    return x === undefined || y === undefined ? undefined : judge(x, y)
  }
}

const one = (value: Value, known: ReadonlySet<string>, judge: (text: string, scope: Located) => boolean): Holds => {
  const read = compileValue(value, known)
  return (scope, named) => {
    const text = read(scope, named)
    return text === undefined ? undefined : judge(text, scope)
  }
}

/** A group is present when it is there, a leaf when it holds text. */
const isPresent = (at: Located): boolean => typeof at.node !== 'string' || textOf(at) !== undefined

const compilePresence = (paths: readonly string[], wanted: boolean): Holds => {
  const selects = paths.map(compilePath)
  return (scope) => selects.every((select) => select(scope).some(isPresent) === wanted)
}

const countTexts = (found: readonly Located[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>()
  for (const text of found.map(textOf)) if (text !== undefined) times.set(text, (times.get(text) ?? 0) + 1)
  return times
}

/** How often each text stands at a path: of the document, or with `../` of the table the row stands in. */
const compileOccurrences = (path: string): ((scope: Located) => ReadonlyMap<string, number>) => {
  const select = compilePath(path)
  if (isAbsolute(path)) return oncePerDocument((root) => countTexts(select(root)))
  // Once per table: rows that look at all rows of their table would take n² steps.
  const tables = oncePerDocument(() => new Map<unknown, ReadonlyMap<string, number>>())
  return (scope) => {
    const known = tables(scope)
    const table = scope.parent?.node
    const times = known.get(table) ?? countTexts(select(scope))
    known.set(table, times)
    return times
  }
}

/** Three-valued and/or (Kleene): an unknown part decides nothing. */
const combine = (parts: readonly Holds[], decisive: boolean): Holds => {
  return (scope, named) => {
    const results = parts.map((part) => part(scope, named))
    if (results.includes(decisive)) return decisive
    return results.includes(undefined) ? undefined : !decisive
  }
}

const negate =
  (part: Holds): Holds =>
  (scope, named) => {
    const result = part(scope, named)
    return result === undefined ? undefined : !result
  }

/** Compiles a condition of the rule language. Throws GatewayError CHECKS-003 (bug) for an undefined name. */
export const compileCondition = (condition: Condition, known: ReadonlySet<string>): Holds => {
  if ('present' in condition) return compilePresence(condition.present, true)
  if ('absent' in condition) return compilePresence(condition.absent, false)
  if ('compare' in condition) {
    const [left, operator, right] = condition.compare
    const judge = operators[operator]
    return both([left, right], known, (a, b) => {
      const x = toMicro(a)
      const y = toMicro(b)
      return x === undefined || y === undefined ? undefined : judge(x, y)
    })
  }
  if ('same' in condition) return both(condition.same, known, (a, b) => a === b)
  if ('notAfter' in condition) {
    return both(condition.notAfter, known, (a, b) => {
      const x = dayOf(a)
      const y = dayOf(b)
      return x === undefined || y === undefined ? undefined : x <= y
    })
  }
  if ('in' in condition) {
    const [value, list] = condition.in
    return one(value, known, (text) => list.includes(text))
  }
  if ('matches' in condition) {
    const [value, pattern] = condition.matches
    return one(value, known, (text) => pattern.test(text))
  }
  if ('anyOf' in condition) {
    const occurrences = compileOccurrences(condition.anyOf[1])
    return one(condition.anyOf[0], known, (text, scope) => occurrences(scope).has(text))
  }
  if ('unique' in condition) {
    const occurrences = compileOccurrences(condition.unique[1])
    return one(condition.unique[0], known, (text, scope) => (occurrences(scope).get(text) ?? 0) < 2)
  }
  if ('not' in condition) return negate(compileCondition(condition.not, known))
  const parts = ('all' in condition ? condition.all : condition.any).map((part) => compileCondition(part, known))
  return combine(parts, 'any' in condition)
}
