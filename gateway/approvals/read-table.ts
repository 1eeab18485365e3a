import type { DecodedRow } from '../contract/codec.ts'
import { formatDecimal, parseDecimal } from '../mapping/decimal.ts'
import type { Collection, Place } from './collect.ts'
import { maxEntries } from './collect.ts'
import { putValue } from './element-path.ts'
import { makeEntry } from './entry.ts'
import { type Column, longColumns, readColumn } from './table-header.ts'

export interface TableOptions {
  /** Decimal mark of the file. */
  readonly decimal: ',' | '.'
  /** Numbers may also stand with a point: they were numbers in the workbook, not text. */
  readonly alsoPoint: boolean
}

const maxColumns = 2000
const maxRows = 500_000

/** An entry that is being put together, and where each part of it stood. */
interface Draft {
  readonly entry: Record<string, unknown>
  readonly places: Map<string, Place>
  readonly start: Place
  /** Something in it cannot be used: half an entry would be wrong master data. */
  bad: boolean
}

const placeOf = (line: number, column: string, value: string): Place => ({
  at: `${line}:${column}`,
  line,
  column,
  value: value.slice(0, 100),
})

class TableReader {
  readonly #found: Collection
  readonly #options: TableOptions
  readonly #columns = new Map<string, Column>()
  /** Columns whose fault was told already, so that it is not told for every row. */
  readonly #complained = new Set<Column>()

  constructor(found: Collection, options: TableOptions) {
    this.#found = found
    this.#options = options
  }

  start(line: number): Draft {
    return { entry: { values: {} }, places: new Map(), start: { at: line, line }, bad: false }
  }

  column(name: string): Column {
    const known = this.#columns.get(name)
    if (known) return known
    const read = readColumn(name)
    if (this.#columns.size < maxColumns) this.#columns.set(name, read)
    return read
  }

  /** Puts one cell where it belongs. */
  put(draft: Draft, column: Column, cell: string, place: Place): void {
    // A day in a workbook may be formatted with its time.
    const text = cell.replace(/T00:00:00$/, '')
    if (column.kind === 'note') return
    if (column.kind === 'unusable') {
      draft.bad = true
      if (this.#complained.has(column)) return
      this.#complained.add(column)
      this.#found.report('MAP-206', place, column.message)
    } else if (column.kind === 'element') {
      const { element, steps } = column.place
      const value = element.kind === 'number' ? this.#number(text) : text
      const fits = putValue(draft.entry['values'] as Record<string, unknown>, column.place, value)
      if (!fits) this.#twice(draft, element.name, place)
      const path = steps.flatMap((s) => (s.row === undefined ? [s.name] : [s.name, s.row]))
      draft.places.set(['values', ...path].join('/'), place)
    } else this.#putPart(draft, column.kind === 'fact' ? ['facts', column.name] : column.path, text, place)
  }

  #putPart(draft: Draft, path: readonly string[], text: string, place: Place): void {
    const [head = '', below] = path
    const holder = below === undefined ? draft.entry : ((draft.entry[head] ??= {}) as Record<string, unknown>)
    const name = below ?? head
    if (holder[name] !== undefined && holder[name] !== text) this.#twice(draft, path.join('.'), place)
    holder[name] = text
    draft.places.set(path.join('/'), place)
  }

  #twice(draft: Draft, name: string, place: Place): void {
    draft.bad = true
    this.#found.report('MAP-206', place, `${name} is given twice, with different values.`)
  }

  /** A number in the form of the document; what is no number stays for its element's own check to say so. */
  #number(text: string): string {
    const { decimal, alsoPoint } = this.#options
    if (decimal === '.') return text
    const number = parseDecimal(text, ',') ?? (alsoPoint ? parseDecimal(text, '.') : undefined)
    // With a declared comma `2.945` may be two thousand: it must not pass as a number.
    return number ? formatDecimal(number) : `${text} (decimal comma declared)`
  }

  finish(draft: Draft): void {
    if (draft.bad) return
    const where = (path: readonly (string | number)[]): Place => {
      for (let length = path.length; length > 0; length--) {
        const key = path.slice(0, length).join('/')
        const exact = draft.places.get(key)
        if (exact) return exact
        for (const [known, place] of draft.places) if (known.startsWith(`${key}/`)) return place
      }
      return draft.start
    }
    if (this.#found.isFull) {
      this.#found.report('MAP-201', draft.start, `The file has more than ${maxEntries} entries.`)
      return
    }
    const values = draft.entry['values']
    const gap = firstGap(values)
    if (gap !== undefined) {
      this.#found.report(
        'MAP-206',
        draft.start,
        `${gap} has a row that says nothing. Number the rows from 1 without gaps.`,
      )
      return
    }
    const approval = makeEntry(draft.entry, (code, path, message) => this.#found.report(code, where(path), message))
    if (approval) this.#found.add(approval, draft.start)
  }
}

/** The first table that has an empty place before a row that is filled. */
const firstGap = (node: unknown, name = ''): string | undefined => {
  if (typeof node !== 'object' || node === null) return undefined
  if (Array.isArray(node)) {
    for (let i = 0; i < node.length; i++) {
      const gap = node[i] === undefined ? name : firstGap(node[i], name)
      if (gap !== undefined) return gap
    }
    return undefined
  }
  for (const [key, below] of Object.entries(node)) {
    const gap = firstGap(below, key)
    if (gap !== undefined) return gap
  }
  return undefined
}

/** What makes rows of a long table one entry: whatever of the key they have. */
const keyColumns = ['approval', 'type', 'variant', 'version', 'validFrom']

/**
 * Reads a table of master data. Its header says which of two forms it has: one row per entry with a column for each
 * element, or columns `element` and `value` with one row for each value. Empty cells say nothing.
 * Faults name row, column and value: MAP-201 too large, MAP-206 column, and those of `makeEntry`.
 */
export const readTable = async (
  rows: AsyncIterable<DecodedRow>,
  found: Collection,
  options: TableOptions,
): Promise<void> => {
  const table = new TableReader(found, options)
  const drafts = new Map<string, Draft>()
  let [count, checked] = [0, false]
  for await (const { line, fields, problem } of rows) {
    if (++count > maxRows || found.isFull || drafts.size > maxEntries) {
      found.report('MAP-201', { at: line, line }, `The file has more than ${maxEntries} entries or ${maxRows} rows.`)
      return
    }
    const cells = Object.entries(fields).filter((cell): cell is [string, string] => typeof cell[1] === 'string')
    if (!checked) {
      checked = true
      if (cells.length > maxColumns) {
        found.report('MAP-201', { at: 1, line: 1 }, `The table has more than ${maxColumns} columns.`)
        return
      }
    }
    if (problem) {
      found.report(problem.code, placeOf(line, problem.field, problem.value), problem.message)
      continue
    }
    const long = longColumns(Object.keys(fields))
    if (!long) {
      const draft = table.start(line)
      for (const [name, text] of cells)
        if (text !== '' && name !== '') table.put(draft, table.column(name), text, placeOf(line, name, text))
      table.finish(draft)
      continue
    }
    const entryCells = cells.filter(([name, text]) => text !== '' && table.column(name).kind === 'entry')
    const key = JSON.stringify(
      keyColumns.map((wanted) => entryCells.find(([name]) => pathOf(table.column(name)) === wanted)?.[1] ?? ''),
    )
    const draft = drafts.get(key) ?? table.start(line)
    drafts.set(key, draft)
    for (const [name, text] of entryCells) table.put(draft, table.column(name), text, placeOf(line, name, text))
    const [element, value] = [fields[long.element], fields[long.value]]
    if (typeof element !== 'string' || typeof value !== 'string' || element === '' || value === '') continue
    table.put(draft, table.column(element), value, placeOf(line, element, value))
  }
  for (const draft of drafts.values()) table.finish(draft)
}

const pathOf = (column: Column): string => (column.kind === 'entry' ? column.path.join('.') : '')
