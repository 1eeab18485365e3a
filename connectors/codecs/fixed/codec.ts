import { type DecodedRow, defineCodec, type InputLayout } from '../../../gateway/contract/index.ts'
import { type Line, readLines } from '../support/read-lines.ts'

/** Where each field stands, and how long a line at least is when all required ones are there. */
const columnsOf = ({ fields }: InputLayout) =>
  fields.map(({ name, required, at = 1, length = 0 }) => ({ name, required, from: at - 1, to: at - 1 + length }))

const toRow = ({ number, text }: Line, columns: ReturnType<typeof columnsOf>, longest: number): DecodedRow => {
  const fields = Object.fromEntries(columns.map(({ name, from, to }) => [name, text.slice(from, to).trim()]))
  const row = { line: number, cells: [text], fields }
  // Editors cut blanks at the end of a line: only what is missing in the middle of a required field tells.
  const cut = columns.find(({ required, from }) => required && from >= text.length)
  const message = cut
    ? `The line has ${text.length} characters; ${cut.name} begins in column ${cut.from + 1}.`
    : `The line has ${text.length} characters; the layout ends with column ${longest}.`
  if (!cut && text.trimEnd().length <= longest) return row
  return { ...row, problem: { code: 'INB-032', field: cut?.name ?? '', value: String(text.length), message } }
}

/** Lines of fixed width: each field of the mapper says in which column it begins and how long it is. */
export default defineCodec({
  format: 'fixed',
  async *decode(bytes, layout) {
    const { encoding, skipLines = 0, skip = [] } = layout.fixed ?? { encoding: 'utf-8' }
    const columns = columnsOf(layout)
    const longest = Math.max(0, ...columns.map(({ to }) => to))
    for await (const line of readLines(bytes, encoding)) {
      if (line.number <= skipLines || skip.some((mark) => line.text.startsWith(mark))) continue
      yield toRow(line, columns, longest)
    }
  },
})
