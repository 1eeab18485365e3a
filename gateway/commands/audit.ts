import { verifyChain } from '../audit/verify-chain.ts'
import { parse, readInput, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'audit verify [--anchor FILE] [--json]'

const pageSize = 1000

/** Recomputes the audit chain; an anchor is a head that was noted earlier (`{"events": N, "head": "…"}`). */
const command: Command = {
  where: 'data',
  summary: 'verifies the audit chain',
  usage,
  async run(argv, io, { tools }) {
    const { values, positionals } = parse(argv, { anchor: { type: 'string' }, json: { type: 'boolean' } }, usage)
    if (positionals.join(' ') !== 'verify') throw usageError('Say verify.', usage)
    const verdict = await verifyChain((from) => tools.store.events.from(from, pageSize))
    const findings = [...verdict.findings]
    if (values.anchor !== undefined) {
      const anchor = JSON.parse((await readInput(values.anchor, io.cwd)).toString()) as { events: number; head: string }
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
