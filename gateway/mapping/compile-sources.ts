import type { InputLayout } from '../contract/input-layout.ts'
import { didYouMean } from './did-you-mean.ts'
import type { Element } from './elements.ts'
import { sourceKinds } from './sources/index.ts'
import type { Compiling, Evaluation } from './sources/source.ts'
import { parseTarget, type Target } from './target.ts'
import { failAt, validate } from './validate.ts'
import type { YamlPath, YamlText } from './yaml-text.ts'

export interface SourceCompiler {
  readonly compile: (spec: unknown, element: Element, path: YamlPath) => Evaluation & { readonly late: boolean }
  readonly target: (text: string, path: YamlPath) => Target
  readonly fail: (code: string, problem: string, hint: string | undefined, path: YamlPath) => never
}

/** Makes the compiler of a mapper file's value sources, which knows the input's fields and the file's lines. */
export const makeSourceCompiler = (yaml: YamlText, file: string, layout: InputLayout): SourceCompiler => {
  const declared = new Map(layout.fields.map((f) => [f.name, f]))
  const fail = (code: string, problem: string, hint: string | undefined, path: YamlPath): never =>
    failAt(file, yaml.lineOf(path), code, problem, hint)
  const target = (text: string, path: YamlPath, row?: Element): Target => {
    const parsed = parseTarget(text, row)
    return 'problem' in parsed ? fail(parsed.code, parsed.problem, parsed.hint, path) : parsed
  }
  const compile = (
    spec: unknown,
    element: Element,
    path: YamlPath,
    inList: boolean,
  ): Evaluation & { readonly late: boolean } => {
    const keys = typeof spec === 'object' && spec !== null ? Object.keys(spec) : []
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
    const compiling: Compiling = {
      path,
      fields: inList ? undefined : declared,
      decimalMark: layout.csv?.decimal ?? '.',
      fail: (code, problem, hint, at) => fail(code, problem, hint, at ?? path),
      target: (text, row, at) => target(text, at ?? path, row),
      nested: (inner, innerElement, at, within) => compile(inner, innerElement, at, inList || within === 'list'),
    }
    const evaluation = kind.compile(validate(kind.schema, spec, yaml, file, path), element, compiling)
    return { ...evaluation, late: kind.late }
  }
  return { compile: (spec, element, path) => compile(spec, element, path, false), target, fail }
}
