import type { OpenData } from '../data-folder.ts'
import { baseStep } from '../flow/steps/base-step.ts'
import type { Work } from '../flow/step.ts'
import { type Language, languages } from '../ivi/coc/coc.ts'
import type { EcocRow, RecordRow } from '../store/tables.ts'
import { compareMappers, type SampleRecord } from '../workbench/compare-mappers.ts'
import { createWorkbench } from '../workbench/create-workbench.ts'
import { readDraft } from '../workbench/drafts.ts'
import type { Preview } from '../workbench/preview.ts'
import { triedRecords } from '../workbench/release-mapper.ts'
import { runTests, testFileOf } from '../workbench/run-tests.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'
import { mapperNamed, recordsIn } from './mapper-files.ts'
import { printDifference, printPreview, printTests } from './print-mapper.ts'

const usage = `mapper preview FILE --mapper M|M.yaml [--language en|de|fr] [--json]
       ecoc mapper test M|M.yaml [--json]
       ecoc mapper diff A B [--records FILE] [--json]
       ecoc mapper propose|release M [--by NAME] [--comment TEXT] [--json]
       ecoc mapper rollback M [--to N] [--by NAME] [--json]
       ecoc mapper releases M [--json]
       where A, B and M may be NAME, NAME@draft, NAME@proposed, NAME@3 or FILE.yaml`
const string = { type: 'string' } as const
const options = {
  mapper: string,
  language: string,
  records: string,
  by: string,
  comment: string,
  to: string,
  json: { type: 'boolean' },
} as const
type Values = ReturnType<typeof parse<typeof options>>['values']
type Verb = (rest: readonly string[], values: Values, io: Io, data: OpenData) => Promise<number>

const isLanguage = (text: string): text is Language => languages.some((one) => one === text)
const one = (rest: readonly string[], what: string): string => {
  const [first] = rest
  if (first === undefined || rest.length > 1) throw usageError(`Name one ${what}.`, usage)
  return first
}
const tell = (json: boolean | undefined, value: unknown, io: Io, print: () => void): void => {
  if (json) io.out(JSON.stringify(value))
  else print()
}

/** As the pipeline does it: a base eCoC that is not here yet is fetched and kept. */
const fetchBase = async ({ vin }: SampleRecord, mapper: string, { tools }: OpenData): Promise<void> => {
  const ecoc = { id: 'preview', vin, mapper, version: 1, state: 'received' } as unknown as EcocRow
  const work: Work = { ecoc, lease: '', record: {} as RecordRow, fields: {}, made: {} }
  const { writes = [] } = await baseStep.run(work, tools)
  // There is no eCoC here that anything could be kept beside.
  const kept = writes.filter((write) => write.op === 'upsert' && write.table === 'base_ecoc')
  if (kept.length > 0) await tools.store.commit(kept)
}

const preview: Verb = async (rest, values, io, data) => {
  const { language = 'en', json } = values
  if (values.mapper === undefined) throw usageError('Name the mapper.', usage)
  if (!isLanguage(language)) throw usageError(`--language is one of ${languages.join(', ')}.`, usage)
  const mapper = await mapperNamed(values.mapper, io.cwd, data)
  const refused: string[] = []
  const records = await recordsIn(one(rest, 'file'), mapper, io.cwd, data, (line) => {
    refused.push(line)
    io.err(line)
  })
  const workbench = createWorkbench(data.tools)
  const previews: Preview[] = []
  for (const record of records) {
    if (mapper.base !== 'none') {
      const mappers = new Map([...data.tools.mappers, [mapper.name, mapper]])
      await fetchBase(record, mapper.name, { ...data, tools: { ...data.tools, mappers } })
    }
    previews.push(await workbench.preview(mapper, record.fields, language))
  }
  tell(json, previews, io, () => previews.forEach((shown) => printPreview(shown, io)))
  return refused.length === 0 && previews.length > 0 && previews.every((p) => p.mapped) ? exit.yes : exit.no
}

const test: Verb = async (rest, { json }, io, data) => {
  const name = one(rest, 'mapper')
  const isFile = /\.ya?ml$/i.test(name)
  const draft = isFile
    ? { mapper: await mapperNamed(name, io.cwd, data), file: name }
    : await readDraft(name, data.tools)
  const results = await runTests(draft.mapper, testFileOf(draft.file), data.tools)
  tell(json, results, io, () => printTests(draft.mapper.name, results, io))
  return results.every((result) => result.ok) ? exit.yes : exit.no
}

const diff: Verb = async (rest, { records: file, json }, io, data) => {
  const [a, b] = rest
  if (a === undefined || b === undefined || rest.length > 2) throw usageError('Name two mappers.', usage)
  const [before, after] = [await mapperNamed(a, io.cwd, data), await mapperNamed(b, io.cwd, data)]
  const records =
    file === undefined
      ? await data.tools.store.mapperReleases.latestRecords(before.name, triedRecords)
      : await recordsIn(file, before, io.cwd, data, (line) => io.err(line))
  const found = await compareMappers(before, after, records, data.tools)
  tell(json, found, io, () => printDifference(found, io))
  return found.changed + found.nowRefused.records + found.nowMapped.records === 0 ? exit.yes : exit.no
}

/** Where two people are needed, they must be people: a name that nobody has would be nobody else's either. */
const byWhom = async ({ by }: Values, { tools }: OpenData): Promise<string> => {
  if (tools.config.fourEyes && (by === undefined || !(await tools.store.access.person(by))))
    throw usageError('Say who you are with --by, as you log in (fourEyes).', usage)
  return by ?? 'command line'
}

const runsWhat = ({ tools }: OpenData): string =>
  tools.config.mappersRelease === 'released'
    ? 'The flow runs it from the next vehicle on.'
    : 'The flow runs the file as it stood at the start (mappersRelease: file).'

const propose: Verb = async (rest, values, io, data) => {
  const name = one(rest, 'mapper')
  const by = await byWhom(values, data)
  const workbench = createWorkbench(data.tools)
  await workbench.propose(name, by, values.comment ?? '')
  const { proposal } = await workbench.describe(name)
  tell(values.json, proposal, io, () => {
    io.out(`${name}: proposed by ${by}; another person approves it in the UI.`)
    if (proposal) printDifference(proposal.difference, io)
  })
  return exit.yes
}

const release: Verb = async (rest, values, io, data) => {
  const name = one(rest, 'mapper')
  const workbench = createWorkbench(data.tools)
  const number = await workbench.release(name, values.by ?? 'command line', values.comment ?? '')
  const made = (await workbench.describe(name)).releases.find((r) => r.number === number)
  tell(values.json, made, io, () => {
    io.out(`${name}: release ${number}. ${runsWhat(data)}`)
    if (made) printDifference(made.difference, io)
  })
  return exit.yes
}

const rollback: Verb = async (rest, values, io, data) => {
  const name = one(rest, 'mapper')
  const { to } = values
  if (to !== undefined && !/^[1-9]\d{0,8}$/.test(to)) throw usageError('--to is the number of a release.', usage)
  const workbench = createWorkbench(data.tools)
  const by = await byWhom(values, data)
  const number = await workbench.rollBack(name, to === undefined ? undefined : Number(to), by)
  const made = (await workbench.describe(name)).releases.find((r) => r.number === number)
  tell(values.json, made, io, () => {
    io.out(`${name}: release ${number}, which is release ${made?.backTo ?? ''} again. ${runsWhat(data)}`)
    if (made) printDifference(made.difference, io)
  })
  return exit.yes
}

const releases: Verb = async (rest, { json }, io, data) => {
  const found = await createWorkbench(data.tools).describe(one(rest, 'mapper'))
  tell(json, found.releases, io, () => {
    for (const r of found.releases) {
      const back = r.backTo === null ? '' : `  back to ${r.backTo}`
      io.out(
        `${r.number}  ${r.version}  ${r.at}  ${r.releasedBy}  ${r.sha256.slice(0, 16)}${back}  ${r.comment}`.trimEnd(),
      )
    }
    if (found.releases.length === 0) io.out(`${found.name} has no release.`)
  })
  return exit.yes
}

const verbs: Readonly<Record<string, Verb>> = { preview, test, diff, propose, release, rollback, releases }

/** Tries, compares and releases mappers. */
const command: Command = {
  where: 'data',
  needsAccessPoint: true,
  summary: 'tries, compares and releases mappers',
  usage,
  async run(argv, io, data) {
    const { values, positionals } = parse(argv, options, usage)
    const [name = '', ...rest] = positionals
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
    if (!verb) throw usageError(`Say ${Object.keys(verbs).join(', ')}.`, usage)
    return verb(rest, values, io, data)
  },
}
export default command
