import { z } from 'zod'
import { verifyChain } from '../audit/verify-chain.ts'
import { parse, readInput, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'audit verify [--anchor FILE] [--json]'

const pageSize = 1000

/** What else `audit verify --json` printed may stand beside it. */
const anchorSchema = z.object({ events: z.int().min(0), head: z.string().regex(/^[0-9a-f]{64}$/) })

const readAnchor = async (file: string, cwd: string): Promise<z.infer<typeof anchorSchema>> => {
  const text = (await readInput(file, cwd)).toString()
  try {
    return anchorSchema.parse(JSON.parse(text))
  } catch {
    throw usageError(`${file} is no anchor: it must hold {"events": NUMBER, "head": "64 hexadecimal digits"}.`, usage)
  }
}

/** Recomputes the audit chain; an anchor is a head that was noted earlier (`{"events": N, "head": "…"}`). */
const command: Command = {
  where: 'data',
  summary: 'verifies the audit chain',
  usage,
  async run(argv, io, { tools }) {
    const { values, positionals } = parse(argv, { anchor: { type: 'string' }, json: { type: 'boolean' } }, usage)
    if (positionals.join(' ') !== 'verify') throw usageError('Say verify.', usage)
    const anchor = values.anchor === undefined ? undefined : await readAnchor(values.anchor, io.cwd)
    const verdict = await verifyChain((from) => tools.store.events.from(from, pageSize))
    const findings = [...verdict.findings]
    // An anchor of an empty chain says nothing that could be wrong.
    if (anchor !== undefined && anchor.events > 0) {
      const [row] = await tools.store.events.from(anchor.events, 1)
      if (row?.seq !== anchor.events || row.hash !== anchor.head)
        findings.push({ seq: anchor.events, message: 'The chain does not hold the event that the anchor names.' })
    }
    const result = { ...verdict, valid: findings.length === 0, findings }
    if (values.json) io.out(JSON.stringify(result))
    else {
      io.out(`${result.valid ? 'whole' : 'BROKEN'}: ${result.events} events, head ${result.head}`)
      for (const f of findings) io.out(`  event ${f.seq}: ${f.message}`)
    }
    return result.valid ? exit.yes : exit.no
  },
}
export default command
