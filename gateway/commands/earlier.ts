import { stat, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createFlows } from '../flow/modes/create-flows.ts'
import type { EarlierFile } from '../flow/modes/import-earlier.ts'
import { knownFlow } from '../flow/modes/mode-of.ts'
import { ReceiptIndex } from '../flow/modes/receipt-index.ts'
import { GatewayError } from '../contract/index.ts'
import { pipeline } from '../pipeline.ts'
import { parse, readInput, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage = 'earlier import FILE|FOLDER… --flow M [--receipts FOLDER] [--accepted] [--json]'

const maxBytes = 20_000_000

const unreadable = (name: string, cause: unknown): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'CLI-002',
    message: `${name} cannot be read: ${(cause as Error).message}`,
    hint: 'Check the name and the permissions.',
    cause,
  })

/** A file, or the files of a folder with all below it. @throws GatewayError CLI-002 */
const filesOf = async (name: string, cwd: string, wanted: RegExp): Promise<string[]> => {
  const path = resolve(cwd, name)
  try {
    if (!(await stat(path)).isDirectory()) return [name]
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    return entries
      .filter((e) => e.isFile() && wanted.test(e.name) && !e.name.startsWith('.'))
      .map((e) => join(e.parentPath, e.name))
      .sort()
  } catch (cause) {
    throw unreadable(name, cause)
  }
}

const bytesOf = async (file: string, cwd: string): Promise<Buffer> => {
  const { size } = await stat(resolve(cwd, file)).catch((cause: unknown) => {
    throw unreadable(file, cause)
  })
  // Larger than any document: its beginning is enough to see that it is none.
  return size > maxBytes ? Buffer.alloc(0) : readInput(file, cwd)
}

async function* documentsOf(files: readonly string[], cwd: string): AsyncGenerator<EarlierFile> {
  for (const file of files) yield { file, bytes: await bytesOf(file, cwd) }
}

/** Takes in what the process before this gateway delivered: documents, and the answers they got. */
const command: Command = {
  where: 'data',
  summary: 'imports what the earlier process delivered',
  usage,
  async run(argv, io, { tools }) {
    const string = { type: 'string' } as const
    const boolean = { type: 'boolean' } as const
    const options = { flow: string, receipts: string, accepted: boolean, json: boolean } as const
    const { values, positionals } = parse(argv, options, usage)
    const [verb, ...names] = positionals
    if (verb !== 'import' || names.length === 0 || values.flow === undefined)
      throw usageError('Name at least one file or folder, and the flow.', usage)
    const flow = knownFlow(values.flow, tools)
    const files = (await Promise.all(names.map((name) => filesOf(name, io.cwd, /\.xml$/i)))).flat()
    const index = new ReceiptIndex<string>((file) => bytesOf(file, io.cwd))
    if (values.receipts !== undefined)
      for (const file of await filesOf(values.receipts, io.cwd, /./)) index.add(file, await bytesOf(file, io.cwd))
    const input = { documents: documentsOf(files, io.cwd), receipts: index.find, accepted: values.accepted ?? false }
    const results = await createFlows(tools, pipeline[0]?.name ?? '').importEarlier(flow, input, 'command line')
    if (values.json) io.out(JSON.stringify(results))
    else {
      for (const r of results.filter((one) => one.findings.length > 0))
        printFindings(r.file, r.ok ? 'imported' : 'NOT fully imported', r.findings, io)
      const count = (wanted: (r: (typeof results)[number]) => boolean): number => results.filter(wanted).length
      io.out(
        `${count((r) => r.ok)} of ${results.length} file(s) imported, ${count((r) => r.accepted)} accepted, ` +
          `${count((r) => r.ecocId !== null)} continued here`,
      )
    }
    return results.length > 0 && results.every((r) => r.ok) ? exit.yes : exit.no
  },
}
export default command
