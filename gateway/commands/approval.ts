import { type Finding, isValid } from '../contract/index.ts'
import { importApprovals } from '../flow/import-approvals.ts'
import { readApprovalFile } from '../approvals/read-approval-file.ts'
import { pipeline } from '../pipeline.ts'
import { parse, readOrFinding, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage = 'approval import FILE… [--decimal ,|.] [--delimiter C] [--encoding E] [--json]'
const delimiters = [';', ',', '|', 'tab']

const checkOptions = (values: { decimal?: string; delimiter?: string; encoding?: string }): void => {
  const { decimal, delimiter, encoding } = values
  if (decimal !== undefined && decimal !== ',' && decimal !== '.') throw usageError('--decimal is , or .', usage)
  if (delimiter !== undefined && !delimiters.includes(delimiter))
    throw usageError(`--delimiter is one of ${delimiters.join(' ')}`, usage)
  try {
    if (encoding !== undefined) new TextDecoder(encoding)
  } catch {
    throw usageError(`There is no character set "${encoding ?? ''}".`, usage)
  }
}

/** Takes type-approval master data in, in any of its formats; vehicles that waited for it go on. */
const command: Command = {
  where: 'data',
  summary: 'imports type-approval master data',
  usage,
  async run(argv, io, { tools, connectors }) {
    const string = { type: 'string' } as const
    const options = { json: { type: 'boolean' }, decimal: string, delimiter: string, encoding: string } as const
    const { values, positionals } = parse(argv, options, usage)
    checkOptions(values)
    const { decimal, delimiter, encoding } = values
    const reading = {
      codecs: connectors.codecs,
      ...(decimal === ',' ? { decimal: ',' as const } : {}),
      ...(delimiter === undefined ? {} : { delimiter: delimiter === 'tab' ? '\t' : delimiter }),
      ...(encoding === undefined ? {} : { encoding }),
    }
    const [verb, ...files] = positionals
    if (verb !== 'import' || files.length === 0) throw usageError('Name at least one file.', usage)
    const results: { file: string; ok: boolean; findings: readonly Finding[] }[] = []
    let isMissing = false
    for (const file of files) {
      const bytes = await readOrFinding(file, io.cwd)
      if (!Buffer.isBuffer(bytes)) {
        io.err(`${bytes.code} ${bytes.message}`)
        isMissing = true
        results.push({ file, ok: false, findings: [bytes] })
        continue
      }
      const { approvals, findings } = await readApprovalFile(bytes, file, reading)
      await importApprovals(approvals, 'command line', pipeline[0]?.name ?? '', tools)
      results.push({ file, ok: isValid(findings) && approvals.length > 0, findings })
    }
    if (values.json) io.out(JSON.stringify(results))
    else for (const r of results) printFindings(r.file, r.ok ? 'imported' : 'NOT fully imported', r.findings, io)
    if (isMissing) return exit.operational
    return results.every((r) => r.ok) ? exit.yes : exit.no
  },
}
export default command
