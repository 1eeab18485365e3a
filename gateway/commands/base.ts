import { readApprovalFile } from '../approvals/read-approval-file.ts'
import { readAnnouncements } from '../base/read-announcements.ts'
import { isVin } from '../base/vin-series.ts'
import { type Finding, GatewayError, isValid } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import { type Bases, createBases } from '../flow/base/create-bases.ts'
import { pipeline } from '../pipeline.ts'
import { parse, readInput, readOrFinding, usageError } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage =
  'base import FILE… [--vins LIST] | announce FILE|VIN… | missing | budget VIN | sheets | issues | handovers [--retry] [--json]'
const actor = 'command line'

interface Result {
  readonly file: string
  readonly ok: boolean
  readonly findings: readonly Finding[]
}

const asFinding = (error: unknown): Finding => {
  if (!(error instanceof GatewayError)) throw error
  return { code: error.code, layer: 'base', severity: 'error', path: '/', message: error.message }
}

/** VINs of a sheet stand in its fact `vins`, or are given for the whole file; divided by blanks or commas. */
const vinsIn = (text: string | undefined): string[] => (text ?? '').split(/[\s,;]+/).filter((vin) => vin !== '')

/** A file of data sheets: the same columns as type-approval master data, and `fact:vins`. */
const importSheets = async (
  bytes: Buffer,
  file: string,
  vins: string | undefined,
  bases: Bases,
  data: OpenData,
): Promise<Result> => {
  const { approvals, findings } = await readApprovalFile(bytes, file, { codecs: data.connectors.codecs })
  const all = [...findings]
  for (const sheet of approvals)
    try {
      const entered = await bases.enterSheet(sheet, [...vinsIn(vins), ...vinsIn(sheet.facts['vins'])], actor)
      all.push(...entered.findings)
      if (entered.id === undefined) continue
      const message = `Data sheet ${entered.id} of ${sheet.variant}, ${sheet.version} waits for somebody else to confirm it.`
      all.push({ code: 'BAS-037', layer: 'base', severity: 'info', path: '/', message, params: { sheet: entered.id } })
    } catch (error) {
      all.push(asFinding(error))
    }
  return { file, ok: isValid(all) && approvals.length > 0, findings: all }
}

const isXml = (bytes: Buffer): boolean =>
  bytes
    .toString('latin1', 0, 300)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .startsWith('<')

const importAll = async (
  files: readonly string[],
  values: { json?: boolean; vins?: string },
  io: Io,
  data: OpenData,
): Promise<number> => {
  const bases = createBases(data.tools, pipeline[0]?.name ?? '')
  const results: Result[] = []
  let isMissing = false
  for (const file of files) {
    const bytes = await readOrFinding(file, io.cwd)
    if (!Buffer.isBuffer(bytes)) {
      io.err(`${bytes.code} ${bytes.message}`)
      isMissing = true
      results.push({ file, ok: false, findings: [bytes] })
    } else if (isXml(bytes)) {
      const { ok, findings } = await bases.take(bytes, `import of ${file}`, actor)
      results.push({ file, ok, findings })
    } else results.push(await importSheets(bytes, file, values.vins, bases, data))
  }
  if (values.json) io.out(JSON.stringify(results))
  else for (const r of results) printFindings(r.file, r.ok ? 'imported' : 'NOT imported', r.findings, io)
  if (isMissing) return exit.operational
  return results.every((r) => r.ok) ? exit.yes : exit.no
}

const announceAll = async (
  named: readonly string[],
  json: boolean | undefined,
  io: Io,
  data: OpenData,
): Promise<number> => {
  const texts = await Promise.all(
    named.map(async (one) => (isVin(one.toUpperCase()) ? one : (await readInput(one, io.cwd)).toString('utf8'))),
  )
  const read = texts.map(readAnnouncements)
  const faults = read.flatMap((r) => r.faults)
  const vehicles = read.flatMap((r) => r.vehicles)
  if (faults.length === 0) await createBases(data.tools, pipeline[0]?.name ?? '').announce(vehicles, actor)
  const announced = faults.length === 0 ? vehicles.length : 0
  if (json) io.out(JSON.stringify({ announced, faults }))
  else {
    for (const fault of faults) io.err(fault)
    io.out(`${announced} announced`)
  }
  return faults.length === 0 ? exit.yes : exit.no
}

type Table = readonly Readonly<Record<string, string | number | null | undefined>>[]
const show = (rows: Table, json: boolean | undefined, io: Io, none: string): void => {
  if (json) io.out(JSON.stringify(rows))
  else if (rows.length === 0) io.out(none)
  else
    for (const row of rows)
      io.out(
        Object.values(row)
          .map((v) => String(v ?? '–'))
          .join('  '),
      )
}

/** Base eCoCs: brings them, announces vehicles, and shows what is missing, left, corrected or handed over. */
const command: Command = {
  where: 'data',
  summary: 'brings base eCoCs and data sheets, announces vehicles, shows what is missing or left',
  usage,
  async run(argv, io, data) {
    const flag = { type: 'boolean' } as const
    const { values, positionals } = parse(argv, { json: flag, retry: flag, vins: { type: 'string' } }, usage)
    const { json } = values
    const [verb, ...named] = positionals
    const { store } = data.tools
    const bases = createBases(data.tools, pipeline[0]?.name ?? '')
    const [first] = named
    switch (verb ?? '') {
      case 'import':
        if (first === undefined) break
        return importAll(named, values, io, data)
      case 'announce':
        if (first === undefined) break
        return announceAll(named, json, io, data)
      case 'missing': {
        const rows = await bases.missing(500)
        show(
          rows.map(({ vin, ageDays, problem, note }) => ({ vin, ageDays, problem, note })),
          json,
          io,
          'No base eCoC is missing.',
        )
        return rows.length === 0 ? exit.yes : exit.no
      }
      case 'budget': {
        const vin = first?.toUpperCase() ?? ''
        if (!isVin(vin)) break
        const budget = await bases.budget(vin)
        if (json) io.out(JSON.stringify(budget ?? null))
        else if (!budget) io.out(`${vin}: no base eCoC is kept`)
        else
          for (const { key, axle, left, missing, unit, most, by } of budget.lines)
            io.out(
              `${key}${axle ? ` ${axle}` : ''}: ${left ?? '–'} ${unit} left of ${most ?? '–'} (${by})${missing ? `, ${missing} missing` : ''}`,
            )
        return budget ? exit.yes : exit.no
      }
      case 'sheets': {
        const rows = await store.bases.sheets(500)
        show(
          rows.map(({ id, state, approval, variant, version, entered_by: by }) => ({
            id,
            state,
            approval,
            variant,
            version,
            by,
          })),
          json,
          io,
          'There is no data sheet.',
        )
        return exit.yes
      }
      case 'issues': {
        const rows = await store.bases.openIssues(500)
        show(
          rows.map(({ vin, code, text, next_step: next }) => ({ vin, code, text, next })),
          json,
          io,
          'There is no open issue.',
        )
        return exit.yes
      }
      case 'handovers': {
        if (values.retry) io.err(`${await bases.retryHandovers(actor)} tried again`)
        const rows = await store.bases.handovers(undefined, 500)
        show(
          rows.map(({ vin, target, state, tries, problem }) => ({ vin, target, state, tries, problem })),
          json,
          io,
          'Nothing was handed over.',
        )
        return exit.yes
      }
    }
    throw usageError('Name what to do, and the files or VINs.', usage)
  },
}
export default command
