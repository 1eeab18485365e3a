import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const entry = new URL('../../gateway/ecoc.ts', import.meta.url).pathname

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `ecoc` in a folder. @param more environment beside the usual */
export const runEcoc = (cwd: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> => {
  const env = {
    ...process.env,
    ECOC_DATA: join(cwd, 'data'),
    ECOC_CONFIG: join(cwd, 'config'),
    ECOC_PORT: '0',
    ...more,
  }
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, ...args], { cwd, env, maxBuffer: 64e6 }, (error, out, err) =>
      resolve({ code: error ? (typeof error.code === 'number' ? error.code : -1) : 0, out, err }),
    )
  })
}

/** A folder of its own for one test. */
export const temporaryFolder = async (t: { teardown(fn: () => Promise<void>): void }): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-'))
  t.teardown(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}
