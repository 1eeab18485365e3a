import { parse } from 'csv-parse/sync'
import type { Resolution } from '../mapper-format.ts'

const own = ['approval', 'type', 'variant', 'version', 'from', 'until']
const maxBytes = 10_000_000
const maxRows = 10_000

/**
 * Reads a resolution table: one row per variant; the columns type, variant, version, approval, from and until, every other
 * column an option. An empty cell leaves the option open; `A|B` allows either. `;` or `,` as the header line has it.
 * @returns the rows, or what is wrong
 */
export const readResolution = (text: string): readonly Resolution[] | { readonly problem: string } => {
  if (text.length > maxBytes) return { problem: `It is longer than ${maxBytes} characters.` }
  const header = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'))
  let rows: Record<string, string>[]
  try {
    rows = parse(text, {
      bom: true,
      columns: true,
      delimiter: header.includes(';') ? ';' : ',',
      trim: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
      to: maxRows + 1,
    })
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
  const [first] = rows
  if (!first || rows.length > maxRows) return { problem: `It has ${rows.length} rows; 1 to ${maxRows} are read.` }
  for (const name of ['type', 'variant', 'version'])
    if (!Object.hasOwn(first, name)) return { problem: `It has no column "${name}".` }
  const table: Resolution[] = []
  for (const [i, row] of rows.entries()) {
    const { type = '', variant = '', version = '' } = row
    if (type === '' || variant === '' || version === '')
      return { problem: `Row ${i + 2} names no type, variant or version.` }
    const options = Object.entries(row).filter(([name, value]) => !own.includes(name) && value !== '')
    table.push({
      when: Object.fromEntries(options.map(([name, value]) => [name, value.split('|').map((v) => v.trim())])),
      type,
      variant,
      version,
      ...(row['approval'] ? { approval: row['approval'] } : {}),
      ...(row['from'] ? { from: row['from'] } : {}),
      ...(row['until'] ? { until: row['until'] } : {}),
    })
  }
  return table
}
