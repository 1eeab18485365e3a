import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

export const listens = async (port: number, tries = 100): Promise<void> => {
  for (let i = 0; i < tries; i++) {
    const up = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (up) return
    await wait(50)
  }
  throw new Error(`nothing listens on port ${port}`)
}

export interface Sshd {
  readonly port: number
  /** `SHA256:…` of its host key. */
  readonly hostKey: string
  readonly user: string
  /** Files with the password and the private key of the user. */
  readonly password: string
  readonly privateKey: string
  /** What the user sees as `/drop`. */
  readonly folder: string
  readonly uid: number
  /** Sets another password; its file is not written. */
  setPassword(password: string): Promise<void>
  /** Ends every process of the server, and starts it again on the same port. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops every process of the server where it stands: connections stay open and nothing answers. The result lets them go on. */
  hang(): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** A user of the machine for one server, so that tests beside each other may change their passwords. */
export const makeUser = async (user: string, ...options: string[]): Promise<number> => {
  await run('useradd', ['-M', ...options, user]).catch(() => undefined)
  return Number((await run('id', ['-u', user])).stdout)
}
export const removeUser = (user: string): Promise<unknown> => run('userdel', ['-f', user]).catch(() => undefined)

/** The processes below one, however deep. */
export const descendants = async (pid: number): Promise<number[]> => {
  const { stdout } = await run('pgrep', ['-P', String(pid)]).catch(() => ({ stdout: '' }))
  const children = stdout.split('\n').filter(Boolean).map(Number)
  return [...children, ...(await Promise.all(children.map(descendants))).flat()]
}

/** Sends a signal to a process that may have ended already. */
export const tell = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal)
  } catch {
    // It is gone.
  }
}
export const end = (pid: number): void => tell(pid, 'SIGKILL')

/** OpenSSH's own server with internal-sftp, chrooted, on a free port of the loopback. Needs root. */
export const startSshd = async (): Promise<Sshd> => {
  const port = await freePort()
  const user = `ecocsftp${port}`
  const uid = await makeUser(user, '-s', '/usr/sbin/nologin')
  // Every folder above a chroot must be root's alone, which a temporary folder's is not.
  const home = await mkdtemp('/run/ecoc-sshd-')
  await chmod(home, 0o755)
  const [root, folder] = [join(home, 'root'), join(home, 'root/drop')]
  await mkdir(folder, { recursive: true })
  await chmod(root, 0o755)
  await chown(folder, uid, uid)
  await mkdir('/run/sshd', { recursive: true })
  const file = (name: string): string => join(home, name)
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file('host')])
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file('user')])
  await writeFile(file('authorized'), await readFile(file('user.pub')))
  await chmod(file('authorized'), 0o644)
  const lines = [
    'ListenAddress 127.0.0.1',
    `Port ${port}`,
    `HostKey ${file('host')}`,
    `PidFile ${file('pid')}`,
    'UsePAM no',
    'PasswordAuthentication yes',
    'Subsystem sftp internal-sftp',
    'MaxStartups 100',
    `Match User ${user}`,
    `  ChrootDirectory ${root}`,
    '  ForceCommand internal-sftp',
    `  AuthorizedKeysFile ${file('authorized')}`,
  ]
  await writeFile(file('config'), `${lines.join('\n')}\n`)
  const setPassword = async (password: string): Promise<void> => {
    const child = spawn('chpasswd', { stdio: ['pipe', 'ignore', 'inherit'] })
    child.stdin.end(`${user}:${password}\n`)
    await new Promise((resolve) => child.once('exit', resolve))
  }
  await writeFile(file('password'), 'first-password\n')
  await setPassword('first-password')
  const hostKey = (await run('ssh-keygen', ['-lf', file('host.pub')])).stdout.split(' ')[1] ?? ''
  let server: ChildProcess | undefined
  const start = async (): Promise<void> => {
    server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', file('config')], { stdio: 'ignore', detached: true })
    await listens(port)
  }
  const stop = async (): Promise<void> => {
    const ended = server && new Promise((resolve) => server?.once('exit', resolve))
    // Its sessions have groups of their own; ended by their parent, so that nobody else's are.
    const sessions = server?.pid ? await descendants(server.pid) : []
    if (server?.pid) process.kill(-server.pid, 'SIGKILL')
    for (const pid of sessions) end(pid)
    await ended
    server = undefined
  }
  await start()
  return {
    port,
    hostKey,
    user,
    password: file('password'),
    privateKey: file('user'),
    folder,
    uid,
    setPassword,
    stop,
    start,
    async hang() {
      const own = server?.pid ? [server.pid, ...(await descendants(server.pid))] : []
      for (const pid of own) tell(pid, 'SIGSTOP')
      return () => {
        for (const pid of own) tell(pid, 'SIGCONT')
        return Promise.resolve()
      }
    },
    async close() {
      await stop()
      await removeUser(user)
      await rm(home, { recursive: true, force: true })
    },
  }
}
