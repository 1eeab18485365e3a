import type { Readable } from 'node:stream'
import { type DecodedRow, defineCodec, type InputLayout, UnreadableFile } from '../../../gateway/contract/index.ts'
import { readSheet, type SheetRow } from './sheet.ts'
import { readWorkbook } from './workbook.ts'
import { openZip } from './zip.ts'

/** As packed. The directory of a ZIP archive stands at its end, so the file is held in memory. */
const maxBytes = 32 * 1024 * 1024
/** Compound file: old workbooks (.xls), and new ones with a password ([MS-CFB] 2.2). */
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')

const readAll = async (bytes: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes)
      throw new UnreadableFile('INB-014', `The workbook is larger than ${maxBytes} bytes. Export it as CSV.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

const checkHeader = (header: readonly string[], layout: InputLayout): void => {
  const missing = layout.fields.filter((f) => f.required && !header.includes(f.name)).map((f) => f.name)
  if (missing.length > 0)
    throw new UnreadableFile('INB-002', `The header row lacks the column(s) ${missing.join(', ')}. Export them too.`)
  const twice = header.find((name, i) => name !== '' && header.indexOf(name) !== i)
  if (twice !== undefined)
    throw new UnreadableFile(
      'INB-004',
      `The header row names the column ${twice.slice(0, 80)} twice. Keep one of them.`,
    )
}

const messages: Readonly<Record<string, string>> = {
  'INB-041': 'The cell shows an error of the spreadsheet. Mend its formula.',
  'INB-042': 'The formula was saved without its value. Open the workbook, let it calculate, and save it.',
}

const toRow = ({ number, cells: found, faults }: SheetRow, header: readonly string[]): DecodedRow => {
  const beyond = found.findIndex((cell, i) => i >= header.length && cell !== '')
  const cells = header.map((_, i) => found[i] ?? '')
  const fields = Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']))
  const row = { line: number, cells: beyond < 0 ? cells : [...found], fields }
  const fault = faults.find((f) => f.column < header.length)
  if (beyond >= 0) {
    const message = `The row has values beyond the ${header.length} columns that the header names.`
    return { ...row, problem: { code: 'INB-010', field: '', value: found[beyond]?.slice(0, 80) ?? '', message } }
  }
  if (!fault) return row
  const field = header[fault.column] ?? ''
  return { ...row, problem: { code: fault.code, field, value: fault.value, message: messages[fault.code] ?? '' } }
}

/**
 * Excel workbooks (.xlsx, ECMA-376): the first sheet or the one the layout names; a row names the columns. Cells are what
 * was saved in them: formulas are never calculated, dates come as ISO 8601, numbers as decimal text with a point.
 * @throws UnreadableFile INB-001 empty, INB-002 and INB-004 header, INB-012 damaged, INB-013 of a kind that is not read,
 *   INB-014 too large, INB-015 no such sheet, INB-016 to INB-018 for the XML inside
 */
export default defineCodec({
  format: 'xlsx',
  async *decode(bytes, layout) {
    const file = await readAll(bytes)
    if (/^\s*$/.test(file.toString('utf8', 0, 200)) && file.length < 200)
      throw new UnreadableFile('INB-001', 'The file is empty. Nothing was taken from it.')
    if (file.subarray(0, 8).equals(compound))
      throw new UnreadableFile(
        'INB-013',
        'This is an old workbook (.xls) or one with a password. Save it as .xlsx without a password.',
      )
    const zip = openZip(file)
    const book = await readWorkbook(zip, layout.xlsx?.sheet)
    let header: readonly string[] | undefined
    for await (const row of readSheet(zip, book)) {
      if (header) yield toRow(row, header)
      else if (row.number >= (layout.xlsx?.headerRow ?? 1)) {
        header = row.cells
        checkHeader(header, layout)
      }
    }
    if (!header) throw new UnreadableFile('INB-001', 'The sheet is empty. Nothing was taken from it.')
  },
})
