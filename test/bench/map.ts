import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { RecordFields } from '../../gateway/contract/index.ts'
import { type Element, elementNames, findTargetElement } from '../../gateway/mapping/elements.ts'
import { loadMapper } from '../../gateway/mapping/load-mapper.ts'
import { ownElements } from '../../gateway/mapping/take.ts'
import { mapRecord } from '../../gateway/mapping/map-record.ts'
import { writeExport } from './export-file.ts'
import type { MapChildFigures } from './map-child.ts'
import { costOf, inTurns, median, pairedRatio } from './measure.ts'
import { benchVin } from './sample-vehicles.ts'

export interface MapFigures {
  /** CPU of mapping one vehicle of `elements` elements, every one from a field: a third each by field, unit and expression. */
  readonly cpuMsPerVehicle: number
  readonly elements: number
  /** The peer: JSON.parse of the same record. */
  readonly jsonParseMs: number
  readonly ratioToJsonParse: number
  /** Reading and compiling the mapper file, once at start. */
  readonly compileMs: number
  /** A CSV through codec, row check and mapper `sage-x3`, nothing kept. */
  readonly csv: {
    readonly rows: number
    readonly rowsPerSecond: number
    readonly peakRssMb: number
    readonly fileMb: number
    /** Peak memory at a tenth of the rows: with constant memory both are alike. */
    readonly peakRssMbAtTenth: number
  }
}

const elementCount = 250
const round = 200

/** Number elements that hold a seven, in the first row of their tables. */
const targets = (): { path: string; element: Element }[] =>
  [...elementNames()]
    .filter((name) => !ownElements.has(name))
    .flatMap((name) => findTargetElement(name) ?? [])
    .filter((element) => element.kind === 'number' && !element.problemOf('7'))
    .map((element) => ({
      path: element.steps.map((s) => (s.repeats ? `${s.name}[1]` : s.name)).join('/'),
      element,
    }))
    .slice(0, elementCount)

const sourceOf = (element: Element, i: number): string => {
  if (i % 3 === 0) return `{ expr: 'compare(record.F${i}, 0) > 0 ? record.F${i} : "0"' }`
  return i % 3 === 1 && !element.problemOf('7000')
    ? `{ field: F${i}, unit: { from: m, to: mm }, round: half-up }`
    : `{ field: F${i}, round: half-up }`
}

const wideMapper = (all: ReturnType<typeof targets>): string => `
name: wide
version: '1'
title: every element from a field
ivi: '2.0'
input:
  format: csv
  csv: { delimiter: ';', encoding: utf-8, decimal: ',' }
  recordKey: [VIN]
  vin: VIN
  fields:
    VIN: { type: vin }
${all.map((_, i) => `    F${i}: { type: decimal }`).join('\n')}
base: none
map:
  VehicleIdentificationNumber: { field: VIN }
${all.map(({ path, element }, i) => `  ${path}: ${sourceOf(element, i)}`).join('\n')}
`

const child = async (file: string, rows: number): Promise<MapChildFigures> => {
  const script = fileURLToPath(new URL('map-child.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, file, String(rows)])
  return JSON.parse(stdout) as MapChildFigures
}

/** One wide vehicle beside JSON.parse of its record, and 1,000,000 rows (100,000 when quick) in constant memory. */
export const benchMap = async (quick: boolean): Promise<MapFigures> => {
  const all = targets()
  const yaml = wideMapper(all)
  const compile = await costOf(() => void loadMapper(yaml, 'wide.yaml'))
  const mapper = loadMapper(yaml, 'wide.yaml')
  const values = Object.fromEntries(all.map((_, i) => [`F${i}`, '7,000']))
  const fields: RecordFields = { VIN: benchVin(1), ...values }
  const text = JSON.stringify(fields)
  const one = mapRecord(mapper, { fields, approval: undefined, base: undefined, settings: {} })
  if (!one.model) throw new Error(`the wide vehicle is not mapped: ${JSON.stringify(one.findings.slice(0, 3))}`)
  const turns = await inTurns(
    {
      ours: () => {
        for (let i = 0; i < round; i++)
          mapRecord(mapper, {
            fields: { ...fields, VIN: benchVin(i) },
            approval: undefined,
            base: undefined,
            settings: {},
          })
      },
      json: () => {
        for (let i = 0; i < round; i++) JSON.parse(text)
      },
    },
    quick ? 9 : 25,
  )
  const cpu = (costs: readonly { readonly cpuMs: number }[]): number[] => costs.map((c) => c.cpuMs / round)

  const folder = await mkdtemp(join(tmpdir(), 'ecoc-bench-map-'))
  try {
    const rows = quick ? 100_000 : 1_000_000
    const file = join(folder, 'export.csv')
    const bytesPerRow = 145
    await writeExport(file, rows * bytesPerRow)
    const tenth = await child(file, rows / 10)
    const whole = await child(file, rows)
    return {
      cpuMsPerVehicle: median(cpu(turns.ours)),
      elements: all.length,
      jsonParseMs: median(cpu(turns.json)),
      ratioToJsonParse: pairedRatio(cpu(turns.ours), cpu(turns.json)),
      compileMs: compile.cpuMs,
      csv: {
        rows: whole.rows,
        rowsPerSecond: (1000 * whole.rows) / whole.wallMs,
        peakRssMb: whole.peakRssMb,
        fileMb: (await stat(file)).size / 1e6,
        peakRssMbAtTenth: tenth.peakRssMb,
      },
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
