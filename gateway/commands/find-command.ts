import { existsSync, readdirSync } from 'node:fs'
import { extname } from 'node:path'
import type { Command } from './command.ts'

const folder = new URL('./', import.meta.url)
const extension = extname(import.meta.url)
/** Files of this folder that serve the commands. */
const helpers = new Set([
  'command',
  'arguments',
  'print-findings',
  'print-checked',
  'find-command',
  'run-command',
  'run-local-command',
  'on-vin',
  'mapper-files',
  'print-mapper',
  'print-access-point',
  'token-holder',
  'token-holder',
])

export const commandNames = (): string[] =>
  readdirSync(folder)
    .filter((f) => extname(f) === extension)
    .map((f) => f.slice(0, -extension.length))
    .filter((name) => !helpers.has(name))
    .sort()

/** The command of that name; a name from outside is never joined to a path unchecked. */
export const findCommand = async (name: string): Promise<Command | undefined> => {
  if (!/^[a-z]+(-[a-z]+)*$/.test(name) || helpers.has(name)) return undefined
  const file = new URL(`${name}${extension}`, folder)
  if (!existsSync(file)) return undefined
  return ((await import(file.href)) as { default: Command }).default
}
