import { UnreadableFile } from '../../../gateway/contract/index.ts'
import { columnOf, dateText, numberText, unescapeText } from './cell-values.ts'
import { readPart, type Workbook } from './workbook.ts'
import type { Archive } from './zip.ts'

/** A row with its values by column; `faults` are cells whose value cannot be used, such as `#REF!`. */
export interface SheetRow {
  /** 1-based, as the program shows it. */
  readonly number: number
  readonly cells: readonly string[]
  readonly faults: readonly { readonly column: number; readonly value: string; readonly code: string }[]
}

/** The sheet streams, so this bounds time and not memory. */
const maxSheet = 1024 * 1024 * 1024
const maxCell = 32_767
const maxRow = 1_048_576
/** Characters of one row. */
const maxRowText = 1024 * 1024

/**
 * The rows of a sheet that hold anything. A formula counts as the value that was saved with it; nothing is calculated.
 * @throws UnreadableFile INB-012 damaged, INB-014 beyond a limit
 */
export async function* readSheet(zip: Archive, book: Workbook): AsyncGenerator<SheetRow> {
  const done: SheetRow[] = []
  let [number, column, type, style] = [0, -1, 'n', 0]
  let [value, hasFormula, taking, phonetic, size] = ['', false, false, false, 0]
  let cells: string[] = []
  let faults: SheetRow['faults'][number][] = []
  const refuse = (what: string): never => {
    throw new UnreadableFile('INB-012', `The sheet is damaged in row ${number}: ${what}. Save it again as .xlsx.`)
  }

  const read = (): string => {
    if (type === 's') {
      const text = /^\d{1,7}$/.test(value) ? book.strings[Number(value)] : undefined
      return text ?? refuse('a cell refers to a text that is not there')
    }
    if (type === 'inlineStr' || type === 'str') return unescapeText(value)
    if (type === 'b') return value === '1' ? 'true' : 'false'
    // A cell of the type date holds ISO 8601; a day is what has no time in it.
    if (type === 'd') return value.replace(/T00:00:00(\.0+)?Z?$/, '')
    const kind = book.kinds[style] ?? 'number'
    return (kind === 'number' ? undefined : dateText(value, kind, book.is1904)) ?? numberText(value)
  }
  const closeCell = (): void => {
    if (value === '') {
      // A formula may well give an empty text; without a type it was never calculated.
      if (hasFormula && type !== 'str') faults.push({ column, value: '', code: 'INB-042' })
      return
    }
    if (type === 'e') faults.push({ column, value: value.slice(0, 40), code: 'INB-041' })
    const text = type === 'e' ? value.slice(0, 40) : read().trim()
    while (cells.length < column) cells.push('')
    cells[column] = text
    size += text.length
    if (size > maxRowText) throw new UnreadableFile('INB-014', `Row ${number} has more than ${maxRowText} characters.`)
  }
  const openCell = (attribute: (name: string) => string | undefined): void => {
    const reference = attribute('r')
    const at = reference === undefined ? column + 1 : columnOf(reference)
    if (at === undefined || at <= column) return refuse('its cells are out of order')
    column = at
    type = attribute('t') ?? 'n'
    style = Number(attribute('s') ?? '0')
    ;[value, hasFormula] = ['', false]
  }
  const openRow = (reference: string | undefined): void => {
    const next = reference === undefined ? number + 1 : /^\d{1,7}$/.test(reference) ? Number(reference) : 0
    if (next <= number || next > maxRow) refuse('the rows are out of order')
    number = next
    ;[cells, faults, column, size] = [[], [], -1, 0]
  }

  const pieces = readPart(zip, book.sheet, maxSheet, {
    open(name, attribute) {
      if (name === 'c') openCell(attribute)
      else if (name === 'row') openRow(attribute('r'))
      else if (name === 'f') hasFormula = true
      else if (name === 'rPh') phonetic = true
      else if (name === 'v') taking = true
      else if (name === 't') taking = type === 'inlineStr' && !phonetic
    },
    close(name) {
      if (name === 'v' || name === 't') taking = false
      else if (name === 'rPh') phonetic = false
      else if (name === 'c') closeCell()
      else if (name === 'row' && cells.some((cell) => cell !== '')) done.push({ number, cells, faults })
      else if (name === 'row' && faults.length > 0) done.push({ number, cells, faults })
    },
    text(text) {
      if (!taking) return
      value += text
      if (value.length > maxCell)
        throw new UnreadableFile('INB-014', `A cell in row ${number} is longer than ${maxCell} characters.`)
    },
  })
  try {
    while (!(await pieces.next()).done) yield* done.splice(0)
  } catch (error) {
    // Rows before the fault are taken all the same.
    yield* done.splice(0)
    throw error
  }
  yield* done.splice(0)
}
