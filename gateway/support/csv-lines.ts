/** A spreadsheet runs a cell that begins with one of these: an apostrophe in front makes it text again. */
const startsFormula = /^[=+\-@\t\r]/

/** One CSV line: formulas made harmless, cells quoted where they must be. */
const csvLine = (cells: readonly (string | number)[], delimiter: string): string =>
  cells
    .map((cell) => {
      const text = String(cell)
      const safe = typeof cell === 'string' && startsFormula.test(text) ? `'${text}` : text
      const quoted = safe.includes(delimiter) || /["\r\n]/.test(safe)
      return quoted ? `"${safe.replaceAll('"', '""')}"` : safe
    })
    .join(delimiter)

/** A CSV text with CRLF line ends, the first row being the header. */
export const csvLines = (rows: readonly (readonly (string | number)[])[], delimiter: string): string =>
  rows.map((row) => `${csvLine(row, delimiter)}\r\n`).join('')
