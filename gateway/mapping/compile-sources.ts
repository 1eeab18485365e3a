import { decimalMarkOf, type InputLayout } from '../contract/input-layout.ts'
import { compileCondition } from './condition.ts'
import { didYouMean } from './did-you-mean.ts'
import type { Element, Elements } from './elements.ts'
import { compileExpression, type Expression } from './expressions/compile-expression.ts'
import type { Language } from './expressions/functions.ts'
import type { Place, Scope } from './expressions/scope.ts'
import { sourceKinds } from './sources/index.ts'
import type { Compiled, Compiling } from './sources/source.ts'
import { parseTarget, type Target } from './target.ts'
import { failAt, validate } from './validate.ts'
import type { YamlPath, YamlText } from './yaml-text.ts'

export interface SourceCompiler {
  readonly elements: Elements
  readonly compile: (spec: unknown, element: Element, path: YamlPath) => Compiled
  readonly expression: (text: string, wanted: 'text' | 'condition', path: YamlPath, place: Place) => Expression
  readonly target: (text: string, path: YamlPath) => Target
  readonly fail: (code: string, problem: string, hint: string | undefined, path: YamlPath) => never
}

/** Where a value source stands: what a list's entries and the fields of a row may name differs. */
interface Standing {
  readonly inList: boolean
  readonly place: Place
}

/** Makes the compiler of a mapper file's value sources, which knows the input's fields and the file's lines. */
export const makeSourceCompiler = (
  yaml: YamlText,
  file: string,
  layout: InputLayout,
  scope: Scope,
  language: Language,
): SourceCompiler => {
  const fail = (code: string, problem: string, hint: string | undefined, path: YamlPath): never =>
    failAt(file, yaml.lineOf(path), code, problem, hint)
  const target = (text: string, path: YamlPath, row?: Element): Target => {
    const parsed = parseTarget(text, row, scope.elements)
    return 'problem' in parsed ? fail(parsed.code, parsed.problem, parsed.hint, path) : parsed
  }
  const expression = (text: string, wanted: 'text' | 'condition', path: YamlPath, place: Place): Expression => {
    const compiled = compileExpression(text, wanted, place, scope, language)
    if (!('problem' in compiled)) return compiled
    const near = text.slice(compiled.at, compiled.at + 30).split('\n')[0] ?? ''
    return fail(
      compiled.code,
      `${compiled.problem}${near === '' ? '' : ` At character ${compiled.at + 1}: ${near}`}`,
      compiled.hint,
      path,
    )
  }
  const compile = (given: unknown, element: Element, path: YamlPath, { inList, place }: Standing): Compiled => {
    const { when, ...spec } = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>
    const keys = Object.keys(spec)
    const kinds = keys.filter((key) => sourceKinds.has(key))
    const kind = sourceKinds.get(kinds[0] ?? '')
    if (!kind) {
      const key = keys[0] ?? ''
      return fail(
        'MAP-009',
        `${String(path.at(-1))} names no value source.${didYouMean(key, sourceKinds.keys())}`,
        `Use one of ${[...sourceKinds.keys()].join(', ')}.`,
        key === '' ? path : [...path, key],
      )
    }
    if (kinds.length > 1)
      fail('MAP-009', `${String(path.at(-1))} names two value sources: ${kinds.join(' and ')}.`, undefined, path)
    const reads = new Set<string>()
    const compiling: Compiling = {
      path,
      fields: inList ? undefined : scope.fields,
      decimalMark: decimalMarkOf(layout),
      scope,
      fail: (code, problem, hint, at) => fail(code, problem, hint, at ?? path),
      target: (text, row, at) => target(text, at ?? path, row),
      reads: (name) => reads.add(name),
      expression: (text, wanted, at) => {
        const compiled = expression(text, wanted, at ?? path, place)
        for (const name of compiled.reads) reads.add(name)
        return compiled
      },
      nested: (inner, innerElement, at, within) => {
        const compiled = compile(inner, innerElement, at, { inList: inList || within === 'list', place })
        for (const name of compiled.reads) reads.add(name)
        return compiled
      },
    }
    const evaluation = kind.compile(validate(kind.schema, spec, yaml, file, path), element, compiling)
    const conditional =
      when === undefined
        ? evaluation
        : compileCondition(when, evaluation, compiling, (schema, value, at) => validate(schema, value, yaml, file, at))
    return { ...conditional, reads: [...reads], late: kind.late }
  }
  return {
    elements: scope.elements,
    compile: (spec, element, path) => compile(spec, element, path, { inList: false, place: 'target' }),
    expression,
    target,
    fail,
  }
}
