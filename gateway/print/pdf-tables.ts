import type { StructureElement } from 'pdfkit'
import { box, colour, type Look, type Sheet, width } from './pdf-sheet.ts'
import type { PrintBlock, PrintItem, PrintMatrix, PrintTable } from './print-form.ts'

const numberWidth = 46
const titleWidth = 190
const gap = 6
const pad = 2.2
const x = { number: box.left, title: box.left + numberWidth, value: box.left + numberWidth + titleWidth }

const number: Look = { font: 'regular', size: 8.5, colour: colour.quiet, width: numberWidth - 4 }
const title: Look = { font: 'regular', size: 8.5, colour: colour.title, width: titleWidth - gap }
const value: Look = { font: 'medium', size: 8.5, colour: colour.ink, width: box.right - x.value }
const head: Look = { font: 'regular', size: 7, colour: colour.quiet, width: 0 }
const narrow: Look = { ...head, size: 6 }
const small: Look = { font: 'medium', size: 7.5, colour: colour.ink, width: 0 }

/**
 * Widths that leave the words of values whole, then those of heads; what is left goes to the columns with long values, then
 * to those with long heads.
 */
const shareWidths = (sheet: Sheet, { head: heads, rows }: PrintTable, total: number, head: Look): number[] => {
  const wide = (texts: readonly string[], look: Look): number =>
    Math.max(0, ...texts.map((text) => sheet.widthOf(text, look))) + gap + 2
  const words = (texts: readonly string[]): string[] => texts.flatMap((text) => text.split(/\s+/))
  const columns = heads.map((name, i) => {
    const cells = rows.map((row) => row[i]?.text ?? '')
    const values = Math.min(wide(words(cells), small), total / 3)
    const named = Math.max(values, wide(words([name]), head))
    const whole = Math.max(named, wide(cells, small))
    return [values, named, whole, Math.max(whole, wide([name], head))]
  })
  const level = (n: number): number[] => columns.map((column) => column[n] ?? 0)
  const sum = (widths: readonly number[]): number => widths.reduce((all, one) => all + one, 0)
  const above = [0, 1, 2, 3].findIndex((n) => sum(level(n)) > total)
  if (above < 0) return level(3)
  const to = level(above)
  if (above === 0) return to.map((one) => (one * total) / sum(to))
  const from = level(above - 1)
  // Who needs least is served first, so that only the longest words are broken.
  const missing = to.map((one, i) => ({ i, more: one - (from[i] ?? 0) })).sort((a, b) => a.more - b.more)
  const widths = [...from]
  let left = total - sum(from)
  missing.forEach(({ i, more }, served) => {
    const given = Math.min(more, left / (missing.length - served))
    widths[i] = (widths[i] ?? 0) + given
    left -= given
  })
  return widths
}

/** One row of cells; a header row has scopes for its columns, another for its first cell. */
const cellRow = (
  sheet: Sheet,
  into: StructureElement,
  texts: readonly string[],
  widths: readonly number[],
  left: number,
  kind: 'head' | 'row' | 'last',
  headLook: Look = head,
): void => {
  const isHead = kind === 'head'
  const look = isHead ? headLook : small
  const looks = widths.map((wide) => ({ ...look, width: wide - gap }))
  const height = Math.max(...texts.map((text, i) => sheet.heightOf(text, looks[i] ?? look)))
  const tr = sheet.doc.struct('TR')
  into.add(tr)
  let at = left
  texts.forEach((text, i) => {
    const scope = isHead ? ('Column' as const) : i === 0 ? ('Row' as const) : undefined
    const cell = scope ? sheet.doc.struct('TH', { scope }) : sheet.doc.struct('TD')
    tr.add(cell)
    // Heads stand on the line that divides them from the rows.
    const y = isHead ? sheet.y + height - sheet.heightOf(text, looks[i] ?? look) : sheet.y
    sheet.write(cell, text, at, y, looks[i] ?? look)
    cell.end()
    at += widths[i] ?? 0
  })
  tr.end()
  sheet.y += height + 1.6
  if (kind !== 'last') sheet.rule(sheet.y, isHead ? colour.quiet : colour.rule, isHead ? 0.5 : 0.3, left)
  sheet.y += 1.6
}

/** A small table to be drawn, with the height of its head and its first row, which stay together. */
const layTable = (sheet: Sheet, table: PrintTable) => {
  // A wide table takes the margin of the numbers too.
  const left = table.head.length > 7 ? box.left : x.title
  const look = table.head.length > 8 ? narrow : head
  const widths = shareWidths(sheet, table, box.right - left, look)
  const heightOf = (texts: readonly string[], look: Look): number =>
    Math.max(...texts.map((text, i) => sheet.heightOf(text, { ...look, width: (widths[i] ?? gap) - gap }))) + 3.2
  const rows = table.rows.map((row) => row.map(({ text }) => text))
  const heights = rows.map((row) => heightOf(row, small))
  return { head: table.head, rows, look, left, widths, heights, first: heightOf(table.head, look) + (heights[0] ?? 0) }
}

const smallTable = (sheet: Sheet, into: StructureElement, table: ReturnType<typeof layTable>): void => {
  const { look, left, widths, heights, rows } = table
  const element = sheet.doc.struct('Table')
  into.add(element)
  const drawHead = (): void => cellRow(sheet, element, table.head, widths, left, 'head', look)
  sheet.need(table.first)
  drawHead()
  rows.forEach((row, i) => {
    if (sheet.need(heights[i] ?? 0)) drawHead()
    cellRow(sheet, element, row, widths, left, i === rows.length - 1 ? 'last' : 'row')
  })
  element.end()
}

/** An item measured: its lines, its tables, and what must stand together on one page. */
const layItem = (sheet: Sheet, item: PrintItem) => {
  const heights = item.lines.map(({ text }) => sheet.heightOf(text, value))
  const least = Math.max(sheet.heightOf(item.title, title), sheet.heightOf(item.number, number))
  const tables = item.tables.map((table) => layTable(sheet, table))
  const height = Math.max(
    least,
    heights.reduce((sum, one) => sum + one, 0),
  )
  return { heights, least, tables, together: Math.min(height, 400) + 2 * pad + (tables[0]?.first ?? 0) }
}

/** What a block needs below a heading that is not to stand alone. */
export const firstHeight = (sheet: Sheet, block: PrintBlock | undefined): number => {
  const [item] = block?.kind === 'items' ? block.items : []
  return item ? layItem(sheet, item).together : 60
}

/** An item with its values. It goes to the next page whole; only very long values go on there. */
const itemRow = (sheet: Sheet, table: StructureElement, item: PrintItem): void => {
  const { heights, least, tables, together } = layItem(sheet, item)
  sheet.need(together)
  const tr = sheet.doc.struct('TR')
  table.add(tr)
  const [n, t, v] = [sheet.doc.struct('TD'), sheet.doc.struct('TH', { scope: 'Row' }), sheet.doc.struct('TD')]
  tr.add(n).add(t).add(v)
  const top = sheet.y + pad
  sheet.write(n, item.number, x.number, top, number)
  sheet.write(t, item.title, x.title, top, title)
  let end = top + least
  sheet.y = top
  item.lines.forEach(({ text }, i) => {
    if (sheet.need(heights[i] ?? 0)) end = sheet.y
    sheet.write(v, text, x.value, sheet.y, value)
    sheet.y += heights[i] ?? 0
  })
  sheet.y = Math.max(sheet.y, end) + pad
  for (const one of tables) smallTable(sheet, v, one)
  for (const cell of [n, t, v, tr]) cell.end()
  sheet.rule(sheet.y, colour.rule, 0.4)
}

/** The items of a section, one below the other. */
export const drawItems = (sheet: Sheet, into: StructureElement, items: readonly PrintItem[]): void => {
  const table = sheet.doc.struct('Table')
  into.add(table)
  for (const item of items) itemRow(sheet, table, item)
  table.end()
}

/** Items with a column per engine or energy source; the head comes again on a new page. */
export const drawMatrix = (sheet: Sheet, into: StructureElement, { columns, rows }: PrintMatrix): void => {
  const each = (width - numberWidth - titleWidth) / columns.length
  const widths = [numberWidth, titleWidth, ...columns.map(() => each)]
  const table = sheet.doc.struct('Table')
  into.add(table)
  const drawHead = (): void => {
    sheet.y += 3
    cellRow(sheet, table, ['', '', ...columns], widths, box.left, 'head')
    sheet.y -= 1.6
  }
  sheet.need(60)
  drawHead()
  for (const row of rows) {
    const looks = [number, title, ...columns.map(() => ({ ...value, width: each - gap }))]
    const texts = [row.number, row.title, ...row.cells.map(({ text }) => text)]
    const height = Math.max(...texts.map((text, i) => sheet.heightOf(text, looks[i] ?? value)))
    if (sheet.need(height + 2 * pad)) drawHead()
    const tr = sheet.doc.struct('TR')
    table.add(tr)
    texts.forEach((text, i) => {
      const cell = i === 1 ? sheet.doc.struct('TH', { scope: 'Row' }) : sheet.doc.struct('TD')
      tr.add(cell)
      const left = widths.slice(0, i).reduce((sum, w) => sum + w, box.left)
      sheet.write(cell, text, left, sheet.y + pad, looks[i] ?? value)
      cell.end()
    })
    tr.end()
    sheet.y += height + 2 * pad
    sheet.rule(sheet.y, colour.rule, 0.4)
  }
  table.end()
}
