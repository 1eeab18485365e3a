import { importLists, listStatus } from '../certificates/import-lists.ts'
import type { ImportedList, ListFile } from '../certificates/import-lists.ts'
import { fetchLists } from '../certificates/fetch-lists.ts'
import { listFindings } from '../certificates/list-view.ts'
import type { ListView } from '../certificates/list-view.ts'
import type { Finding, Sha256 } from '../contract/index.ts'
import type { OpenData } from '../data-folder.ts'
import { fingerprintOf } from '../trust/lists/lotl-signers.ts'
import { parse, readOrFinding, usageError } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage = `trust import FILE… [--lotl-signer SHA256 | --lotl-signer shipped] [--json]
       ecoc trust fetch [--json]
       ecoc trust status [--json]`
const options = { json: { type: 'boolean' }, 'lotl-signer': { type: 'string', multiple: true } } as const
type Values = ReturnType<typeof parse<typeof options>>['values']

/** Undefined: nobody was named. An empty list: back to the shipped ones. */
const signersOf = (named: readonly string[] | undefined): Sha256[] | undefined =>
  named
    ?.filter((text) => text !== 'shipped')
    .map((text) => {
      const found = fingerprintOf(text)
      if (found === undefined) throw usageError(`--lotl-signer is a SHA-256 in hexadecimal, not "${text}".`, usage)
      return found
    })

/** Where a file is no list at all, the members of a list are null. */
const none = { territory: null, sequence: null, issued: null, nextUpdate: null, stale: null, signature: 'absent' }
const asJson = ({ file, list, findings }: ImportedList): object => ({
  file,
  ...(list ?? { ...none, services: 0 }),
  findings,
})

const line = (list: ListView): string =>
  `${list.territory}  ${list.kind === 'list' ? 'trusted list' : 'list of lists'}  sequence ${list.sequence}  issued ${list.issued.slice(0, 10)} (${list.ageDays} days ago)  next ${list.nextUpdate?.slice(0, 10) ?? 'none'}${list.stale ? ' STALE' : ''}  signature ${list.signature}  ${list.services} services`

const show = (results: readonly ImportedList[], { json }: Values, io: Io): void => {
  if (json) {
    io.out(JSON.stringify({ lists: results.map(asJson) }))
    return
  }
  for (const { file, ok, list, findings } of results) {
    printFindings(file, ok ? 'imported' : 'NOT trusted', findings, io)
    if (list) io.out(`  ${line(list)}`)
  }
}

const take = async (names: readonly string[], values: Values, io: Io, { tools }: OpenData): Promise<number> => {
  if (names.length === 0) throw usageError('Name at least one file.', usage)
  const signers = signersOf(values['lotl-signer'])
  const files: (ListFile | { file: string; problem: Finding })[] = []
  for (const file of names) {
    const bytes = await readOrFinding(file, io.cwd)
    if (Buffer.isBuffer(bytes)) files.push({ file, bytes })
    else {
      io.err(`${bytes.code} ${bytes.message}`)
      files.push({ file, problem: bytes })
    }
  }
  const readable = files.filter((one): one is ListFile => 'bytes' in one)
  const imported = [...(await importLists(readable, 'command line', tools, signers))]
  const results = files.map((one): ImportedList => {
    if ('problem' in one) return { file: one.file, ok: false, list: undefined, findings: [one.problem] }
    return imported.shift() ?? { file: one.file, ok: false, list: undefined, findings: [] }
  })
  show(results, values, io)
  if (readable.length < files.length) return exit.operational
  return results.every(({ ok }) => ok) ? exit.yes : exit.no
}

const fetch = async (values: Values, io: Io, { tools }: OpenData): Promise<number> => {
  const results = await fetchLists(tools, 'command line')
  show(results, values, io)
  return results.every(({ ok }) => ok) ? exit.yes : exit.no
}

const status = async ({ json }: Values, io: Io, { tools }: OpenData): Promise<number> => {
  const lists = await listStatus(tools)
  if (json) io.out(JSON.stringify({ lists }))
  else if (lists.length === 0) io.out('No trusted lists were imported.')
  else
    for (const list of lists) {
      io.out(line(list))
      for (const { code, message } of listFindings(list)) io.out(`  ${code} ${message}`)
    }
  return exit.yes
}

/** Takes in trusted lists of the EU and its states, and says how they stand. */
const command: Command = {
  where: 'data',
  summary: 'imports trusted lists and shows how they stand',
  usage,
  async run(argv, io, data) {
    const { values, positionals } = parse(argv, options, usage)
    const [verb, ...files] = positionals
    if (verb === 'import') return take(files, values, io, data)
    if (verb === 'fetch' && files.length === 0) return fetch(values, io, data)
    if (verb === 'status' && files.length === 0) return status(values, io, data)
    throw usageError('Say import, fetch or status.', usage)
  },
}
export default command
