import type { ParseError, ParseResult } from '@marcbachmann/cel-js'
import type { Run } from '../sources/source.ts'
import { checkOperands } from './check-operands.ts'
import { checkSyntax, type Names, type SyntaxFault } from './check-syntax.ts'
import { ExpressionFault } from './fault.ts'
import { hasInside, type Language } from './functions.ts'
import { configField, type Place, type Scope, variablesOf } from './scope.ts'
import { makeElementView, makeFieldView, type View, viewOfFields } from './views.ts'

/** A compiled expression: no loop without end, no file, no clock, and nothing but what its mapper declares. */
export interface Expression {
  /** In one line and shortened, for provenance and findings. */
  readonly shown: string
  /** IVI elements of the document in the making that it reads. */
  readonly reads: readonly string[]
  /** Names of constants it reads. */
  readonly constants: readonly string[]
  /** @throws ExpressionFault when it has no value for this record */
  readonly evaluate: (run: Run) => unknown
}

const maxLength = 2000
const results: Readonly<Record<'text' | 'condition', readonly string[]>> = {
  text: ['string', 'int', 'null', 'dyn'],
  condition: ['bool', 'dyn'],
}

/** Column headings with umlauts, blanks or brackets are the commonest reason why an expression cannot be read. */
const oddName =
  'After a dot a name has letters a to z, digits and _ only; any other name is written record["Länge [m]"].'

/** CEL's `has` asks whether a key exists; ours whether a field says something. Both are written alike. */
const renameHas = (text: string): string => text.replaceAll(/(?<![\w."'])has(?=\s*\()/g, hasInside)

const faultOf = (error: unknown, at = 0): SyntaxFault => {
  const { summary, range, message } = error as Partial<ParseError>
  const problem = (summary ?? message ?? '').replaceAll(hasInside, 'has')
  return { code: 'MAP-012', problem: `${problem}.`, at: range?.start ?? at }
}

type Lay = (run: Run) => View

const layOut = (variable: string, names: Names, scope: Scope): Lay => {
  const below = [...(names.below.get(variable) ?? [])]
  const map = (entries: readonly (readonly [string, Lay])[]): Lay => {
    return (run) => new Map(entries.map(([name, lay]) => [name, lay(run)]))
  }
  const fields = (prefix: string, of: (run: Run) => Run['fields']): Lay =>
    map(
      below.map((name) => {
        const view = makeFieldView(`${prefix}${name}`, scope, names.keys)
        return [
          name,
          (run) => {
            const from = of(run)
            return view(Object.hasOwn(from, name) ? from[name] : undefined)
          },
        ]
      }),
    )
  const elements = (of: (run: Run) => object | undefined): Lay =>
    map(
      below.map((name) => {
        const view = makeElementView(name, names.keys, scope.elements)
        return [name, (run) => view(of(run) as Parameters<typeof view>[0])]
      }),
    )
  const texts = (of: (run: Run) => (name: string) => string | undefined): Lay =>
    map(below.map((name) => [name, (run) => of(run)(name) ?? '']))
  switch (variable) {
    case 'record':
      return fields('', (run) => run.record)
    case 'config':
      return fields('config.', (run) => {
        const config = run.record[configField]
        return typeof config === 'object' && !Array.isArray(config) ? config : {}
      })
    case 'item':
      return (run) => viewOfFields(run.fields, names.keys)
    case 'approval':
      return elements((run) => run.approval?.values)
    case 'base':
      return elements((run) => run.base)
    case 'out':
      return elements((run) => run.draft)
    case 'lookup':
      return map(below.map((name) => [name, (run) => viewOfFields({ ...run.lookups[name] }, names.keys)]))
    case 'constants':
      return texts((run) => run.constant)
    default:
      return texts((run) => (name) => (Object.hasOwn(run.settings, name) ? run.settings[name] : undefined))
  }
}

/** The types the checker may rely on: what is declared as one text is text, lists are lists, all else is found out later. */
const schemaOf = (variable: string, names: Names, scope: Scope): Record<string, string> => {
  const types = [...(names.below.get(variable) ?? [])].map((name): [string, string] => {
    if (variable === 'lookup') return [name, 'map']
    if (['approval', 'base', 'out'].includes(variable)) return [name, /Group$/.test(name) ? 'list' : 'string']
    const type = scope.fields.get(variable === 'config' ? `config.${name}` : name)?.type
    return [name, type === 'list' ? 'list' : type === 'object' ? 'map' : 'string']
  })
  return Object.fromEntries(types)
}

/**
 * Compiles one expression.
 * @param language the mapper's own, from `makeLanguage`
 * @returns the expression, or why it is refused: an unknown name, a type that does not fit, too many steps
 */
export const compileExpression = (
  text: string,
  wanted: 'text' | 'condition',
  place: Place,
  scope: Scope,
  language: Language,
): Expression | SyntaxFault => {
  if (text.length > maxLength) return { code: 'MAP-012', problem: `It is longer than ${maxLength} characters.`, at: 0 }
  const source = renameHas(text)
  let names: Names | SyntaxFault
  try {
    names = checkSyntax(language.loose.parse(source).ast, scope, variablesOf[place])
  } catch (error) {
    const fault = faultOf(error)
    return /\b(record|item|config|lookup)\./.test(text) ? { ...fault, hint: oddName } : fault
  }
  if ('problem' in names) return names
  const found = names
  const typed = language.typed.clone()
  for (const variable of found.variables) {
    if (variable === 'item' || !found.below.has(variable)) typed.registerVariable(variable, 'map')
    else typed.registerVariable({ name: variable, schema: schemaOf(variable, found, scope) })
  }
  const checked = typed.parse(source)
  const { valid, type = 'dyn', error } = checked.check()
  if (!valid) return faultOf(error)
  const operands = checkOperands(checked.ast)
  if (operands) return operands
  if (!results[wanted].includes(type))
    return {
      code: 'MAP-012',
      problem:
        wanted === 'text'
          ? `It gives ${type}, where one text is needed.`
          : `It gives ${type}, where yes or no is needed.`,
      at: 0,
      ...(type === 'bool' ? { hint: 'Write … ? "Y" : "N".' } : {}),
    }
  const run = language.loose.parse(source)
  const lay = [...found.variables].map((variable) => [variable, layOut(variable, found, scope)] as const)
  return {
    shown: text.replaceAll(/\s+/g, ' ').trim().slice(0, 120),
    reads: [...(found.below.get('out') ?? [])],
    constants: [...(found.below.get('constants') ?? [])],
    evaluate: (of) => evaluate(run, lay, of),
  }
}

const evaluate = (parsed: ParseResult, lay: readonly (readonly [string, Lay])[], run: Run): unknown => {
  const context: Record<string, View> = {}
  for (const [variable, make] of lay) context[variable] = make(run)
  try {
    return parsed(context) as unknown
  } catch (error) {
    if (error instanceof ExpressionFault) throw error
    const { summary } = error as Partial<ParseError>
    if (summary === undefined) throw error
    throw new ExpressionFault('MAP-116', summary.replaceAll(hasInside, 'has'))
  }
}
