import { acceptBase } from '../base/retrieve-base.ts'
import type { Finding } from '../contract/index.ts'
import { keepBase } from '../flow/keep-base.ts'
import { pipeline } from '../pipeline.ts'
import { parse, readOrFinding, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print-findings.ts'

const usage = 'base import FILE… [--json]'

/** Takes base eCoCs in, verified; vehicles that waited for them go on. */
const command: Command = {
  where: 'data',
  summary: 'imports base eCoCs',
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
      const result = acceptBase(bytes, undefined, `import of ${file}`, tools.verify)
      if (result.kind === 'found')
        await keepBase(result.base, result.verification, 'command line', pipeline[0]?.name ?? '', tools)
      const findings = result.kind === 'unfit' ? result.findings : []
      results.push({ file, ok: result.kind === 'found', findings })
    }
    if (values.json) io.out(JSON.stringify(results))
    else for (const r of results) printFindings(r.file, r.ok ? 'imported' : 'NOT imported', r.findings, io)
    if (isMissing) return exit.operational
    return results.every((r) => r.ok) ? exit.yes : exit.no
  },
}
export default command
