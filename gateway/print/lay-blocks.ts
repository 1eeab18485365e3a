import type { IviElement } from '../ivi/catalogue.ts'
import type { CocItem, Language } from '../ivi/coc/coc.ts'
import { type LaidRow, laidTables, layItem } from './lay-item.ts'
import type { PrintBlock, PrintItem, PrintMatrix, PrintText } from './print-form.ts'
import { namingLeaves, nameRow, nameRowInFull } from './row-name.ts'
import type { PlacedLeaf } from './walk-leaves.ts'

/** An item and what the document has for it, not yet set. */
export interface Entry {
  readonly key: string
  readonly number: string
  readonly title: string
  readonly item: Pick<CocItem, 'unit' | 'elements'>
  readonly leaves: readonly PlacedLeaf[]
  readonly tells: (group: IviElement) => boolean
}

const mostColumns = 4

/** `49(1)` of `49(1) low CO2`; a number of its own comes first, and the statement of the form has none. */
const marginOf = ({ key, number }: Entry): string => {
  const shown = number === '' ? (/^\d[\d.]*(\([\d.]+\))?/.exec(key)?.[0] ?? '') : number
  return shown === '0' ? '' : shown
}

const nameOf = ({ steps }: LaidRow, language: Language): string =>
  steps.map((step) => nameRowInFull(step, language)).join(' · ')

/** The rows of an item that speaks of nothing but engines, or of their energy sources; undefined for any other. */
const engineRows = ({ item, leaves, tells }: Entry, language: Language): readonly LaidRow[] | undefined => {
  const [first, ...others] = new Set(leaves.map((leaf) => leaf.rows.map((step) => step.group.name).join('/')))
  if (!/^EnergyConvertorGroup(\/EnergySourceGroup)?$/.test(first ?? '') || others.length > 0) return undefined
  return laidTables(leaves, { item, language, tells })[0]
}

/** By what kinds of rows something is named. */
const kindOf = (row: LaidRow | undefined): string => (row?.steps ?? []).map((step) => step.group.name).join('/')

/** The names of all engines, and of all their sources, by their kind: what the columns stand for. */
const engineColumns = (entries: readonly Entry[], language: Language): ReadonlyMap<string, ReadonlySet<string>> => {
  const columns = new Map<string, Set<string>>()
  const named = entries
    .flatMap((entry) => engineRows(entry, language) ?? [])
    .map((row) => ({ kind: kindOf(row), path: row.steps.at(-1)?.path ?? '', name: nameOf(row, language) }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  for (const { kind, name } of named) columns.set(kind, (columns.get(kind) ?? new Set()).add(name))
  return columns
}

/** The cells of an item with a value per engine or energy source, empty for those that have none; else undefined. */
const cellsOf = (
  entry: Entry,
  columns: ReadonlyMap<string, ReadonlySet<string>>,
  language: Language,
): ReadonlyMap<string, PrintText> | undefined => {
  const rows = engineRows(entry, language)
  const all = columns.get(kindOf(rows?.[0]))
  if (!rows || !all || all.size < 2 || all.size > mostColumns) return undefined
  const cells = new Map<string, PrintText>([...all].map((name) => [name, { text: '', paths: [] }]))
  for (const row of rows) {
    const { steps, parts, naming } = row
    const name = nameOf(row, language)
    // Two engines of one name, or more in a cell than can be read without labels.
    if (cells.get(name)?.paths.length !== 0 || parts.length > 2 || (naming.length > 0 && parts.length > 0))
      return undefined
    const last = steps.at(-1)
    const text = parts.length === 0 && last ? nameRow(last, language).text : parts.map((part) => part.text).join(', ')
    cells.set(name, { text, paths: [...naming, ...parts.flatMap((part) => part.paths)] })
  }
  return cells
}

/** The leaves that name an engine or source are its column's head, but still a row of their own. */
const tellsRow = (entry: Entry): Entry['tells'] => {
  const carried = new Set(entry.leaves.map((leaf) => leaf.element))
  return (group) => entry.tells(group) || namingLeaves(group).some((leaf) => carried.has(leaf))
}

/** Sets items one below the other; neighbours with a value for each of the same engines or sources share a table. */
export const layBlocks = (entries: readonly Entry[], language: Language): PrintBlock[] => {
  const blocks: (
    | { kind: 'items'; items: PrintItem[] }
    | { kind: 'matrix'; matrix: PrintMatrix & { rows: PrintMatrix['rows'][number][] } }
  )[] = []
  let before = ''
  const told = entries.map((entry) => ({ ...entry, tells: tellsRow(entry) }))
  const engines = engineColumns(told, language)
  for (const entry of told) {
    const margin = marginOf(entry)
    const { key, title } = entry
    const number = margin === before ? '' : margin
    before = margin
    const last = blocks.at(-1)
    const cells = cellsOf(entry, engines, language)
    if (cells) {
      const columns = [...cells.keys()]
      const row = { key, number, title, cells: [...cells.values()] }
      if (last?.kind === 'matrix' && last.matrix.columns.join('\n') === columns.join('\n')) last.matrix.rows.push(row)
      else blocks.push({ kind: 'matrix', matrix: { columns, rows: [row] } })
      continue
    }
    const item = {
      key,
      number,
      title,
      ...layItem(entry.leaves, { item: entry.item, language, tells: entry.tells }),
    }
    if (last?.kind === 'items') last.items.push(item)
    else blocks.push({ kind: 'items', items: [item] })
  }
  return blocks
}
