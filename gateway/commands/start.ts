import { GatewayError } from '../contract/index.ts'
import { kindFor } from '../data-folder.ts'
import { runGateway } from '../main.ts'
import { type Command, exit } from './command.ts'
import { parse } from './arguments.ts'

const usage = 'start [--sandbox]'

/** Runs the gateway until it is told to stop. */
const command: Command = {
  where: 'here',
  summary: 'runs the gateway',
  usage,
  async run(argv, io) {
    const { values } = parse(argv, { sandbox: { type: 'boolean', default: false } }, usage)
    if (!values.sandbox && kindFor(io.environment) === 'sandbox')
      throw new GatewayError({
        kind: 'config',
        code: 'CFG-001',
        message: `There is no configuration: ${io.environment.config}/gateway.yaml cannot be read.`,
        hint: 'Write one (deploy/gateway.example.yaml shows how), set ECOC_CONFIG to its folder, or try the sandbox: ecoc start --sandbox.',
      })
    await runGateway(io.environment, values.sandbox ? 'sandbox' : 'production', (line) => io.out(line))
    return exit.yes
  },
}
export default command
