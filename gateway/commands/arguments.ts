import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { type Finding, GatewayError } from '../contract/index.ts'

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

/**
 * Reads a file of several: one that cannot be read is a finding in its place, so that the others have their answer.
 */
export const readOrFinding = async (file: string, cwd: string): Promise<Buffer | Finding> => {
  try {
    return await readInput(file, cwd)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const { code, message } = error
    return { code, layer: 'input', severity: 'error', path: '/', message }
  }
}

const notWritten = (path: string, cause: unknown): GatewayError =>
  new GatewayError({
    kind: 'operational',
    code: 'CLI-003',
    message: `${path} cannot be written: ${(cause as Error).message}`,
    hint: 'Check the name, the permissions and the space on the disk.',
    cause,
  })

/**
 * Makes the folder a command writes to, with those above it.
 * @throws GatewayError CLI-003 when it cannot be made
 */
export const makeFolder = async (folder: string, mode = 0o777): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode })
  } catch (cause) {
    throw notWritten(folder, cause)
  }
}

/**
 * Writes what a command made, relative to where it was called.
 * @throws GatewayError CLI-003 when it cannot be written
 */
export const writeOutput = async (file: string, bytes: Uint8Array, cwd: string): Promise<void> => {
  try {
    await writeFile(resolve(cwd, file), bytes)
  } catch (cause) {
    throw notWritten(resolve(cwd, file), cause)
  }
}
