import { execFile } from 'node:child_process'
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { startSshd } from '../../support/sshd.ts'
import type { SourceFixture } from './fixture.ts'

const read = (file: string): Promise<Buffer | undefined> => readFile(file).catch(() => undefined)

/** A folder on OpenSSH's own server; the test looks at the same folder from the server's side. */
export const openFixture = async (): Promise<SourceFixture> => {
  const server = await startSshd()
  const { folder, uid } = server
  const secret = join(dirname(dirname(folder)), 'secret.txt')
  await writeFile(secret, 'secret')
  let seconds = Date.now() / 1000 - 3600
  /** SFTP tells whole seconds: each content is of a second of its own, as it is where polls are seconds apart. */
  const own = async (name: string): Promise<void> => {
    await chown(join(folder, name), uid, uid)
    seconds += 2
    await utimes(join(folder, name), seconds, seconds)
  }
  const config = {
    host: '127.0.0.1',
    port: server.port,
    hostKey: [server.hostKey],
    user: server.user,
    password: server.password,
    folder: '/drop',
  }
  return {
    config,
    brokenConfig: { ...config, folder: '/nowhere' },
    async put(name, content) {
      await writeFile(join(folder, name), content)
      await own(name)
    },
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
      await symlink('/', join(folder, 'folder-link'))
      await promisify(execFile)('mkfifo', [join(folder, 'pipe.csv')])
      return { linkName: 'link.csv', outside: () => readFile(secret, 'utf8') }
    },
    async vanish() {
      await rename(folder, `${folder}-away`)
      return () => rename(`${folder}-away`, folder)
    },
    async loseRights() {
      await chmod(folder, 0)
      return () => chmod(folder, 0o755)
    },
    async refuseWriting() {
      await chmod(folder, 0o555)
      return () => chmod(folder, 0o755)
    },
    hang: () => server.hang(),
    async rotate() {
      await server.setPassword('second-password')
      return () => writeFile(server.password, 'second-password\n')
    },
    rename: (from, to) => rename(join(folder, from), join(folder, to)),
    setTime: (name, seconds) => utimes(join(folder, name), seconds, seconds),
    async putHuge(name, bytes) {
      await writeFile(join(folder, name), '')
      await truncate(join(folder, name), bytes)
      await own(name)
    },
    close: () => server.close(),
  }
}
