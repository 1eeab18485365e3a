import { constants } from 'node:fs'
import { access, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defineSource, type TestStep } from '../../gateway/contract/index.ts'
import { folderConfig } from './config.ts'
import { openFolder } from './open-folder.ts'

/** Runs the steps in order and stops at the first that fails: its name says what is wrong. */
const run = async (steps: readonly (readonly [string, () => Promise<unknown>])[]): Promise<TestStep[]> => {
  const done: TestStep[] = []
  for (const [step, action] of steps) {
    try {
      await action()
      done.push({ step, ok: true })
    } catch (error) {
      return [...done, { step, ok: false, detail: (error as Error).message }]
    }
  }
  return done
}

export default defineSource({
  name: 'folder',
  title: 'Watched folder',
  kind: 'files',
  config: folderConfig,
  test: (given, { files }) => {
    const config = { ...given, path: files.path(given.path) }
    const probe = join(config.path, `.ecoc-probe-${process.pid}`)
    return run([
      ['exists', () => stat(config.path)],
      ['list', () => readdir(config.path)],
      ['read', () => access(config.path, constants.R_OK)],
      [
        'write',
        async () => {
          await writeFile(probe, '')
          await rm(probe)
        },
      ],
      ['archive', () => mkdir(join(config.path, config.archive), { recursive: true })],
    ])
  },
  open: (config, { files }) => Promise.resolve(openFolder({ ...config, path: files.path(config.path) })),
})
