import type { z } from 'zod'
import type { Finding } from '../../contract/finding.ts'
import type { ApprovalData, RecordFields } from '../../contract/flow.ts'
import type { InputField } from '../../contract/input-layout.ts'
import type { LookupRows } from '../../contract/lookup.ts'
import type { IviTree } from '../../contract/ivi-tree.ts'
import type { Cell, DraftGroup, DraftNode } from '../draft.ts'
import type { Element } from '../elements.ts'
import type { Target } from '../target.ts'
import type { YamlPath } from '../yaml-text.ts'
import type { Expression } from '../expressions/compile-expression.ts'
import type { Place, Scope } from '../expressions/scope.ts'

/** One record being mapped. */
export interface Run {
  /** The record; inside a list, the list's entry. */
  readonly fields: RecordFields
  /** The record, wherever the source stands. */
  readonly record: RecordFields
  /** Put before field names in findings and provenance: `axles[2].` inside a list, else nothing. */
  readonly prefix: string
  readonly approval: ApprovalData | undefined
  readonly base: IviTree | undefined
  readonly settings: Readonly<Record<string, string>>
  /** Look-up → the columns found for this record; absent when nothing was found. */
  readonly lookups: LookupRows
  /** The mapper's own constants, worked out when they are first asked for. */
  readonly constant: (name: string) => string | undefined
  readonly draft: DraftGroup
  readonly report: (finding: Finding) => void
}

/** Undefined leaves the target as base and approval made it. */
export type Evaluate = (run: Run) => DraftNode | undefined
/** A value per row of the target's `[*]` group: null takes the element away, undefined leaves it. */
export type EvaluateRows = (run: Run, rows: number) => readonly (Cell | null | undefined)[] | undefined
export type Evaluation =
  { readonly one: Evaluate; readonly rows?: undefined } | { readonly rows: EvaluateRows; readonly one?: undefined }

/** What a source may ask while a mapper is compiled. */
export interface Compiling {
  readonly path: YamlPath
  /** The declared fields; undefined inside a list's items, which are not declared. */
  readonly fields: ReadonlyMap<string, InputField> | undefined
  readonly decimalMark: ',' | '.'
  /** What the mapper declares beside its fields: tables, constants, look-ups. */
  readonly scope: Scope
  /** Compiles an expression that stands at a path, or fails. */
  readonly expression: (text: string, wanted: 'text' | 'condition', at?: YamlPath, place?: Place) => Expression
  /** Tells that this source reads an element of the document in the making, which must be mapped before. */
  readonly reads: (element: string) => void
  /** Ends the compilation with the line of the entry. */
  readonly fail: (code: string, problem: string, hint?: string, at?: YamlPath) => never
  /** Reads a place in the document, or fails. */
  readonly target: (text: string, row?: Element, at?: YamlPath) => Target
  /** Compiles the source declared at a path below this one. */
  readonly nested: (spec: unknown, element: Element, at: YamlPath, within?: 'list') => Evaluation
}

/** An evaluation with what it needs mapped before itself. */
export type Compiled = Evaluation & {
  /** Names of IVI elements; a source of a late kind comes after all that read nothing. */
  readonly reads: readonly string[]
  readonly late: boolean
}

/** A kind of value source: one file in this folder, named by the key that declares it in a mapper. */
export interface SourceKind {
  readonly key: string
  readonly schema: z.ZodType
  /** True when it reads other targets: then it comes after all that do not. */
  readonly late: boolean
  compile(spec: unknown, element: Element, compiling: Compiling): Evaluation
}

/** Declares a source; the schema decides the type of what `compile` is handed. */
export const defineValueSource = <S>(kind: {
  readonly key: string
  readonly schema: z.ZodType<S>
  readonly late?: boolean
  compile(spec: S, element: Element, compiling: Compiling): Evaluation
}): SourceKind => ({
  key: kind.key,
  schema: kind.schema,
  late: kind.late ?? false,
  // The loader has validated the declaration with this very schema.
  compile: (spec, element, compiling) => kind.compile(spec as S, element, compiling),
})

/** Reports a value of the record that cannot be mapped; yields undefined, so that the target stays as it was. */
export const unmappable = (
  run: Run,
  code: string,
  field: string,
  value: string,
  message: string,
  element?: string,
): Cell | undefined => {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value
  run.report({
    code,
    layer: 'mapping',
    severity: 'error',
    path: `${run.prefix}${field}`,
    message,
    params: { field: `${run.prefix}${field}`, value: shown, ...(element === undefined ? {} : { element }) },
  })
  return undefined
}
