import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { writeExport, writeXmlExport } from './export-file.ts'
import type { ChildFigures } from './intake-child.ts'

export interface IntakeFigures {
  readonly rowsPerSecond: number
  /** Time per row of the gateway's intake, store included, over time per row of bare csv-parse. */
  readonly ratioToCsvParse: number
  readonly csvParseRowsPerSecond: number
  readonly peakRssMb: number
  readonly cpuMsPerRow: number
  readonly fileMb: number
  /** Rows that were taken, of how many in the file: fewer when the time was up. */
  readonly rows: number
  readonly rowsInFile: number
  /** The same vehicles as XML, 500 MB (50 when quick). */
  readonly xml: {
    readonly rowsPerSecond: number
    readonly peakRssMb: number
    readonly fileMb: number
    readonly rows: number
    readonly rowsInFile: number
  }
}

const child = async (mode: string, file: string, folder: string, seconds: number): Promise<ChildFigures> => {
  const script = fileURLToPath(new URL('intake-child.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [script, mode, file, folder, String(seconds)])
  return JSON.parse(stdout) as ChildFigures
}

const rate = ({ rows, wallMs }: ChildFigures): number => (1000 * rows) / wallMs

const benchXml = async (folder: string, quick: boolean): Promise<IntakeFigures['xml']> => {
  const [file, data] = [join(folder, 'export.xml'), join(folder, 'xml-data')]
  const rowsInFile = await writeXmlExport(file, quick ? 50e6 : 500e6)
  await mkdir(data)
  const ours = await child('intake', file, data, quick ? 30 : 1200)
  const fileMb = (await stat(file)).size / 1e6
  return { rowsPerSecond: rate(ours), peakRssMb: ours.peakRssMb, fileMb, rows: ours.rows, rowsInFile }
}

/** A CSV of 100 MB or 1 GB through codec, row check and store, and through bare csv-parse before and after. */
export const benchIntake = async (quick: boolean): Promise<IntakeFigures> => {
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-bench-intake-'))
  try {
    const file = join(folder, 'export.csv')
    const rowsInFile = await writeExport(file, quick ? 100e6 : 1e9)
    const data = join(folder, 'data')
    await mkdir(data)
    const [bareSeconds, seconds] = quick ? [10, 20] : [60, 1200]
    const before = await child('bare', file, folder, bareSeconds)
    const ours = await child('intake', file, data, seconds)
    const after = await child('bare', file, folder, bareSeconds)
    const bare = (rate(before) + rate(after)) / 2
    await rm(data, { recursive: true })
    const fileMb = (await stat(file)).size / 1e6
    await rm(file)
    return {
      rowsPerSecond: rate(ours),
      ratioToCsvParse: bare / rate(ours),
      csvParseRowsPerSecond: bare,
      peakRssMb: ours.peakRssMb,
      cpuMsPerRow: ours.cpuMs / ours.rows,
      fileMb,
      rows: ours.rows,
      rowsInFile,
      xml: await benchXml(folder, quick),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
