import { randomUUID } from 'node:crypto'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { type Finding, type InboxRecord, isValid, type IviReferenceId, UnreadableFile } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import { stampDocument } from '../document/make-document.ts'
import { baseStep } from '../flow/steps/base-step.ts'
import { mappingStep } from '../flow/steps/mapping-step.ts'
import type { Work } from '../flow/step.ts'
import { checkRow, isRefused } from '../inbox/check-row.ts'
import { writeDocument } from '../ivi/write-document.ts'
import type { EcocRow, RecordRow } from '../store/tables.ts'
import { loadMapper, type Mapper } from '../mapping/load-mapper.ts'
import { localDateTime, localDay } from '../support/local-time.ts'
import { makeFolder, parse, readInput, usageError, writeOutput } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage = 'map FILE --mapper M|M.yaml [--out DIR] [--json]'

interface Mapped {
  readonly recordKey: string | null
  readonly vin: string | null
  readonly file: string | null
  readonly findings: readonly Finding[]
}

const held = (code: string, message: string): Finding => ({
  code,
  layer: 'mapping',
  severity: 'error',
  path: '/',
  message,
})

/** One record through base and mapping, as the pipeline does it, without keeping anything but a base eCoC it found. */
const mapOne = async (record: InboxRecord, mapper: string, { tools }: OpenData) => {
  const ecoc = { id: 'map', vin: record.vin, mapper, version: 1, state: 'received' } as unknown as EcocRow
  const work: Work = { ecoc, lease: '', record: {} as RecordRow, fields: record.fields, made: {} }
  const base = await baseStep.run(work, tools)
  if (base.rest) return { findings: [held(base.rest.code ?? '', base.rest.reason ?? '')] }
  // There is no eCoC here that anything could be kept beside.
  const kept = (base.writes ?? []).filter((w) => w.op === 'upsert' && w.table === 'base_ecoc')
  if (kept.length > 0) await tools.store.commit(kept)
  await mappingStep.load?.(work, tools)
  const result = mappingStep.run(work, tools)
  const findings = (result.findings ?? []).flatMap((f) => f.findings)
  if (result.rest && isValid(findings)) findings.push(held(result.rest.code ?? '', result.rest.reason ?? ''))
  return { findings, tree: result.rest ? undefined : work.made.model?.tree }
}

/** A mapper of the configuration by its name, or one that is being written by its file. */
const findMapper = async (
  name: string,
  mappers: ReadonlyMap<string, Mapper>,
  cwd: string,
): Promise<Mapper | undefined> =>
  /\.ya?ml$/i.test(name)
    ? loadMapper((await readInput(name, cwd)).toString('utf8'), resolve(cwd, name))
    : mappers.get(name)

/** Turns records into unsigned IVI documents. Each gets stamps of its own, so that it can be checked and signed. */
const command: Command = {
  where: 'data',
  needsAccessPoint: true,
  summary: 'records to unsigned IVI XML',
  usage,
  async run(argv, io, data) {
    const string = { type: 'string' } as const
    const { values, positionals } = parse(argv, { mapper: string, out: string, json: { type: 'boolean' } }, usage)
    const [file] = positionals
    if (file === undefined || positionals.length > 1 || !values.mapper)
      throw usageError('Name one file and the mapper.', usage)
    const mapper = await findMapper(values.mapper, data.tools.mappers, io.cwd)
    const own: OpenData = mapper
      ? { ...data, tools: { ...data.tools, mappers: new Map([...data.tools.mappers, [mapper.name, mapper]]) } }
      : data
    const codec = data.connectors.codecs.get(mapper?.input.format ?? '')
    if (!mapper || !codec)
      throw usageError(`There is no mapper "${values.mapper}": ${[...data.tools.mappers.keys()].join(', ')}.`, usage)
    const folder = values.out === undefined ? undefined : resolve(io.cwd, values.out)
    if (folder) await makeFolder(folder)
    const results: Mapped[] = []
    try {
      for await (const row of codec.decode(Readable.from([await readInput(file, io.cwd)]), mapper.input)) {
        const record = checkRow(row, mapper.input)
        if (isRefused(record)) {
          const findings = record.problems.map((p): Finding => ({
            code: p.code,
            layer: 'input',
            severity: 'error',
            path: p.field || '/',
            message: `Line ${record.line}: ${p.message}`,
          }))
          results.push({ recordKey: null, vin: record.vin ?? null, file: null, findings })
          continue
        }
        const { findings, tree } = await mapOne(record, mapper.name, own)
        const name = tree && folder ? join(folder, `${record.vin}.xml`) : null
        const now = new Date()
        const zone = data.tools.config.site.timeZone
        const stamps = {
          iviReferenceId: randomUUID() as IviReferenceId,
          iviVersionDateTime: localDateTime(now, zone),
          signatureDate: localDay(now, zone),
        }
        const bytes =
          tree && writeDocument(stampDocument(tree, stamps), data.tools.releases.catalogueOf(tree, undefined))
        if (bytes && name) await writeOutput(name, bytes, io.cwd)
        else if (bytes && !values.json) io.out(bytes.toString())
        results.push({ recordKey: record.recordKey, vin: record.vin, file: name, findings })
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      results.push({ recordKey: null, vin: null, file: null, findings: [held(error.code, error.message)] })
    }
    if (values.json) io.out(JSON.stringify(results))
    else
      for (const r of results)
        printFindings(r.vin ?? file, isValid(r.findings) ? 'mapped' : 'NOT mapped', r.findings, io)
    return results.every((r) => isValid(r.findings)) ? exit.yes : exit.no
  },
}
export default command
