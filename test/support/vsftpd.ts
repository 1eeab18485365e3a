import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { descendants, end, freePort, listens, makeUser, removeUser, tell } from './sshd.ts'

const run = promisify(execFile)

export interface Vsftpd {
  readonly port: number
  readonly user: string
  /** File with the user's password. */
  readonly password: string
  /** File with the certificate of its authority. */
  readonly trustAnchor: string
  /** What the user sees as `/drop`. */
  readonly folder: string
  readonly uid: number
  setPassword(password: string): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops every process of the server where it stands: connections stay open and nothing answers. The result lets them go on. */
  hang(): Promise<() => Promise<void>>
  close(): Promise<void>
}

const openssl = (...args: string[]): Promise<unknown> => run('openssl', args)

/** A certificate for 127.0.0.1 under an authority of its own. */
const makeCertificate = async (file: (name: string) => string): Promise<void> => {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '30']
  await openssl(
    'req',
    '-x509',
    ...key,
    '-subj',
    '/CN=Test authority',
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
  )
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const issued = ['-CA', file('ca.pem'), '-CAkey', file('ca.key')]
  await openssl('req', '-x509', ...key, ...name, ...issued, '-keyout', file('server.key'), '-out', file('server.pem'))
}

/** vsftpd with TLS for commands and data, its user locked into a folder, on a free port of the loopback. Needs root. */
export const startVsftpd = async (): Promise<Vsftpd> => {
  // PAM lets only users with a listed shell in.
  const port = await freePort()
  const user = `ecocftps${port}`
  const uid = await makeUser(user, '-d', '/', '-s', '/bin/sh')
  const home = await mkdtemp('/run/ecoc-vsftpd-')
  await chmod(home, 0o755)
  const file = (name: string): string => join(home, name)
  const folder = file('root/drop')
  await mkdir(folder, { recursive: true })
  await chown(folder, uid, uid)
  await mkdir('/var/run/vsftpd/empty', { recursive: true })
  await makeCertificate(file)
  const settings = {
    listen: 'YES',
    listen_address: '127.0.0.1',
    listen_port: port,
    background: 'NO',
    anonymous_enable: 'NO',
    local_enable: 'YES',
    write_enable: 'YES',
    local_umask: '022',
    chroot_local_user: 'YES',
    allow_writeable_chroot: 'YES',
    local_root: file('root'),
    secure_chroot_dir: '/var/run/vsftpd/empty',
    pam_service_name: 'vsftpd',
    pasv_min_port: 20_000,
    pasv_max_port: 29_999,
    ssl_enable: 'YES',
    force_local_data_ssl: 'YES',
    force_local_logins_ssl: 'YES',
    require_ssl_reuse: 'YES',
    ssl_ciphers: 'HIGH',
    rsa_cert_file: file('server.pem'),
    rsa_private_key_file: file('server.key'),
    max_per_ip: 100,
    seccomp_sandbox: 'NO',
    isolate: 'NO',
    isolate_network: 'NO',
    xferlog_enable: 'NO',
  }
  await writeFile(
    file('config'),
    Object.entries(settings)
      .map((s) => s.join('='))
      .join('\n') + '\n',
  )
  const setPassword = async (password: string): Promise<void> => {
    const child = spawn('chpasswd', { stdio: ['pipe', 'ignore', 'inherit'] })
    child.stdin.end(`${user}:${password}\n`)
    await new Promise((resolve) => child.once('exit', resolve))
  }
  await writeFile(file('password'), 'first-password\n')
  await setPassword('first-password')
  let server: ChildProcess | undefined
  const start = async (): Promise<void> => {
    server = spawn('/usr/sbin/vsftpd', [file('config')], { stdio: 'ignore', detached: true })
    await listens(port)
  }
  const stop = async (): Promise<void> => {
    const ended = server && new Promise((resolve) => server?.once('exit', resolve))
    const sessions = server?.pid ? await descendants(server.pid) : []
    if (server?.pid) process.kill(-server.pid, 'SIGKILL')
    for (const pid of sessions) end(pid)
    await ended
    server = undefined
  }
  await start()
  return {
    port,
    user,
    password: file('password'),
    trustAnchor: file('ca.pem'),
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
