import type { RecordFields } from '../contract/flow.ts'
import { decimalMarkOf, type InputField } from '../contract/input-layout.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import { findElement, ivi20, type IviElement } from '../ivi/catalogue.ts'
import {
  cocItems,
  itemNumberOf,
  labelOf,
  type Language,
  type Requirement,
  requirementOf,
  type Stage,
  unitOf,
} from '../ivi/coc/coc.ts'
import { withoutIndexes } from '../ivi/paths.ts'
import { characteristicFields } from '../mapping/configurator/configurator.ts'
import type { Mapper } from '../mapping/mapper.ts'
import { type DeclaredLine, declaredLines, usedFields } from './declared-lines.ts'
import { describeSource, type SourceText } from './describe-source.ts'
import { ownElements } from '../mapping/take.ts'
import { exampleOf } from './example-of.ts'
import { flatRecord } from './flat-record.ts'

/** A record and what became of it, for examples. */
export interface ContractSample {
  readonly fields: RecordFields
  /** What was mapped of it; element path → value's source is not needed here. */
  readonly tree: IviTree
}
export interface ContractOptions {
  readonly language: Language
  /** Vehicle category whose form says what is required; where it is not known, that column is empty. */
  readonly category?: string | undefined
  /** The stage that the mapper itself declares when none is given. */
  readonly stage?: Stage | undefined
  readonly sample?: ContractSample | undefined
}

export interface ContractElement {
  readonly place: string
  readonly element: string
  /** Number of the CoC item; empty where the form has none. */
  readonly item: string
  readonly label: string
  readonly source: SourceText
  /** What the element is given in. */
  readonly unit: string | undefined
  readonly required: Requirement
  /** Made up from the declaration where there is no sample; empty where nothing can be said. */
  readonly example: string
}
export interface ContractField extends InputField {
  readonly used: boolean
  readonly example: string
}
export interface DataContract {
  readonly mapper: Mapper
  readonly language: Language
  readonly category: string | undefined
  readonly stage: Stage | undefined
  readonly fields: readonly ContractField[]
  /** What finds the type-approval master data: part of the key → source. */
  readonly approvalKey: readonly (readonly [part: string, source: SourceText])[]
  readonly elements: readonly ContractElement[]
  /** Required on the form, and not written by the mapper itself: the base eCoC or the master data must have them. */
  readonly elsewhere: readonly { readonly element: string; readonly item: string; readonly label: string }[]
  readonly facts: readonly (readonly [name: string, source: SourceText])[]
}

const isStage = (text: string): text is Stage => text === 'I' || text === 'C' || text === 'V'

const constantOf = (mapper: Mapper, element: string): string | undefined => {
  const source = mapper.declared.map[element]
  return typeof source?.['constant'] === 'string' ? source['constant'] : undefined
}

/** The stage of completion that a mapper writes always, where it does. */
export const stageOf = (mapper: Mapper): Stage | undefined => {
  const text = constantOf(mapper, 'StageOfCompletion') ?? ''
  return isStage(text) ? text : undefined
}

/** The number of the item on that form; on any form of 2018/858 where the category is not known. */
export const itemOf = (element: string, category: string | undefined, stage: Stage | undefined): string => {
  if (category !== undefined && stage !== undefined) return itemNumberOf(element, category, stage) ?? ''
  return cocItems['2018/858'].find((i) => i.number !== '' && i.elements.some((e) => e.name === element))?.number ?? ''
}

/** Values of an element in a document, those of its row first where the place names one. */
const valuesOf = (tree: IviTree, { element, row }: DeclaredLine): string[] => {
  const found: { path: string; value: string }[] = []
  const walk = (node: IviTree, path: string): void => {
    for (const [name, child] of Object.entries(node))
      if (typeof child === 'string') found.push({ path: `${path}/${name}`, value: child })
      else if (Array.isArray(child)) for (const [i, entry] of child.entries()) walk(entry, `${path}/${name}[${i + 1}]`)
      else walk(child, `${path}/${name}`)
  }
  walk(tree, ivi20.root.path)
  const at = findElement(element)?.path
  const own = found.filter(({ path }) => withoutIndexes(path) === at)
  const inRow = row === undefined ? own : own.filter(({ path }) => path.includes(`[${row}]/${element}`))
  return (inRow.length > 0 ? inRow : own).map(({ value }) => value)
}

const elementExample = (line: DeclaredLine, sample: ContractSample | undefined): string => {
  if (sample) return [...new Set(valuesOf(sample.tree, line))].slice(0, 4).join(' / ')
  return line.source.origin === 'constant' ? line.source.text : ''
}

/** Required, and so is every group around it: a number of a row says nothing about whether there is a row. */
const isAlwaysThere = (element: IviElement, required: (name: string) => Requirement): boolean => {
  for (let at = element; at.parent; at = at.parent) if (required(at.name) !== 'required') return false
  return true
}

/** What a mapper expects and what it makes of it, from the mapper itself. */
export const dataContract = (mapper: Mapper, options: ContractOptions): DataContract => {
  const { declared } = mapper
  const { language, sample } = options
  const category = options.category ?? constantOf(mapper, 'VehicleCategory')
  const stage = options.stage ?? stageOf(mapper)
  const lines = declaredLines(declared)
  const used = usedFields(mapper)
  const flat = sample && flatRecord(sample.fields, declared)
  const describe = (source: unknown): SourceText =>
    describeSource(source, { prefix: '', tables: declared.tables ?? {} })
  const required = (element: string): Requirement =>
    category === undefined || stage === undefined ? 'open' : requirementOf(element, category, stage)
  const written = new Set(lines.map((line) => line.element))
  const mark = decimalMarkOf(mapper.input)
  return {
    mapper,
    language,
    category,
    stage,
    fields: [...mapper.input.fields, ...characteristicFields(declared.configurator)].map((field) => ({
      ...field,
      used: [...used].some((name) => name === field.name || name.startsWith(`${field.name}.`)),
      example: flat === undefined ? exampleOf(field, mark) : (flat.get(field.name) ?? ''),
    })),
    approvalKey: Object.entries(declared.approval ?? {}).map(([part, source]) => [part, describe(source)]),
    elements: lines.map((line) => ({
      place: line.place,
      element: line.element,
      item: itemOf(line.element, category, stage),
      label: labelOf(line.element, language),
      source: line.source,
      unit: unitOf(line.element, category),
      required: required(line.element),
      example: elementExample(line, sample),
    })),
    elsewhere: [...ivi20.elements.values()]
      .filter((e) => e.leaf && !written.has(e.name) && !ownElements.has(e.name) && isAlwaysThere(e, required))
      .map(({ name }) => ({ element: name, item: itemOf(name, category, stage), label: labelOf(name, language) })),
    facts: Object.entries(declared.facts ?? {}).map(([name, source]) => [name, describe(source)]),
  }
}
