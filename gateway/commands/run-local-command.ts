import type { OpenData } from '../data-folder.ts'
import type { LocalAnswer, LocalCall } from '../local-socket.ts'
import type { Environment } from '../support/environment.ts'
import { exit, type Io } from './command.ts'
import { findCommand } from './find-command.ts'
import { runCommand } from './run-command.ts'

/** A command that the command line handed to the running gateway. */
export const runLocalCommand = async (
  call: LocalCall,
  environment: Environment,
  data: OpenData,
): Promise<LocalAnswer> => {
  const out: string[] = []
  const err: string[] = []
  const io: Io = { cwd: call.cwd, environment, out: (line) => out.push(line), err: (line) => err.push(line) }
  const [name = '', ...argv] = call.argv
  const code = await runCommand(io, async () => {
    const command = await findCommand(name)
    return command?.where === 'data' ? command.run(argv, io, data) : exit.usage
  })
  return { exit: code, out, err }
}
