import { GatewayError } from '../contract/errors.ts'
import { fromMicro, toMicro } from '../support/decimal.ts'
import { compilePath, isAbsolute, oncePerDocument, textOf, type Located, type Select } from './located.ts'
import { compileCondition } from './compile-condition.ts'
import type { Condition, Value } from './rule.ts'

/** The values of the rule's `let` for the row at hand. */
export type Named = Pick<ReadonlyMap<string, string | undefined>, 'get'>
export type ReadValue = (scope: Located, named: Named) => string | undefined

export const isName = (text: string): boolean => /^[a-z]/.test(text)

const firstText =
  (select: Select): ReadValue =>
  (scope) => {
    const first = select(scope)[0]
    return first === undefined ? undefined : textOf(first)
  }

const texts = (select: Select, scope: Located): (string | undefined)[] => select(scope).map(textOf)

const compileReference = (text: string, known: ReadonlySet<string>): ReadValue => {
  if (!isName(text)) return firstText(compilePath(text))
  if (!known.has(text)) {
    throw new GatewayError({
      kind: 'bug',
      code: 'CHECKS-003',
      message: `A rule uses the value "${text}", which its "let" does not define before.`,
      hint: 'Names begin with a small letter and are defined in "let"; elements begin with a capital or a slash.',
    })
  }
  return (_scope, named) => named.get(text)
}

const compileCount = (value: { count: string; in?: readonly string[]; notIn?: readonly string[]; plus?: number }) => {
  const select = compilePath(value.count)
  const { in: wanted, notIn: unwanted, plus = 0 } = value
  const counts = (text: string | undefined): boolean =>
    text !== undefined && (wanted?.includes(text) ?? true) && !(unwanted?.includes(text) ?? false)
  const all = wanted === undefined && unwanted === undefined
  const count = (scope: Located): string => {
    const found = select(scope)
    return String((all ? found.length : found.filter((at) => counts(textOf(at))).length) + plus)
  }
  return isAbsolute(value.count) ? oncePerDocument(count) : count
}

const compileCountWhere = (path: string, where: Condition, known: ReadonlySet<string>): ReadValue => {
  const select = compilePath(path)
  const holds = compileCondition(where, known)
  return (scope, named) => String(select(scope).filter((row) => holds(row, named) === true).length)
}

/** Adds numbers given as text, in millionths; a text that is no number makes the sum unknown. */
const addUp = (numbers: readonly (string | undefined)[]): number | undefined => {
  let total = 0
  for (const text of numbers) {
    const micro = toMicro(text ?? '')
    if (micro === undefined) return undefined
    total += micro
  }
  return total
}

const compileSum = (parts: readonly string[], missing: 'zero' | 'skip', known: ReadonlySet<string>): ReadValue => {
  // A part that stands n times counts n times and is read once: rules write "25 times a" as 25 parts.
  const weights = new Map<string, number>()
  for (const part of parts) weights.set(part, (weights.get(part) ?? 0) + 1)
  const readers = [...weights].map(([part, weight]) => {
    if (isName(part)) {
      const read = compileReference(part, known)
      return { weight, read: (scope: Located, named: Named) => [read(scope, named)] }
    }
    const select = compilePath(part)
    const read = (scope: Located): (string | undefined)[] => {
      const found = texts(select, scope)
      return found.length === 0 ? [undefined] : found
    }
    return { weight, read }
  })
  const sum: ReadValue = (scope, named) => {
    let total = 0
    for (const { weight, read } of readers) {
      const numbers = read(scope, named)
      const micro = addUp(missing === 'zero' ? numbers.map((text) => text ?? '0') : numbers)
      if (micro === undefined) return undefined
      total += weight * micro
    }
    return fromMicro(total)
  }
  return parts.every(isAbsolute) ? oncePerDocument((root) => sum(root, new Map())) : sum
}

const compileMax = (paths: readonly string[]): ReadValue => {
  const selects = paths.map(compilePath)
  const max = (scope: Located): string | undefined => {
    const micros = selects.flatMap((select) => texts(select, scope)).flatMap((text) => toMicro(text ?? '') ?? [])
    return micros.length === 0 ? undefined : fromMicro(micros.reduce((a, b) => Math.max(a, b)))
  }
  return paths.every(isAbsolute) ? oncePerDocument(max) : max
}

/**
 * Compiles a value of the rule language to a function of the row.
 * Throws GatewayError CHECKS-003 (bug) when it uses a name that is not defined.
 */
export const compileValue = (value: Value, known: ReadonlySet<string>): ReadValue => {
  if (typeof value === 'number') return () => String(value)
  if (typeof value === 'string') return compileReference(value, known)
  if ('where' in value) return compileCountWhere(value.count, value.where, known)
  if ('count' in value) return compileCount(value)
  if ('sum' in value) return compileSum(value.sum, value.missing ?? 'skip', known)
  if ('max' in value) return compileMax(value.max)
  if ('position' in value) return (scope) => String(scope.index)
  const read = compileReference(value.capture, known)
  return (scope, named) => value.pattern.exec(read(scope, named) ?? '')?.[1]
}
