import { execFile, spawn } from 'node:child_process'
import { createServer, connect, type AddressInfo } from 'node:net'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    }).once('error', () => resolve(false))
  })

/** OpenSSH's own server for the user who runs the test, by key, in a folder of the test. It makes no account and ends by its id. */
export const startOwnSshd = async (folder: string) => {
  const file = (name: string): string => join(folder, name)
  await mkdir('/run/sshd', { recursive: true }).catch(() => undefined)
  for (const name of ['host', 'user', 'stranger'])
    await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)])
  await writeFile(file('authorized'), await readFile(file('user.pub')))
  const port = await freePort()
  const lines = [
    'ListenAddress 127.0.0.1',
    `Port ${port}`,
    `HostKey ${file('host')}`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PermitRootLogin prohibit-password',
    'PasswordAuthentication no',
    `AuthorizedKeysFile ${file('authorized')}`,
    'Subsystem sftp internal-sftp',
    'ForceCommand internal-sftp',
  ]
  await writeFile(file('config'), `${lines.join('\n')}\n`)
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', file('config')], { stdio: 'ignore' })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  for (let tries = 0; tries < 100 && !(await listens(port)); tries++) await pause(50)
  const hostKey = (await run('ssh-keygen', ['-lf', file('host.pub')])).stdout.split(' ')[1] ?? ''
  return {
    sftp: { host: '127.0.0.1', port, hostKey: [hostKey], user: userInfo().username, privateKey: file('user') },
    strangersKey: file('stranger'),
    close: async () => {
      server.kill('SIGKILL')
      await ended
    },
  }
}
