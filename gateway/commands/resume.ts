import { GatewayError } from '../contract/index.ts'
import { createAccessPointControl } from '../flow/delivery/access-point-control.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'
import { printAccessPoint } from './print-access-point.ts'

const usage = 'resume ACCESS_POINT [--json]'

const command: Command = {
  where: 'data',
  summary: 'ends the pause of an access point',
  usage,
  async run(argv, io, { tools }) {
    const { values, positionals } = parse(argv, { json: { type: 'boolean' } }, usage)
    const [name, ...more] = positionals
    if (name === undefined || more.length > 0) throw usageError('Name one access point.', usage)
    const control = createAccessPointControl(tools)
    try {
      await control.resume(name, 'command line')
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== 'SUB-103') throw error
      io.err(error.message)
      await printAccessPoint(control, name, values.json === true, io)
      return exit.no
    }
    await printAccessPoint(control, name, values.json === true, io)
    return exit.yes
  },
}
export default command
