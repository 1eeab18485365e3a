import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { GatewayError, type RecordFields, UnreadableFile } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import { checkRow, isRefused } from '../inbox/check-row.ts'
import { loadMapper } from '../mapping/load-mapper.ts'
import type { Mapper } from '../mapping/mapper.ts'
import type { SampleRecord } from '../workbench/compare-mappers.ts'
import { createWorkbench, type Which } from '../workbench/create-workbench.ts'
import { readInput, usageError } from './arguments.ts'

const whichOf = (text: string | undefined): Which | undefined => {
  if (text === undefined) return 'running'
  if (text === 'draft' || text === 'proposed') return text
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

/** A mapper as people name it: `M` as it runs, `M@draft`, `M@proposed`, `M@3` the release, `FILE.yaml`. */
export const mapperNamed = async (given: string, cwd: string, data: OpenData): Promise<Mapper> => {
  if (/\.ya?ml$/i.test(given)) return loadMapper((await readInput(given, cwd)).toString('utf8'), resolve(cwd, given))
  const [name = '', at] = given.split('@')
  const which = whichOf(at)
  if (which === undefined)
    throw usageError(`"${given}" names no mapper.`, 'mapper … M | M@draft | M@proposed | M@3 | FILE.yaml')
  return createWorkbench(data.tools).find(name, which)
}

/** The records of a file that the inbox takes; refused rows are told by their line. */
export const recordsIn = async (
  file: string,
  mapper: Mapper,
  cwd: string,
  data: OpenData,
  refused: (line: string) => void,
): Promise<SampleRecord[]> => {
  const codec = data.connectors.codecs.get(mapper.input.format)
  const records: SampleRecord[] = []
  if (!codec) return records
  try {
    for await (const row of codec.decode(Readable.from([await readInput(file, cwd)]), mapper.input)) {
      const record = checkRow(row, mapper.input)
      if (!isRefused(record)) records.push({ vin: record.vin, fields: record.fields })
      else refused(`Line ${record.line}: ${record.problems.map((p) => `${p.code} ${p.message}`).join(' ')}`)
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    refused(`${error.code} ${error.message}`)
  }
  return records
}

/** @throws GatewayError CLI-002 when the file has no record that can be read */
export const firstRecord = async (file: string, mapper: Mapper, cwd: string, data: OpenData): Promise<RecordFields> => {
  const problems: string[] = []
  const [first] = await recordsIn(file, mapper, cwd, data, (line) => problems.push(line))
  if (first) return first.fields
  throw new GatewayError({
    kind: 'operational',
    code: 'CLI-002',
    message: `${file} cannot be read as a record of ${mapper.name}: ${problems[0] ?? 'it has none.'}`,
    hint: 'Check the name, and the mapper.',
  })
}
