import { fieldsInExpression, namesInExpression } from './names-in-expression.ts'

/** Where a value comes from, as a reader of the contract asks. */
export const origins = [
  'record',
  'expression',
  'constant',
  'setting',
  'approval',
  'base',
  'lookup',
  'numbering',
  'distribute',
  'spacing',
  'first',
  'rows',
  'other',
] as const
export type Origin = (typeof origins)[number]

export interface SourceNote {
  readonly kind: 'round' | 'date' | 'codes' | 'otherwise' | 'default'
  readonly text: string
}

/** A value source in words that no language changes: names, units, codes, expressions. */
export interface SourceText {
  readonly origin: Origin
  /** Column, expression, text, element, setting or rule. Empty where `parts` say it. */
  readonly text: string
  readonly unit: { readonly from: string; readonly to: string } | undefined
  readonly notes: readonly SourceNote[]
  readonly when: string | undefined
  /** It may have no value without being wrong. */
  readonly optional: boolean
  /** Fields of the record it reads; in a list `axles[].mass`, of a configuration `config.LENGTH`. */
  readonly fields: readonly string[]
  /** The choices of `first`, the rows of `rows`. */
  readonly parts: readonly SourceText[]
  /** Constants and look-ups it reads, whose own fields count as its own. */
  readonly reads: readonly string[]
}

type Spec = Readonly<Record<string, unknown>>
type Part = Omit<SourceText, 'when' | 'optional' | 'unit' | 'notes' | 'parts' | 'fields' | 'reads'> &
  Partial<SourceText>

export const asSpec = (value: unknown): Spec =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Spec) : {}
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])

/** `category N2, N3, stage V`, or the expression as it stands. */
const conditionText = (when: unknown): string | undefined => {
  if (when === undefined) return undefined
  if (typeof when === 'string') return when.trim()
  return Object.entries(asSpec(when))
    .map(([key, values]) => `${key} ${[values].flat().map(asText).join(', ')}`)
    .join(', ')
}

const readsOf = (expression: string): string[] => [
  ...namesInExpression(expression, 'constants').map((name) => `constants.${name}`),
  ...namesInExpression(expression, 'lookup').map((name) => `lookup.${name}`),
]
const codesText = (codes: unknown): string =>
  Object.entries(asSpec(codes))
    .map(([from, to]) => `${from} → ${asText(to)}`)
    .join(', ')

const notesOf = (spec: Spec, tables: Spec): SourceNote[] => {
  const table = asSpec(tables[asText(spec['table'])])
  const otherwise = spec['otherwise'] ?? asSpec(table['otherwise'])['value']
  const notes: SourceNote[] = [
    { kind: 'date', text: asText(spec['date']) },
    { kind: 'codes', text: codesText(spec['codes'] ?? table['codes']) },
    { kind: 'otherwise', text: asText(otherwise) },
    { kind: 'default', text: asText(spec['default']) },
    { kind: 'round', text: asText(spec['round']) },
  ]
  return notes.filter((note) => note.text !== '')
}

const unitOf = (spec: Spec): SourceText['unit'] => {
  const { from, to } = asSpec(spec['unit'])
  return typeof from === 'string' && typeof to === 'string' ? { from, to } : undefined
}

/** What each kind says of itself. A kind that is not here is shown as it is declared. */
const kinds: Readonly<Record<string, (spec: Spec, context: DescribeContext) => Part>> = {
  field: (spec, { prefix }) => {
    const name = `${prefix}${asText(spec['field'])}`
    return { origin: 'record', text: name, fields: [name], unit: unitOf(spec) }
  },
  expr: (spec) => {
    const text = asText(spec['expr']).replaceAll(/\s+/g, ' ').trim()
    return { origin: 'expression', text, fields: fieldsInExpression(text), reads: readsOf(text) }
  },
  constant: (spec) => ({ origin: 'constant', text: asText(spec['constant']) }),
  setting: (spec) => ({ origin: 'setting', text: asText(spec['setting']) }),
  approval: (spec) => ({ origin: 'approval', text: asText(spec['approval']) }),
  base: (spec, context) => {
    const text = asText(spec['base'])
    if (spec['unless'] === undefined) return { origin: 'base', text }
    const parts = [describeSource(spec['unless'], context), describeSource({ base: text }, context)]
    return { origin: 'first', text: '', parts }
  },
  lookup: (spec) => ({
    origin: 'lookup',
    text: `${asText(spec['lookup'])}.${asText(spec['column'])}`,
    reads: [`lookup.${asText(spec['lookup'])}`],
  }),
  first: (spec, context) => ({
    origin: 'first',
    text: '',
    parts: listOf(spec['first']).map((part) => describeSource(part, context)),
  }),
  rows: (spec, context) => ({
    origin: 'rows',
    text: '',
    parts: listOf(spec['rows']).map((part) => describeSource(part, context)),
  }),
  distribute: (spec) => {
    const { total, shares } = asSpec(spec['distribute'])
    const fields = listOf(shares).map(asText)
    return { origin: 'distribute', text: `${asText(total)} × (${fields.join(' : ')})`, fields }
  },
  numbering: () => ({ origin: 'numbering', text: '' }),
  spacing: (spec) => ({ origin: 'spacing', text: asText(spec['spacing']) }),
}

/** Kinds that have a description of their own here; `numbering` is no kind of a mapper but what counts rows. */
export const describedKinds: ReadonlySet<string> = new Set(Object.keys(kinds))

export interface DescribeContext {
  /** Put before field names: `axles[].` inside a list. */
  readonly prefix: string
  /** The mapper's code tables. */
  readonly tables: Spec
}

/** Says where a declared value source takes its value from. */
export const describeSource = (declared: unknown, context: DescribeContext): SourceText => {
  const { when, ...spec } = asSpec(declared)
  const kind = Object.keys(spec).find((key) => describedKinds.has(key))
  const part: Part = kinds[kind ?? '']?.(spec, context) ?? { origin: 'other', text: JSON.stringify(spec) }
  const condition = conditionText(when)
  const parts = part.parts ?? []
  const inWhen = typeof when === 'string' ? { fields: fieldsInExpression(when), reads: readsOf(when) } : undefined
  return {
    origin: part.origin,
    text: part.text,
    unit: part.unit,
    notes: notesOf(spec, context.tables),
    when: condition,
    optional: spec['optional'] === 'true' || condition !== undefined,
    fields: [...new Set([...(part.fields ?? []), ...parts.flatMap((p) => p.fields), ...(inWhen?.fields ?? [])])],
    reads: [...new Set([...(part.reads ?? []), ...parts.flatMap((p) => p.reads), ...(inWhen?.reads ?? [])])],
    parts,
  }
}
