import type { Mapper } from '../mapping/mapper.ts'
import type { MapperFile } from '../mapping/mapper-format.ts'
import { asSpec, asText, type DescribeContext, describeSource, type SourceText } from './describe-source.ts'
import { fieldsInExpression, namesInExpression } from './names-in-expression.ts'

/** One element that a mapper writes by itself. */
export interface DeclaredLine {
  /** As it is written in the mapper, or with the group before it: `AxleGroup[*]/AxleSpacing`. */
  readonly place: string
  readonly element: string
  /** The row of the element's own table, where the place names one. */
  readonly row: number | undefined
  readonly source: SourceText
}

const lastName = (place: string): string => (place.split('/').at(-1) ?? place).replace(/\[[^\]]*\]$/, '')
const rowOf = (place: string): number | undefined => {
  const row = /\[(\d+)\]\/[^/[]+$/.exec(place)?.[1]
  return row === undefined ? undefined : Number(row)
}
const line = (place: string, source: SourceText): DeclaredLine => ({
  place,
  element: lastName(place),
  row: rowOf(place),
  source,
})

const counted = (group: string, number: unknown): DeclaredLine[] =>
  typeof number === 'string'
    ? [line(`${group}/${number}`, describeSource({ numbering: true }, { prefix: '', tables: {} }))]
    : []

/** `AX{n}_T` for the columns that are declared: `AX1_T … AX3_T`. */
const numberedFields = (pattern: string, from: number, declared: ReadonlySet<string>): string[] => {
  const found: string[] = []
  for (let n = from; n < from + 99 && declared.has(pattern.replaceAll('{n}', String(n))); n++)
    found.push(pattern.replaceAll('{n}', String(n)))
  return found
}
const expandNumbers = (source: SourceText, from: number, declared: ReadonlySet<string>): SourceText => ({
  ...source,
  fields: source.fields.flatMap((name) => (name.includes('{n}') ? numberedFields(name, from, declared) : [name])),
})

const rowsOf = (
  group: string,
  spec: Readonly<Record<string, unknown>>,
  context: DescribeContext,
  declared: ReadonlySet<string>,
): DeclaredLine[] | undefined => {
  const kind = ['each', 'numbered', 'append'].find((key) => key in spec)
  if (kind === undefined) return undefined
  const { row, number, list, field, from } = asSpec(spec[kind])
  const inner = kind === 'each' ? { ...context, prefix: `${context.prefix}${asText(list)}[].` } : context
  const first = Number(asText(from) || '1')
  const lines = Object.entries(asSpec(row)).flatMap(([name, source]) =>
    linesAt(`${group}/${name}`, source, inner, declared),
  )
  if (kind !== 'numbered') return [...counted(group, number), ...lines]
  const columns = numberedFields(asText(field), first, declared)
  return [...counted(group, number), ...lines].map((l, i) => {
    const source = expandNumbers(l.source, first, declared)
    // The column that ends the counting belongs to the first line, so that it counts as used.
    return { ...l, source: i === 0 ? { ...source, fields: [...new Set([...source.fields, ...columns])] } : source }
  })
}

const linesAt = (
  place: string,
  declaredSource: unknown,
  context: DescribeContext,
  declared: ReadonlySet<string>,
): DeclaredLine[] =>
  rowsOf(place, asSpec(declaredSource), context, declared) ?? [line(place, describeSource(declaredSource, context))]

/** Every element that a mapper writes by itself, in the order of the file; rows of tables element by element. */
export const declaredLines = (file: MapperFile): readonly DeclaredLine[] => {
  const declared = new Set(Object.keys(file.input.fields))
  const context = { prefix: '', tables: file.tables ?? {} }
  return Object.entries(file.map).flatMap(([place, source]) => linesAt(place, source, context, declared))
}

const gatherFields = (source: unknown, context: DescribeContext): readonly string[] =>
  describeSource(source, context).fields

/** Fields of the record that a mapper reads, wherever: elements, facts, keys, gate, constants, look-ups, configuration. */
export const usedFields = ({ declared: file, files }: Pick<Mapper, 'declared' | 'files'>): ReadonlySet<string> => {
  const context = { prefix: '', tables: {} }
  const { configurator: config } = file
  const declared = new Set(Object.keys(file.input.fields))
  const { resolve } = config ?? {}
  // A table of variants in a file of its own names its options in the first line.
  const [header = ''] = (files[0]?.variants ?? '').split(/\r?\n/, 1)
  const deciding = Array.isArray(resolve)
    ? resolve.flatMap(({ when }) => Object.keys(when))
    : header.split(/[;,\t]/).map((cell) => cell.replaceAll('"', '').trim())
  const listed = Object.values(file.map).flatMap((source) => {
    const { each, numbered } = asSpec(source)
    const from = Number(asText(asSpec(numbered)['from']) || '1')
    return [asText(asSpec(each)['list']), ...numberedFields(asText(asSpec(numbered)['field']), from, declared)]
  })
  return new Set(
    [
      ...file.input.recordKey.filter((part) => !part.startsWith('=')),
      file.input.vin,
      ...(file.gate ?? []).map((gate) => gate.field),
      ...Object.values(file.approval ?? {}).flatMap((source) => gatherFields(source, context)),
      ...Object.values(file.facts ?? {}).flatMap((source) => gatherFields(source, context)),
      ...Object.values(file.constants ?? {}).flatMap((c) => (typeof c === 'string' ? [] : fieldsInExpression(c.expr))),
      ...Object.values(file.lookups ?? {}).flatMap(({ key }) => fieldsInExpression(key)),
      ...(config?.list === undefined ? [] : [config.list]),
      ...(config?.pairs === undefined ? [] : [config.pairs.field]),
      ...deciding.map((name) => `config.${name}`),
      ...declaredLines(file).flatMap(({ source }) => source.fields),
      ...listed,
    ].filter((name) => name !== ''),
  )
}

/** The fields behind a source: its own, and those of the constants and look-ups that it reads. */
export const fieldsBehind = (source: SourceText, file: MapperFile): readonly string[] => {
  const found = new Set(source.fields)
  const seen = new Set<string>()
  const visit = (read: string): void => {
    if (seen.has(read)) return
    seen.add(read)
    const [kind, name = ''] = read.split('.')
    const constant = kind === 'constants' ? file.constants?.[name] : undefined
    const text =
      kind === 'lookup' ? file.lookups?.[name]?.key : typeof constant === 'object' ? constant.expr : undefined
    if (text === undefined) return
    for (const field of fieldsInExpression(text)) found.add(field)
    for (const next of namesInExpression(text, 'constants')) visit(`constants.${next}`)
    for (const next of namesInExpression(text, 'lookup')) visit(`lookup.${next}`)
  }
  source.reads.forEach(visit)
  return [...found]
}
