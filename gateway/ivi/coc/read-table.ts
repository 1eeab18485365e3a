import { readFileSync } from 'node:fs'
import { GatewayError } from '../../contract/errors.ts'

/** A row of a table beside this module, by the names of its header. */
export type TableRow = Readonly<Record<string, string>>

/**
 * Reads a tab-separated table that stands beside this module: a header line, then one line per row, no quoting.
 * Homologation staff edit these tables in a spreadsheet; no code changes with them.
 * @throws GatewayError IVI-020 (bug) when a line has another number of cells than the header
 */
export const readTable = (file: string): readonly TableRow[] => {
  const [head = '', ...lines] = readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
  const names = head.split('\t')
  return lines.map((line, i) => {
    const cells = line.split('\t')
    if (cells.length !== names.length)
      throw new GatewayError({
        kind: 'bug',
        code: 'IVI-020',
        message: `${file}:${i + 2} has ${cells.length} cells, the header ${names.length}.`,
        hint: 'Separate the cells by exactly one tab each.',
      })
    return Object.fromEntries(names.map((name, n) => [name, cells[n] ?? '']))
  })
}
