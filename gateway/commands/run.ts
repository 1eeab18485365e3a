import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { type EcocId, type Finding, isResting, type SourceItem } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import { readFile } from '../flow/intake/read-file.ts'
import { Runner } from '../flow/runner.ts'
import { spoolItem } from '../intake/spool-item.ts'
import { pipeline } from '../pipeline.ts'
import type { SpoolRow } from '../store/tables.ts'
import { event, insert, update } from '../store/writes.ts'
import { instant } from '../support/clock.ts'
import { parse, readInput, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'run FILE… --mapper M [--access-point A] [--json]'

const source = 'command-line'

interface Input {
  readonly file: string
  readonly bytes: Buffer
}

/** Spools and reads one file as a source would. @returns its rows */
const take = async ({ file, bytes }: Input, mapper: string, accessPoint: string | undefined, data: OpenData) => {
  const { tools, connectors } = data
  const layout = tools.mappers.get(mapper)?.input
  const codec = connectors.codecs.get(layout?.format ?? '')
  if (!layout || !codec)
    throw usageError(`There is no mapper "${mapper}": ${[...tools.mappers.keys()].join(', ')}.`, usage)
  const item: SourceItem = { key: basename(file), size: bytes.length, version: '1' }
  const target = { folder: join(tools.dataFolder, 'spool'), source, maxBytes: bytes.length }
  const spooled = await spoolItem(item, Readable.from([bytes]), target)
  const at = instant(tools.clock())
  const open = {
    item_version: '1',
    state: 'taken',
    cursor: 0,
    rows: 0,
    refused: 0,
    problem: null,
    archive_name: '',
  } as const
  const spool: SpoolRow = { ...spooled, ...open, mapper, at }
  const detail = { source, file, size: spool.size, sha256: spool.sha256 }
  await tools.store.commit([
    insert('spool', spool),
    event({ at, actor: source, type: 'file.taken', subject: spool.id, detail }),
  ])
  const firstStage = pipeline[0]?.name ?? ''
  await readFile(spool, { codec, layout, firstStage, ...(accessPoint ? { accessPoint } : {}) }, tools)
  await tools.store.commit([update('spool', { id: spool.id }, { state: 'settled' })])
  return spool
}

/** Waits until every eCoC of the files rests. */
const rest = async (spools: readonly SpoolRow[], { tools }: OpenData): Promise<void> => {
  for (;;) {
    const lines = (await Promise.all(spools.map((s) => tools.store.spools.lines(s.id)))).flat()
    if (lines.every((l) => !l.state || isResting(l.state))) return
    await wait(100)
  }
}

const resultOf = async (id: EcocId, { tools }: OpenData) => {
  const ecoc = await tools.store.ecocs.get(id)
  const findings = await tools.store.findings.of(id)
  const receipt = (await tools.store.receipts.latest(id)) ?? null
  return {
    recordKey: ecoc?.record_key,
    vin: ecoc?.vin,
    ecocId: id,
    state: ecoc?.state,
    reason: ecoc?.reason,
    findings,
    receipt,
  }
}

const refused = (line: number, vin: string | null, findings: unknown): Record<string, unknown> => ({
  recordKey: null,
  vin,
  ecocId: null,
  state: 'refused',
  line,
  findings,
  receipt: null,
})

/** What became of the rows of a file, and at its end what was wrong with the file as a whole (line 0). */
const resultsOf = async (spool: SpoolRow, data: OpenData): Promise<Record<string, unknown>[]> => {
  const results: Record<string, unknown>[] = []
  for (const l of await data.tools.store.spools.lines(spool.id))
    results.push(l.ecoc_id ? await resultOf(l.ecoc_id, data) : refused(l.line, l.vin, JSON.parse(l.problems ?? '[]')))
  if (spool.problem) {
    const { code, message } = JSON.parse(spool.problem) as { code: string; message: string }
    const finding: Finding = { code, layer: 'input', severity: 'error', path: '/', message: `${spool.key}: ${message}` }
    results.push(refused(0, null, [finding]))
  }
  return results
}

/** Takes files through the whole pipeline and ends when every record rests. */
const command: Command = {
  where: 'data',
  needsAccessPoint: true,
  summary: 'takes files through the whole pipeline',
  usage,
  async run(argv, io, data) {
    const string = { type: 'string' } as const
    const options = { mapper: string, 'access-point': string, json: { type: 'boolean' } } as const
    const { values, positionals: files } = parse(argv, options, usage)
    if (files.length === 0 || !values.mapper) throw usageError('Name at least one file and the mapper.', usage)
    const accessPoint = values['access-point']
    if (accessPoint !== undefined && !data.tools.accessPoints.has(accessPoint))
      throw usageError(
        `There is no access point "${accessPoint}": ${[...data.tools.accessPoints.keys()].join(', ')}.`,
        usage,
      )
    // All are read before the first is taken: a name that is wrong leaves nothing half done.
    const inputs = await Promise.all(files.map(async (file) => ({ file, bytes: await readInput(file, io.cwd) })))
    const runner = data.isRunning ? undefined : new Runner(pipeline, data.tools)
    const spools: SpoolRow[] = []
    await runner?.start()
    try {
      for (const input of inputs) spools.push(await take(input, values.mapper, accessPoint, data))
      await rest(spools, data)
    } finally {
      await runner?.stop()
    }
    const results = (await Promise.all(spools.map((s) => resultsOf(s, data)))).flat()
    if (values.json) io.out(JSON.stringify(results))
    else
      for (const r of results.filter((one) => one['line'] !== 0))
        io.out(`${String(r['vin'])}  ${String(r['state'])}  ${typeof r['reason'] === 'string' ? r['reason'] : ''}`)
    for (const s of spools) if (s.problem) io.err(`${s.key}: ${(JSON.parse(s.problem) as { message: string }).message}`)
    const good = new Set<unknown>(['accepted', 'accepted_with_warnings', 'compared'])
    return spools.every((s) => !s.problem) && results.every((r) => good.has(r['state'])) ? exit.yes : exit.no
  },
}
export default command
