import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { GatewayError } from '../contract/index.ts'
import { describeIssues, lineFinder } from './describe-issues.ts'
import { configSchema, type GatewayConfig } from './schema.ts'
import { verifyRuleSwitches } from './verify-rule-switches.ts'

const configError = (code: string, message: string, hint: string, cause?: unknown): GatewayError =>
  new GatewayError({ kind: 'config', code, message, hint, cause })

/**
 * Reads `gateway.yaml` of a configuration folder; file names in it are relative to that folder.
 * @throws GatewayError CFG-001 no configuration, CFG-002 no readable YAML, CFG-003 what is wrong in which line,
 *   CFG-016 a rule that cannot be switched so
 */
export const loadConfig = async (folder: string): Promise<{ config: GatewayConfig; folder: string }> => {
  const file = join(resolve(folder), 'gateway.yaml')
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw configError(
      'CFG-001',
      `There is no configuration: ${file} cannot be read.`,
      'Write one (deploy/gateway.example.yaml shows how), set ECOC_CONFIG to its folder, or try the sandbox: ecoc start --sandbox.',
      cause,
    )
  }
  const config = parseConfig(text, file)
  await verifyRuleSwitches(config.checks.rules, file)
  return { config, folder: dirname(file) }
}

/** Parses the text of a `gateway.yaml`; every problem is named with its line. */
export const parseConfig = (text: string, file: string): GatewayConfig => {
  const document = parseDocument(text, { prettyErrors: true, maxAliasCount: 50 } as object)
  const [first] = document.errors
  if (first) throw configError('CFG-002', `${file}: ${first.message}`, 'Correct the YAML at that place.')
  const result = configSchema.safeParse(document.toJS())
  if (result.success) return result.data
  const lineOf = lineFinder(text)
  const problems = describeIssues(result.error.issues, configSchema).map(
    ({ path, message }) => `${file}:${lineOf(path)}: ${path.map(String).join('.') || 'the file'}: ${message}`,
  )
  throw configError('CFG-003', problems.join('\n'), 'Correct these lines; nothing was started.')
}

/** Resolves a file name of the configuration against its folder. */
export const configPath = (folder: string, file: string): string => resolve(folder, file)

/**
 * Reads a file that the configuration names.
 * @throws GatewayError CFG-013 when it cannot be read
 */
export const readConfigured = async (folder: string, file: string): Promise<Buffer> => {
  const path = configPath(folder, file)
  try {
    return await readFile(path)
  } catch (cause) {
    const message = `The configuration names ${path}, which cannot be read: ${(cause as Error).message}`
    throw configError('CFG-013', message, 'Put the file there, or correct its name and rights.', cause)
  }
}
