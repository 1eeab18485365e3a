import type { Finding } from '../contract/finding.ts'
import type { ApprovalData, BaseEcoc, RecordFields } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import type { LookupRows } from '../contract/lookup.ts'
import { declaredLines, fieldsBehind } from '../data-contract/declared-lines.ts'
import { itemOf, stageOf } from '../data-contract/data-contract.ts'
import type { SourceText } from '../data-contract/describe-source.ts'
import { flatRecord } from '../data-contract/flat-record.ts'
import { ruleWords, sourceWords, unitWords } from '../data-contract/source-words.ts'
import { wordsIn } from '../data-contract/words.ts'
import { ivi20 } from '../ivi/catalogue.ts'
import { labelOf, type Language, type Requirement, requirementOf, type Stage, unitOf } from '../ivi/coc/coc.ts'
import { valueAt } from '../ivi/get-value.ts'
import { parsePath } from '../ivi/paths.ts'
import type { Mapper } from '../mapping/mapper.ts'
import { fieldAt } from '../mapping/record-field.ts'
import { sourceBehind } from './source-behind.ts'
import { type UnmappedElement, unmappedRequired } from './unmapped.ts'
import { type UnusedField, unusedFields } from './unused.ts'

export interface PreviewInput {
  /** For the release of IVI that the document is made in. */
  readonly mapper: Mapper
  readonly fields: RecordFields
  readonly approval: ApprovalData | undefined
  readonly base: Pick<BaseEcoc, 'tree'> | undefined
  readonly settings: Readonly<Record<string, string>>
  readonly lookups?: LookupRows
  readonly language: Language
  /** What schema and content rules say of the document; asked only when the record can be mapped. */
  readonly check?: (tree: IviTree) => readonly Finding[]
}

/** One value of the document, from its source on. */
export interface PreviewField {
  readonly path: string
  readonly element: string
  readonly item: string
  readonly label: string
  /** As mapping kept it: `record:MASS_RO`, `approval`, `base`, `constant`, `expr:…`, `engine`. */
  readonly source: string
  /** The fields of the record behind it, with what stands in them. */
  readonly read: readonly { readonly field: string; readonly value: string }[]
  /** Expression, conversion and rules that the mapper declares; empty for what is only taken over. */
  readonly expression: string
  readonly value: string
  readonly unit: string
  readonly required: Requirement
  readonly findings: readonly Finding[]
}

export interface Preview {
  readonly mapper: { readonly name: string; readonly version: string; readonly sha256: string }
  readonly vehicle: { readonly vin: string; readonly category: string | null; readonly stage: Stage | null }
  /** Whether the record can be mapped. */
  readonly mapped: boolean
  readonly fields: readonly PreviewField[]
  readonly unmapped: readonly UnmappedElement[]
  readonly unused: readonly UnusedField[]
  /** All of them, in the order of the stages. */
  readonly findings: readonly Finding[]
}

const isStage = (text: string | undefined): text is Stage => text === 'I' || text === 'C' || text === 'V'

const leavesOf = (node: IviTree, path: string): { readonly path: string; readonly value: string }[] =>
  Object.entries(node).flatMap(([name, child]) => {
    if (typeof child === 'string') return [{ path: `${path}/${name}`, value: child }]
    return Array.isArray(child)
      ? child.flatMap((row, i) => leavesOf(row, `${path}/${name}[${i + 1}]`))
      : leavesOf(child, `${path}/${name}`)
  })

/** Of numbered columns the one that the value of this row came from: `AX2_T` by `record:AX2_T`. */
const ofRow = (behind: SourceText, fields: readonly string[], source: string): readonly string[] => {
  const name = /^record:(.*?)(?:, table:.*)?$/.exec(source)?.[1]
  return behind.text.includes('{n}') && name !== undefined && fields.includes(name) ? [name] : fields
}

/** In the order of the certificate: that of the catalogue, rows in their order. */
const inOrder = (fields: PreviewField[]): PreviewField[] => {
  const position = new Map([...ivi20.elements.keys()].map((name, i) => [name, i]))
  const keyOf = (path: string): number[] => parsePath(path).flatMap((s) => [position.get(s.name) ?? 0, s.index ?? 0])
  const keyed = fields.map((field) => ({ field, key: keyOf(field.path) }))
  keyed.sort((a, b) => {
    for (let i = 0; i < Math.min(a.key.length, b.key.length); i++) {
      const difference = (a.key[i] ?? 0) - (b.key[i] ?? 0)
      if (difference !== 0) return difference
    }
    return a.key.length - b.key.length
  })
  return keyed.map(({ field }) => field)
}

/** Of a field in a list, what stands in the entry that the value came from: `axles[].mass` by `record:axles[2].mass`. */
const entryOf = (field: string, source: string, fields: RecordFields): string | undefined => {
  const [list = '', inner] = field.split('[].')
  const entry = /^record:(.*?)\[(\d+)\]\.(.*?)(?:, table:.*)?$/.exec(source)
  if (inner === undefined || entry?.[1] !== list || entry[3] !== inner) return undefined
  const rows = fieldAt(fields, list.split('.'))
  const found = Array.isArray(rows) ? fieldAt(rows[Number(entry[2]) - 1] ?? {}, inner.split('.')) : undefined
  return typeof found === 'string' ? found : undefined
}

/**
 * Maps one record and shows how every value came about, what the form still needs, and which fields nobody reads.
 * Pure: what it needs is handed in.
 */
export const preview = (input: PreviewInput): Preview => {
  const { mapper, fields, language } = input
  const { model, findings: mappingFindings, partial } = mapper.map(input)
  const { tree, provenance } = model ?? partial ?? { tree: {}, provenance: {} }
  const findings = [...mappingFindings, ...(model && input.check ? input.check(tree) : [])]
  const category = valueAt(tree, 'VehicleCategory')
  const stated = valueAt(tree, 'StageOfCompletion')
  const stage = isStage(stated) ? stated : stageOf(mapper)
  const flat = flatRecord(fields, mapper.declared)
  const lines = declaredLines(mapper.declared)
  const words = wordsIn(language)
  const required = (element: string): Requirement =>
    category === undefined || stage === undefined ? 'open' : requirementOf(element, category, stage)

  const expressionOf = (behind: SourceText | undefined): string => {
    if (!behind) return ''
    const parts = [
      sourceWords(behind, words),
      behind.unit ? unitWords(behind, undefined) : '',
      ruleWords(behind, words),
    ]
    return parts.filter((part) => part !== '').join(' · ')
  }
  const shown = leavesOf(tree, ivi20.root.path).map(({ path, value }): PreviewField => {
    const element = parsePath(path).at(-1)?.name ?? ''
    const source = provenance[path] ?? ''
    const behind = sourceBehind(path, source, lines)
    return {
      path,
      element,
      item: itemOf(element, category, stage),
      label: labelOf(element, language),
      source,
      read: (behind ? ofRow(behind, fieldsBehind(behind, mapper.declared), source) : []).map((field) => ({
        field,
        value: entryOf(field, source, fields) ?? flat.get(field) ?? '',
      })),
      expression: expressionOf(behind),
      value,
      unit: unitOf(element, category) ?? '',
      required: required(element),
      findings: findings.filter((f) => f.path === path || (f.layer === 'mapping' && f.params?.['element'] === element)),
    }
  })
  const unmapped = unmappedRequired(tree, { category, stage, language, fields: flat })
  return {
    mapper: { name: mapper.name, version: mapper.version, sha256: mapper.sha256 },
    vehicle: {
      vin: valueAt(tree, 'VehicleIdentificationNumber') ?? '',
      category: category ?? null,
      stage: stage ?? null,
    },
    mapped: model !== undefined,
    fields: inOrder(shown),
    unmapped,
    unused: unusedFields(mapper, flat, { category, stage, language, unmapped }),
    findings,
  }
}
