import { Environment } from '@marcbachmann/cel-js'
import { add, compareNumbers, convert, div, mul, type Numeric, readWithMark, round, sub, sum } from './decimals.ts'
import { ExpressionFault } from './fault.ts'
import { variablesOf } from './scope.ts'
import { before, date, isEmpty, join, pad, split, substr } from './texts.ts'

/** A named code table of a mapper. */
export interface CodeTable {
  readonly codes: ReadonlyMap<string, string>
  /** What stands for every other code; undefined refuses it. */
  readonly otherwise: string | undefined
}

export const codeIn = (name: string, table: CodeTable | undefined, text: string): string => {
  const value = table?.codes.get(text) ?? table?.otherwise
  if (value !== undefined) return value
  const codes = table ? [...table.codes.keys()] : []
  const some = codes.length > 20 ? `${codes.slice(0, 20).join(', ')} …` : codes.join(', ')
  throw new ExpressionFault('MAP-104', `the table ${name} has no code "${text.slice(0, 40)}"; it has ${some}`)
}

/** What `has(x)` is called inside: CEL's own `has` asks for a key, here a field that is empty is not there. */
export const hasInside = 'has_value'

/** Functions of CEL itself that stay allowed, as calls and as methods. */
export const celFunctions: readonly string[] = ['size']
export const celMethods: readonly string[] = ['contains', 'startsWith', 'endsWith', 'size']
export const celMacros: readonly string[] = ['all', 'exists', 'exists_one', 'map', 'filter']

const signatures = (name: string, parameters: readonly string[], result: string): string[] => {
  // `number` stands for decimal text or a whole number.
  let lists: string[][] = [[]]
  for (const p of parameters)
    lists = lists.flatMap((l) => (p === 'number' ? ['string', 'int'] : [p]).map((type) => [...l, type]))
  return lists.map((l) => `${name}(${l.join(', ')}): ${result}`)
}

/** Names of all functions a mapper may call, with their parameters: what an unknown name is compared with. */
export const ownFunctions: ReadonlySet<string> = new Set([
  ...['dec', 'add', 'sub', 'mul', 'div', 'round', 'compare', 'sum', 'convert', 'date', 'before', 'code'],
  ...['has', hasInside, 'empty', 'default', 'upper', 'lower', 'trim', 'substr', 'pad', 'split', 'join', 'text'],
])

/** The language of one mapper's expressions. */
export interface Language {
  /** Without variables: what an expression may name is checked with the types that its mapper declares. */
  readonly typed: Environment
  /** With all variables of any type: what a checked expression is run in. */
  readonly loose: Environment
}

/**
 * The language of expressions: CEL with functions on decimal text instead of binary fractions.
 * @param mark the source's decimal mark, which `dec(x)` reads
 * @param tables the mapper's code tables, for `code("name", x)`
 */
export const makeLanguage = (mark: ',' | '.', tables: ReadonlyMap<string, CodeTable>): Language => {
  const environment = new Environment({
    homogeneousAggregateLiterals: true,
    limits: { maxAstNodes: 400, maxDepth: 32, maxListElements: 99, maxMapEntries: 1, maxCallArguments: 4 },
  })
  const define = (name: string, parameters: string, result: string, handler: (...args: never[]) => unknown): void => {
    for (const signature of signatures(name, parameters.split(' '), result))
      environment.registerFunction(signature, handler as (...args: unknown[]) => unknown)
  }
  const defaulted = (value: string | bigint, other: string | bigint): string => String(isEmpty(value) ? other : value)
  define('dec', 'string', 'string', (text: string) => readWithMark(text, mark))
  define('dec', 'string string', 'string', (text: string, of: string) => readWithMark(text, of === ',' ? ',' : '.'))
  define('add', 'number number', 'string', add)
  define('sub', 'number number', 'string', sub)
  define('mul', 'number number', 'string', mul)
  define('div', 'number number int', 'string', (a: Numeric, b: Numeric, n: bigint) => div(a, b, n))
  define('div', 'number number int string', 'string', div)
  define('round', 'number int', 'string', (a: Numeric, n: bigint) => round(a, n))
  define('round', 'number int string', 'string', round)
  define('compare', 'number number', 'int', compareNumbers)
  define('sum', 'list', 'string', sum)
  define('convert', 'number string string', 'string', convert)
  define('date', 'string string', 'string', date)
  define('before', 'string string', 'bool', before)
  define('code', 'string string', 'string', (name: string, text: string) => codeIn(name, tables.get(name), text))
  define('empty', 'dyn', 'bool', isEmpty)
  define(hasInside, 'dyn', 'bool', (value: unknown) => !isEmpty(value))
  define('default', 'number number', 'string', defaulted)
  define('text', 'number', 'string', (value: Numeric) => String(value))
  define('upper', 'string', 'string', (text: string) => text.toUpperCase())
  define('lower', 'string', 'string', (text: string) => text.toLowerCase())
  define('trim', 'string', 'string', (text: string) => text.trim())
  define('substr', 'string int int', 'string', substr)
  define('pad', 'string int string', 'string', pad)
  define('split', 'string string', 'list<string>', split)
  define('join', 'list string', 'string', join)
  const loose = environment.clone()
  for (const variable of variablesOf.target) loose.registerVariable(variable, 'map')
  return { typed: environment, loose }
}
