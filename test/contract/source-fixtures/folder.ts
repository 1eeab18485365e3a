import { execFile } from 'node:child_process'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { SourceFixture } from './fixture.ts'

const read = (file: string): Promise<Buffer | undefined> => readFile(file).catch(() => undefined)

/** Anybody but root, who may do everything: the process itself is that user for a while. */
const asNobody = (): (() => Promise<void>) => {
  process.seteuid?.(65_534)
  return () => Promise.resolve(process.seteuid?.(0))
}

export const openFixture = async (): Promise<SourceFixture> => {
  const home = await mkdtemp(join(tmpdir(), 'ecoc-source-'))
  const folder = join(home, 'drop')
  const secret = join(home, 'secret.txt')
  await mkdir(folder)
  await writeFile(secret, 'secret')
  return {
    config: { path: folder },
    brokenConfig: { path: join(home, 'nowhere') },
    put: (name, content) => writeFile(join(folder, name), content),
    async replaceUnseen(name, content) {
      const file = join(folder, name)
      const { atime, mtime } = await stat(file)
      await writeFile(file, content)
      await utimes(file, atime, mtime)
    },
    look: (name) => read(join(folder, name)),
    lookInArchive: (name) => read(join(folder, 'archive', name)),
    names: () => readdir(folder),
    async putOddities() {
      await mkdir(join(folder, 'sub'))
      await writeFile(join(folder, 'sub', 'deep.csv'), 'deep')
      await symlink(secret, join(folder, 'link.csv'))
      await symlink(home, join(folder, 'folder-link'))
      await promisify(execFile)('mkfifo', [join(folder, 'pipe.csv')])
      return { linkName: 'link.csv', outside: () => readFile(secret, 'utf8') }
    },
    async vanish() {
      await rename(folder, `${folder}-away`)
      return () => rename(`${folder}-away`, folder)
    },
    waivers: {
      hangs: 'a local disk does not hang; what the core does with a call that never ends is tested in test/unit/flow',
      rotated: 'it logs in nowhere',
    },
    loseRights: () => Promise.resolve(asNobody()),
    async refuseWriting() {
      await chmod(home, 0o755)
      return asNobody()
    },
    rename: (from, to) => rename(join(folder, from), join(folder, to)),
    setTime: (name, seconds) => utimes(join(folder, name), seconds, seconds),
    async putHuge(name, bytes) {
      await writeFile(join(folder, name), '')
      await truncate(join(folder, name), bytes)
    },
    close: () => rm(home, { recursive: true, force: true }),
  }
}
