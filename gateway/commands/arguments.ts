import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { GatewayError } from '../contract/index.ts'

/**
 * Parses arguments strictly.
 * @throws GatewayError CLI-001 with what is wrong and how the command is used
 */
export const parse = <O extends ParseArgsOptionsConfig>(argv: string[], options: O, usage: string) => {
  try {
    return parseArgs({ args: argv, options, allowPositionals: true, strict: true })
  } catch (cause) {
    throw usageError((cause as Error).message, usage)
  }
}

export const usageError = (message: string, usage: string): GatewayError =>
  new GatewayError({ kind: 'usage', code: 'CLI-001', message, hint: `usage: ecoc ${usage}` })

/**
 * Reads a file named on the command line, relative to where the command was called.
 * @throws GatewayError CLI-002 when it cannot be read
 */
export const readInput = async (file: string, cwd: string): Promise<Buffer> => {
  try {
    return await readFile(resolve(cwd, file))
  } catch (cause) {
    throw new GatewayError({
      kind: 'operational',
      code: 'CLI-002',
      message: `${file} cannot be read: ${(cause as Error).message}`,
      hint: 'Check the name and the permissions.',
      cause,
    })
  }
}
