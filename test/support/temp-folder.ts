import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of its own for one test, gone when it ends. */
export const tempFolder = async (t: { teardown(done: () => Promise<void>): void }): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'ecoc-test-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}
