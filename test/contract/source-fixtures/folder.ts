import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { SourceFixture } from './fixture.ts'

const read = (file: string): Promise<Buffer | undefined> => readFile(file).catch(() => undefined)

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
    close: () => rm(home, { recursive: true, force: true }),
  }
}
