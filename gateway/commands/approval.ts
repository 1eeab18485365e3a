import { type Finding, isValid } from '../contract/index.ts'
import { importApprovals } from '../flow/import-approvals.ts'
import { readApprovals } from '../mapping/read-approvals.ts'
import { pipeline } from '../pipeline.ts'
import { parse, readOrFinding, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print.ts'

const usage = 'approval import FILE… [--json]'

/** Takes type-approval master data in; vehicles that waited for it go on. */
const command: Command = {
  where: 'data',
  summary: 'imports type-approval master data',
  usage,
  async run(argv, io, { tools }) {
    const { values, positionals } = parse(argv, { json: { type: 'boolean' } }, usage)
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
      const { approvals, findings } = readApprovals(bytes, file)
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
