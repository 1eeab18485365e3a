import type { Command, Io } from './commands/command.ts'
import { exit } from './commands/command.ts'
import { commandNames, findCommand } from './commands/find-command.ts'
import { runCommand } from './commands/run-command.ts'
import { GatewayError } from './contract/index.ts'
import { kindFor, openData } from './data-folder.ts'
import { callLocal } from './local-socket.ts'
import { readEnvironment } from './support/environment.ts'

const help = async (print: (line: string) => void): Promise<void> => {
  print('usage: ecoc COMMAND [ARGUMENTS]\n')
  for (const name of commandNames()) {
    const command = await findCommand(name)
    if (command) print(`  ${name.padEnd(10)} ${command.summary}\n             ecoc ${command.usage}`)
  }
}

/** A command on the data folder: the running gateway does it, or this process while it holds the folder's lock. */
const onData = async (command: Command & { where: 'data' }, argv: string[], io: Io): Promise<number> => {
  const [, ...rest] = argv
  const answer = await callLocal(io.environment.data, { argv, cwd: io.cwd })
  if (answer) {
    answer.out.forEach((line) => io.out(line))
    answer.err.forEach((line) => io.err(line))
    return answer.exit
  }
  const kind = kindFor(io.environment)
  if (kind === 'sandbox')
    io.err(`No configuration in ${io.environment.config}: working on the sandbox's example PKI and master data.`)
  let data
  try {
    data = await openData(io.environment, kind, { startAccessPoint: command.needsAccessPoint ?? false })
  } catch (error) {
    const code =
      error instanceof GatewayError && error.kind === 'config' ? command.refused?.(error, rest, io) : undefined
    if (code !== undefined) return code
    throw error
  }
  try {
    return await command.run(rest, io, data)
  } finally {
    await data.close()
  }
}

/** The `ecoc` command. @returns the exit code */
export const main = async (argv: string[]): Promise<number> => {
  const [name = '', ...rest] = argv
  const print = { out: (line: string) => console.log(line), err: (line: string) => console.error(line) }
  if (name === '' || name === 'help' || name === '--help') {
    await help(print.out)
    return name === '' ? exit.usage : exit.yes
  }
  return runCommand(print, async () => {
    const command = await findCommand(name)
    if (!command) {
      print.err(`There is no command "${name}".`)
      await help(print.err)
      return exit.usage
    }
    if (rest.includes('--help')) {
      print.out(`usage: ecoc ${command.usage}`)
      return exit.yes
    }
    const io: Io = { ...print, cwd: process.cwd(), environment: readEnvironment(process.env, process.cwd()) }
    return command.where === 'here' ? command.run(rest, io) : onData(command, argv, io)
  })
}
