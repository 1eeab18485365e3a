import { join } from 'node:path'
import { mkdir } from 'node:fs/promises'
import { sandboxPki } from '../sandbox/sandbox-pki.ts'
import { realParts } from '../sandbox/simulated-access-point/real-parts.ts'
import { startSimulator } from '../sandbox/simulated-access-point/run-simulator.ts'
import { parse, usageError } from './arguments.ts'
import { type Command, exit } from './command.ts'

const usage = 'simulate access-point [--port P] [--control-port P]'

const port = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw usageError(`${text} is no port.`, usage)
  return value
}

/** Runs the simulated access point alone, on the example PKI, until it is told to stop. */
const command: Command = {
  where: 'here',
  summary: 'the simulated access point alone',
  usage,
  async run(argv, io) {
    const string = { type: 'string' } as const
    const { values, positionals } = parse(argv, { port: string, 'control-port': string }, usage)
    if (positionals.join(' ') !== 'access-point') throw usageError('Say access-point.', usage)
    const [own, control] = [port(values.port), port(values['control-port'])]
    const pki = await sandboxPki(io.environment.data)
    const dir = join(io.environment.data, 'sandbox', 'access-point-alone')
    await mkdir(dir, { recursive: true })
    const simulator = await startSimulator({
      dir,
      ...(own === undefined ? {} : { port: own }),
      ...(control === undefined ? {} : { controlPort: control }),
      ...(await realParts(pki)),
    })
    io.out(`endpoint ${simulator.endpoint}`)
    io.out(`control ${simulator.control}`)
    io.out(`pki ${pki}`)
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    })
    await simulator.close()
    return exit.yes
  },
}
export default command
