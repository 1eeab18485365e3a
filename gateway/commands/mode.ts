import { isMode, modes } from '../contract/index.ts'
import { createFlows } from '../flow/modes/create-flows.ts'
import { knownFlow } from '../flow/modes/mode-of.ts'
import { pipeline } from '../pipeline.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'mode FLOW [test|parallel|live] [--json]'

/** Shows or switches how a flow is run. What a switch did besides is told on standard error. */
const command: Command = {
  where: 'data',
  summary: 'shows or switches how a flow is run',
  usage,
  async run(argv, io, { tools }) {
    const { values, positionals } = parse(argv, { json: { type: 'boolean' } }, usage)
    const [flow, to, ...more] = positionals
    if (flow === undefined || more.length > 0) throw usageError('Name one flow, by its mapper.', usage)
    knownFlow(flow, tools)
    if (to !== undefined && !isMode(to)) throw usageError(`The modes are ${modes.join(', ')}.`, usage)
    const flows = createFlows(tools, pipeline[0]?.name ?? '')
    if (to !== undefined) {
      const { from, heads, problems, undelivered, report } = await flows.switchMode(flow, to, 'command line')
      for (const p of problems) io.err(`${p.vin} ${p.reference}: ${p.finding.code} ${p.finding.message}`)
      if (report !== null) {
        io.err(`${heads} eCoC(s) of the earlier process are continued here. Report: SHA-256 ${report}.`)
        if (undelivered > 0)
          io.err(
            `${undelivered} vehicle(s) of the parallel run are not known as delivered. Export them again to send them.`,
          )
      }
      if (from === to) io.err(`It is ${to} already.`)
    }
    const now = await flows.mode(flow)
    io.out(values.json ? JSON.stringify(now) : `${now.flow}: ${now.mode}`)
    return exit.yes
  },
}
export default command
