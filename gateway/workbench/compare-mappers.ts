import { setImmediate as breathe } from 'node:timers/promises'
import { compareDocuments } from '../compare/compare-documents.ts'
import type { RecordFields } from '../contract/flow.ts'
import type { IviTree } from '../contract/ivi-tree.ts'
import type { Tools } from '../flow/tools.ts'
import { mapRecord } from '../mapping/map-record.ts'
import type { Mapper } from '../mapping/mapper.ts'
import { situationOf } from './situation.ts'

/** What a change of a mapper changes in one element, over many records. */
export interface ElementChange {
  readonly element: string
  /** Records in which it differs; those in which only one side has it among them. */
  readonly records: number
  readonly added: number
  readonly removed: number
  readonly example: {
    readonly vin: string
    readonly path: string
    readonly from: string | null
    readonly to: string | null
  }
}
export interface MapperDifference {
  readonly records: number
  /** Records whose document is not the same. */
  readonly changed: number
  /** Mapped before and not now, and the other way round, with the first finding of the first one. */
  readonly nowRefused: { readonly records: number; readonly example: string | null }
  readonly nowMapped: { readonly records: number; readonly example: string | null }
  /** Could be mapped by neither. */
  readonly refusedByBoth: number
  /** Most often changed first. */
  readonly elements: readonly ElementChange[]
}
export interface SampleRecord {
  readonly vin: string
  readonly fields: RecordFields
}

/** After so many records others have their turn. */
const atOnce = 5

type Mapped = { readonly tree: IviTree } | { readonly refused: string }

const mapOne = async (mapper: Mapper, { fields }: SampleRecord, tools: Tools): Promise<Mapped> => {
  const situation = await situationOf(mapper, fields, tools)
  const { model, findings } = mapRecord(situation.mapper, { ...situation, fields })
  return model ? { tree: model.tree } : { refused: `${findings[0]?.code ?? ''} ${findings[0]?.message ?? ''}` }
}

class Changes {
  readonly #elements = new Map<string, { -readonly [K in keyof ElementChange]: ElementChange[K] }>()

  /** @returns whether there is any difference */
  add(vin: string, before: IviTree, after: IviTree): boolean {
    const seen = new Set<string>()
    const differences = compareDocuments(after, before)
    for (const { element, path, ours, theirs } of differences) {
      const example = { vin, path, from: theirs ?? null, to: ours ?? null }
      const change = this.#elements.get(element) ?? { element, records: 0, added: 0, removed: 0, example }
      this.#elements.set(element, change)
      if (seen.has(element)) continue
      seen.add(element)
      change.records++
      if (theirs === undefined) change.added++
      if (ours === undefined) change.removed++
    }
    return differences.length > 0
  }

  get list(): ElementChange[] {
    return [...this.#elements.values()].sort((a, b) => b.records - a.records || a.element.localeCompare(b.element))
  }
}

/** Maps records by two versions of a mapper and tells which elements change for how many of them. */
export const compareMappers = async (
  before: Mapper,
  after: Mapper,
  records: readonly SampleRecord[],
  tools: Tools,
): Promise<MapperDifference> => {
  const changes = new Changes()
  let [changed, refusedByBoth] = [0, 0]
  const nowRefused = { records: 0, example: null as string | null }
  const nowMapped = { records: 0, example: null as string | null }
  for (const [i, record] of records.entries()) {
    if (i % atOnce === atOnce - 1) await breathe()
    const [was, is] = [await mapOne(before, record, tools), await mapOne(after, record, tools)]
    if ('tree' in was && 'tree' in is) {
      if (changes.add(record.vin, was.tree, is.tree)) changed++
    } else if ('tree' in was && 'refused' in is) {
      nowRefused.records++
      nowRefused.example ??= `${record.vin}: ${is.refused}`
    } else if ('refused' in was && 'tree' in is) {
      nowMapped.records++
      nowMapped.example ??= `${record.vin}: ${was.refused}`
    } else refusedByBoth++
  }
  return { records: records.length, changed, nowRefused, nowMapped, refusedByBoth, elements: changes.list }
}
