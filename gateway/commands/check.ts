import { createRules } from '../checks/run-rules.ts'
import { createSchemaCheck } from '../checks/schema-check.ts'
import { type Finding, isValid } from '../contract/index.ts'
import { trustAnchorsFor } from '../data-folder.ts'
import { readDocument } from '../ivi/read-document.ts'
import { verifyDocument } from '../signature/verify-document.ts'
import { parse, readOrFinding, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printFindings } from './print.ts'

const usage = 'check FILE… [--unsigned] [--only schema|rules|signature] [--json]'
const parts = ['schema', 'rules', 'signature']

/** Validates IVI documents: schema, content rules, signature and trust. */
const command: Command = {
  where: 'here',
  summary: 'validates IVI documents',
  usage,
  async run(argv, io) {
    const options = { unsigned: { type: 'boolean' }, only: { type: 'string' }, json: { type: 'boolean' } } as const
    const { values, positionals: files } = parse(argv, options, usage)
    if (files.length === 0) throw usageError('Name at least one file.', usage)
    const { only, unsigned = false } = values
    if (only !== undefined && !parts.includes(only)) throw usageError(`--only is one of ${parts.join(', ')}.`, usage)
    const wanted = (part: string): boolean => only === undefined || only === part
    const [schema, rules] = await Promise.all([createSchemaCheck(), createRules()])
    const anchors = wanted('signature') && !unsigned ? await trustAnchorsFor(io) : []
    const results: { file: string; valid: boolean; findings: Finding[] }[] = []
    let isMissing = false
    for (const file of files) {
      const bytes = await readOrFinding(file, io.cwd)
      if (!Buffer.isBuffer(bytes)) {
        io.err(`${bytes.code} ${bytes.message}`)
        isMissing = true
        results.push({ file, valid: false, findings: [bytes] })
        continue
      }
      const findings: Finding[] = []
      if (wanted('schema')) findings.push(...schema.check(bytes, { unsigned }))
      if (wanted('rules')) {
        const read = readDocument(bytes)
        // The schema says the same about structure; alone, the rules need to say it themselves.
        if (!wanted('schema')) findings.push(...read.findings)
        if (isValid(read.findings)) findings.push(...rules.check(read.tree))
      }
      if (wanted('signature') && !unsigned) findings.push(...verifyDocument(bytes, { trustAnchors: anchors }).findings)
      results.push({ file, valid: isValid(findings), findings })
    }
    if (values.json) io.out(JSON.stringify(results))
    else for (const r of results) printFindings(r.file, r.valid ? 'valid' : 'NOT valid', r.findings, io)
    if (isMissing) return exit.operational
    return results.every((r) => r.valid) ? exit.yes : exit.no
  },
}
export default command
