import { GatewayError } from '../contract/index.ts'
import { exit, type Io } from './command.ts'

/** Runs an action and turns what it throws into a clear message and the right exit code. */
export const runCommand = async (io: Pick<Io, 'err'>, action: () => Promise<number>): Promise<number> => {
  try {
    return await action()
  } catch (error) {
    if (!(error instanceof GatewayError)) {
      io.err(
        `This is a fault of the gateway: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      )
      return exit.operational
    }
    io.err(`${error.code} ${error.message}`)
    if (error.hint) io.err(error.hint)
    return error.kind === 'usage' || error.kind === 'config' ? exit.usage : exit.operational
  }
}
