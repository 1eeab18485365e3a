import type { HealthCheck } from '../http/deps.ts'
import { runChecks } from '../health/run-checks.ts'
import { parse } from './arguments.ts'
import { type Command, exit, type Io } from './command.ts'

const usage = 'doctor [--json]'

const options = { json: { type: 'boolean' } } as const

const say = (results: readonly HealthCheck[], json: boolean, io: Io): number => {
  if (json) io.out(JSON.stringify(results))
  else
    for (const r of results) {
      io.out(`${r.ok ? 'ok   ' : 'ISSUE'} ${r.check}`)
      if (!r.ok) io.out(`      ${r.issue ?? ''}\n      ${r.suggestion ?? ''}`)
    }
  return results.every((r) => r.ok) ? exit.yes : exit.no
}

/** Checks the installation and says what to do. */
const command: Command = {
  where: 'data',
  summary: 'checks the installation',
  usage,
  async run(argv, io, { tools }) {
    const { values } = parse(argv, options, usage)
    return say(await runChecks(tools), values.json ?? false, io)
  },
  // A configuration that is refused is what the doctor was called for.
  refused(error, argv, io) {
    const { values } = parse(argv, options, usage)
    const issue = `${error.code} ${error.message}`
    return say([{ check: 'config', ok: false, issue, suggestion: error.hint ?? '' }], values.json ?? false, io)
  },
}
export default command
