import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'tap'
import { lockDataFolder } from '../../../gateway/store/sqlite/data-lock.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const lockModule = new URL('../../../gateway/store/sqlite/data-lock.ts', import.meta.url).href
const holder = `
  const { lockDataFolder } = await import(process.argv[1])
  lockDataFolder(process.argv[2])
  console.log('held')
  setInterval(() => undefined, 1000)`

/** Another process that holds the folder. */
const hold = async (folder: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder, lockModule, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

test('a data folder has one writer, and a killed one leaves nothing stale', async (t) => {
  const folder = await tempFolder(t)
  const child = await hold(folder)
  t.throws(() => lockDataFolder(folder), { code: 'STO-001', kind: 'operational' })
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  const lock = lockDataFolder(folder)
  t.throws(() => lockDataFolder(folder), { code: 'STO-001' }, 'held against our own process too')
  lock.release()
  lockDataFolder(folder).release()
  const other = lockDataFolder(await tempFolder(t))
  other.release()
})

test('a folder that is not there yet is made, for nobody else to read', async (t) => {
  const folder = `${await tempFolder(t)}/new/data`
  const { statSync } = await import('node:fs')
  lockDataFolder(folder).release()
  t.equal(statSync(folder).mode & 0o077, 0)
})
