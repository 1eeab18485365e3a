import type { IviElement } from '../ivi/catalogue.ts'
import type { CocItem, Language } from '../ivi/coc/coc.ts'
import { isOneThing, joinLeaves, type Part } from './join-leaves.ts'
import type { PrintTable, PrintText } from './print-form.ts'
import { namingLeaves, nameRow, nameRowInFull, rowWord } from './row-name.ts'
import type { PlacedLeaf, RowStep } from './walk-leaves.ts'

/** What is needed to lay out the leaves of an item. */
export interface Laying {
  readonly item: Pick<CocItem, 'unit' | 'elements'>
  readonly language: Language
  /** Whether it must be said which row of the group a value is from. */
  readonly tells: (group: IviElement) => boolean
}

/** Leaves of one row, or of none, with the steps that must be told. */
export interface LaidRow {
  readonly steps: readonly RowStep[]
  readonly parts: readonly Part[]
  /** The leaves of the item that name the row. */
  readonly naming: readonly string[]
}

const most = { columns: 10, inlineText: 28 }
const label = (part: Part): string => (part.label === '' ? part.text : `${part.label}: ${part.text}`)
const allPaths = (texts: readonly PrintText[]): string[] => texts.flatMap((text) => text.paths)

const groupBy = <T>(list: readonly T[], keyOf: (one: T) => string): T[][] => {
  const map = new Map<string, T[]>()
  for (const one of list) {
    const key = keyOf(one)
    const group = map.get(key)
    if (group) group.push(one)
    else map.set(key, [one])
  }
  return [...map.values()]
}

/** The paths of the leaves by which the given rows are known. */
const namingPaths = (steps: readonly RowStep[]): Set<string> =>
  new Set(steps.flatMap((step) => namingLeaves(step.group).map((leaf) => `${step.path}/${leaf.name}`)))

const isNamed = (step: RowStep): boolean => namingLeaves(step.group).some((leaf) => Object.hasOwn(step.node, leaf.name))

/** The rows that the leaves of an item stand in, those of one table together, in the document's order. */
export const laidTables = (leaves: readonly PlacedLeaf[], { item, language, tells }: Laying): LaidRow[][] => {
  const perGroup = new Map<string, Set<string>>()
  for (const { group, path } of leaves.flatMap((leaf) => leaf.rows))
    perGroup.set(group.name, (perGroup.get(group.name) ?? new Set()).add(path))
  // A row without a name is told from another by its place, and only where the item has several.
  const told = ({ rows }: PlacedLeaf): RowStep[] =>
    rows.filter((step) => tells(step.group) && (isNamed(step) || perGroup.get(step.group.name)?.size !== 1))
  // What names an outer row stands before what lies in it, not on a line of its own.
  const outer = namingPaths(leaves.flatMap((leaf) => told(leaf).filter((step) => step !== leaf.rows.at(-1))))
  const inner = leaves.filter((leaf) => !outer.has(leaf.path))
  const all = new Set(leaves.map((leaf) => leaf.path))
  return groupBy(inner, (leaf) => leaf.rows.map((step) => step.group.name).join('/')).map((table) =>
    groupBy(table, (leaf) => leaf.rows.at(-1)?.path ?? '').map((row) => {
      const [first] = row
      const steps = first ? told(first) : []
      const naming = namingPaths(steps)
      const rest = row.filter((leaf) => !naming.has(leaf.path))
      return { steps, parts: joinLeaves(rest, item, language), naming: [...naming].filter((path) => all.has(path)) }
    }),
  )
}

/** `Axle 1: 3400 kg · Axle 2: 5200 kg`; on lines of their own where they are long. */
const inLine = (rows: readonly LaidRow[], language: Language): PrintText[] => {
  const texts = rows.map(({ steps, parts, naming }) => {
    const name = steps.map((step) => nameRowInFull(step, language)).join(' · ')
    const value = parts.map(label).join(', ')
    return { text: name && value ? `${name}: ${value}` : name + value, paths: [...naming, ...allPaths(parts)] }
  })
  if (texts.some(({ text }) => text.length > most.inlineText) || rows.some((row) => row.steps.length > 1)) return texts
  return [{ text: texts.map(({ text }) => text).join(' · '), paths: allPaths(texts) }]
}

const asTable = (rows: readonly LaidRow[], columns: readonly Part[], language: Language): PrintTable => {
  const steps = rows[0]?.steps ?? []
  return {
    head: [...steps.map((step) => rowWord(step.group, language)), ...columns.map((column) => column.label)],
    rows: rows.map((row) => [
      ...row.steps.map((step) => {
        const { text, paths } = nameRow(step, language)
        return { text, paths: paths.filter((path) => row.naming.includes(path)) }
      }),
      ...columns.map(({ key }) => {
        const parts = row.parts.filter((part) => part.key === key)
        return { text: parts.map((part) => part.text).join(', '), paths: allPaths(parts) }
      }),
    ]),
  }
}

const columnsOf = (rows: readonly LaidRow[]): Part[] => {
  const columns = new Map<string, Part>()
  for (const part of rows.flatMap((row) => row.parts)) if (!columns.has(part.key)) columns.set(part.key, part)
  return [...columns.values()]
}

/** One thing, whose title says what it is, needs no label. */
const unlabelled = (row: LaidRow): LaidRow => ({ ...row, parts: row.parts.map((part) => ({ ...part, label: '' })) })

/** The lines and small tables in which an item's leaves stand, each in exactly one place. */
export const layItem = (
  leaves: readonly PlacedLeaf[],
  laying: Laying,
): { readonly lines: readonly PrintText[]; readonly tables: readonly PrintTable[] } => {
  const lines: PrintText[] = []
  const tables: PrintTable[] = []
  const laid = laidTables(leaves, laying)
  for (const rows of laid) {
    const columns = columnsOf(rows)
    const [first] = rows
    const speaking = columns.every((column) => column.label === '')
    if (first && rows.length === 1 && first.steps.length === 0) {
      const { parts } = isOneThing(columns) && laid.length === 1 ? unlabelled(first) : first
      if (speaking) lines.push({ text: parts.map(label).join(', '), paths: allPaths(parts) })
      else lines.push(...parts.map((part) => ({ text: label(part), paths: part.paths })))
    } else if (isOneThing(columns) || speaking) lines.push(...inLine(rows.map(unlabelled), laying.language))
    else if (columns.length + (first?.steps.length ?? 0) > most.columns) lines.push(...inLine(rows, laying.language))
    else tables.push(asTable(rows, columns, laying.language))
  }
  return { lines, tables }
}
