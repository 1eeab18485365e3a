import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Io } from '../../../gateway/commands/command.ts'
import { findCommand } from '../../../gateway/commands/find-command.ts'
import { runCommand } from '../../../gateway/commands/run-command.ts'
import { type OpenData, openData } from '../../../gateway/data-folder.ts'
import type { Environment } from '../../../gateway/support/environment.ts'
import { examplePki } from '../../support/pki.ts'
import { tempFolder } from '../../support/temp-folder.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}
interface Teardown {
  teardown(done: () => Promise<void>): void
}

export const environmentOf = (folder: string): Environment => ({
  data: join(folder, 'data'),
  config: join(folder, 'config'),
  port: 0,
  host: '127.0.0.1',
  log: 'silent',
})

/** Runs a command as the command line does, in this process. */
export const runIn = async (cwd: string, data: OpenData | undefined, ...argv: string[]): Promise<Ran> => {
  const [out, err]: [string[], string[]] = [[], []]
  const io: Io = { cwd, environment: environmentOf(cwd), out: (l) => out.push(l), err: (l) => err.push(l) }
  const code = await runCommand(io, async () => {
    const [name = '', ...rest] = argv
    const command = await findCommand(name)
    if (command?.where === 'here') return command.run(rest, io)
    return command!.run(rest, io, data!)
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

/** A folder with a data folder in which the example PKI lies already. */
export const folderWithPki = async (t: Teardown): Promise<string> => {
  const folder = await tempFolder(t)
  await mkdir(join(folder, 'data', 'sandbox'), { recursive: true })
  await cp((await examplePki()).dir, join(folder, 'data', 'sandbox', 'pki'), { recursive: true })
  return folder
}

/** An open sandbox without its access point. */
export const openSandbox = async (
  t: Teardown,
): Promise<{ folder: string; data: OpenData; run: (...argv: string[]) => Promise<Ran> }> => {
  const folder = await folderWithPki(t)
  const data = await openData(environmentOf(folder), 'sandbox', { startAccessPoint: false })
  t.teardown(() => data.close())
  return { folder, data, run: (...argv) => runIn(folder, data, ...argv) }
}
