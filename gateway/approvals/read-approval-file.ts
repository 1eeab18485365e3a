import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { type Codec, type DecodedRow, UnreadableFile } from '../contract/codec.ts'
import type { InputLayout } from '../contract/input-layout.ts'
import { Collection, type ReadApprovals } from './collect.ts'
import { makeEntry } from './entry.ts'
import { readApprovals } from './read-approvals.ts'
import { readSpecimen } from './read-specimen.ts'
import { readTable } from './read-table.ts'

export interface ApprovalFileOptions {
  /** The product's codecs by format: csv, xlsx and xml are needed. */
  readonly codecs: ReadonlyMap<string, Codec>
  /** Decimal mark of tables; a point when not given. */
  readonly decimal?: ',' | '.'
  /** Of CSV; found in the header line when not given. */
  readonly delimiter?: string
  /** WHATWG label for CSV; utf-8 when not given. */
  readonly encoding?: string
}

type Format = 'yaml' | 'csv' | 'xlsx' | 'xml' | 'specimen'

const maxBytes = 32 * 1024 * 1024
const headLength = 4096
const delimiters = [';', '\t', ',', '|'] as const

/** The beginning of the file as text, whatever its encoding: enough to tell formats and delimiters apart. */
const headOf = (bytes: Buffer): string =>
  bytes
    .toString('latin1', 0, headLength)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()

const firstLine = (head: string): string => head.split(/\r\n|\r|\n/, 1)[0] ?? ''

const delimiterIn = (line: string): string => {
  const unquoted = line.replaceAll(/"[^"]*"/g, '')
  const counts = delimiters.map((d) => unquoted.split(d).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ';'
}

/** Content decides where it can: names lie. Only CSV and YAML look alike, and there the name helps. */
export const formatOf = (bytes: Buffer, file: string): Format => {
  const head = headOf(bytes)
  if (/^PK\x03\x04/.test(head) || head.startsWith('\xd0\xcf\x11\xe0')) return 'xlsx'
  if (head.startsWith('<')) return /<([\w.-]+:)?InitialVehicleInformation[\s>/]/.test(head) ? 'specimen' : 'xml'
  const extension = extname(file).toLowerCase()
  if (['.csv', '.tsv', '.txt'].includes(extension)) return 'csv'
  if (['.yaml', '.yml', '.json'].includes(extension)) return 'yaml'
  return /^[^:{[]*\bvariant\b[^:]*[;,\t|]/i.test(firstLine(head)) ? 'csv' : 'yaml'
}

const layoutFor = (format: 'csv' | 'xlsx' | 'xml', bytes: Buffer, options: ApprovalFileOptions): InputLayout => ({
  format,
  ...(format === 'csv'
    ? {
        csv: {
          delimiter: options.delimiter ?? delimiterIn(firstLine(headOf(bytes))),
          encoding: options.encoding ?? 'utf-8',
          decimal: options.decimal ?? '.',
        },
      }
    : {}),
  fields: [],
  recordKey: [],
  vin: '',
})

/** `<Approvals><Approval>…` with the same parts as an entry in YAML; a finding names the number of the entry. */
const readXml = async (rows: AsyncIterable<DecodedRow>, found: Collection): Promise<void> => {
  for await (const { line, fields } of rows) {
    const place = { at: line, line }
    if (found.isFull) {
      found.report('MAP-201', place, 'The file has too many entries.')
      return
    }
    const approval = makeEntry(fields, (code, _, message) => found.report(code, place, message))
    if (approval) found.add(approval, place)
  }
}

/**
 * Reads a file of type-approval master data, whatever it is: YAML or JSON, a table in CSV or XLSX, XML, or a specimen
 * eCoC (docs/master-data.md). Never throws for what stands in the file.
 * @param file its name, for findings and to tell CSV from YAML
 * @returns the good entries, and a finding for each fault; its path is `file:place`
 */
export const readApprovalFile = async (
  bytes: Buffer,
  file: string,
  options: ApprovalFileOptions,
): Promise<ReadApprovals> => {
  const found = new Collection(file)
  const start = { at: 1, line: 1 }
  if (bytes.length > maxBytes) {
    found.report('MAP-201', start, `The file is larger than ${maxBytes} bytes.`)
    return found.result()
  }
  const format = formatOf(bytes, file)
  if (format === 'yaml') return readApprovals(bytes, file)
  if (format === 'specimen') {
    readSpecimen(bytes, found)
    return found.result()
  }
  const codec = options.codecs.get(format)
  if (!codec) {
    found.report('MAP-201', start, `This gateway reads no ${format}.`)
    return found.result()
  }
  try {
    const rows = codec.decode(Readable.from([bytes]), layoutFor(format, bytes, options))
    if (format === 'xml') await readXml(rows, found)
    else await readTable(rows, found, { decimal: options.decimal ?? '.', alsoPoint: format === 'xlsx' })
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    found.report(error.code, start, error.message)
  }
  const result = found.result()
  if (result.approvals.length > 0 || result.findings.length > 0) return result
  found.report('MAP-201', start, 'The file holds no entry.')
  return found.result()
}
