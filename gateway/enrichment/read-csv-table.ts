import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { GatewayError, type LookupSpec } from '../contract/index.ts'

/** The rows of a look-up by key: the values of its columns, in their order. */
export interface CsvTable {
  readonly rows: ReadonlyMap<string, readonly string[]>
  /** Keys that stand on several rows which differ: what they mean cannot be told. */
  readonly ambiguous: ReadonlySet<string>
  /** Characters kept, a measure of memory. */
  readonly size: number
}

export interface TableLimits {
  readonly maxRows: number
  /** Characters kept of one table. */
  readonly maxSize: number
}

const refuse = (code: string, spec: LookupSpec, message: string, hint?: string, cause?: unknown): never => {
  throw new GatewayError({
    kind: 'config',
    code,
    message: `Look-up ${spec.name}, ${spec.csv}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause }),
    params: { lookup: spec.name, file: spec.csv },
  })
}

async function* decoded(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }))
    yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

/**
 * Reads a CSV file into a table of the columns a look-up gives. Only those are kept.
 * @throws GatewayError (config) ENR-001 the file cannot be read, ENR-002 a column is missing or the CSV is broken,
 * ENR-003 it is larger than the limits
 */
export const readCsvTable = async (
  path: string,
  spec: LookupSpec,
  { maxRows, maxSize }: TableLimits,
): Promise<CsvTable> => {
  const rows = new Map<string, readonly string[]>()
  const ambiguous = new Set<string>()
  let size = 0
  let at: number[] | undefined
  const take = (cells: readonly string[]): void => {
    if (!at) {
      const [key, ...columns] = [spec.keyColumn, ...spec.columns].map((column) => {
        const index = cells.findIndex((cell) => cell.trim() === column)
        return index < 0
          ? refuse('ENR-002', spec, `there is no column "${column}".`, `It has ${cells.slice(0, 30).join(', ')}.`)
          : index
      })
      at = [key ?? 0, ...columns]
      return
    }
    const [key = '', ...values] = at.map((index) => cells[index]?.trim() ?? '')
    if (key === '') return
    const there = rows.get(key)
    if (there?.some((value, i) => value !== values[i])) ambiguous.add(key)
    if (there) return
    rows.set(key, values)
    size += key.length + values.reduce((n, value) => n + value.length, 0)
    if (rows.size > maxRows || size > maxSize)
      refuse(
        'ENR-003',
        spec,
        `it has more than ${maxRows} keys or ${maxSize} characters.`,
        'Leave out what no vehicle needs.',
      )
  }
  try {
    // A pipe would leave the parser waiting when the file fails; composed streams fail together.
    const parser = parse({
      delimiter: spec.delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 100_000,
    })
    const cells = Readable.from(decoded(path, spec.encoding)).compose(parser) as unknown as AsyncIterable<string[]>
    for await (const row of cells) take(row)
  } catch (error) {
    if (error instanceof GatewayError) throw error
    const { code } = error as NodeJS.ErrnoException
    const why = error instanceof Error ? error.message : String(error)
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR')
      refuse('ENR-001', spec, `the file cannot be read (${code}).`, 'Put it into the folder of look-ups.', error)
    refuse('ENR-002', spec, why, 'Check its delimiter and encoding.', error)
  }
  if (!at) refuse('ENR-002', spec, 'the file is empty.')
  return { rows, ambiguous, size }
}
