import { runChecks } from '../health/run-checks.ts'
import { parse } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'doctor [--json]'

/** Checks the installation and says what to do. */
const command: Command = {
  where: 'data',
  summary: 'checks the installation',
  usage,
  async run(argv, io, { tools }) {
    const { values } = parse(argv, { json: { type: 'boolean' } }, usage)
    const results = await runChecks(tools)
    if (values.json) io.out(JSON.stringify(results))
    else
      for (const r of results) {
        io.out(`${r.ok ? 'ok   ' : 'ISSUE'} ${r.check}`)
        if (!r.ok) io.out(`      ${r.issue ?? ''}\n      ${r.suggestion ?? ''}`)
      }
    return results.every((r) => r.ok) ? exit.yes : exit.no
  },
}
export default command
