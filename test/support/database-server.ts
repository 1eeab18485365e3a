import { type ChildProcess, execFile } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A database server of the tests' own, with a user that may do all and one that may only read. */
export interface DatabaseServer {
  readonly port: number
  readonly database: string
  readonly user: string
  readonly reader: string
  /** File with the password of both. */
  readonly password: string
  /** File with the certificate of the server's authority. */
  readonly trustAnchor: string
  /** Runs statements as the owner; gives the rows as texts. */
  readonly sql: (text: string) => Promise<readonly (readonly string[])[]>
  /** Sets another password for the user; its file is not written. */
  setPassword(password: string): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
  /** Stands still, with its connections open, until the returned function is called. */
  hang(): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** A key and certificate for 127.0.0.1 under an authority of its own, readable by the server's user only. */
export const makeServerCertificate = async (file: (name: string) => string, uid: number, gid: number) => {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '30']
  const authority = ['-subj', '/CN=Test authority', '-keyout', file('ca.key'), '-out', file('ca.pem')]
  await run('openssl', ['req', '-x509', ...key, ...authority])
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const issued = ['-CA', file('ca.pem'), '-CAkey', file('ca.key')]
  const out = ['-keyout', file('server.key'), '-out', file('server.pem')]
  await run('openssl', ['req', '-x509', ...key, ...name, ...issued, ...out])
  await run('chown', [`${uid}:${gid}`, file('server.key'), file('server.pem')])
  await chmod(file('server.key'), 0o600)
}

export const idsOf = async (user: string): Promise<{ readonly uid: number; readonly gid: number }> => ({
  uid: Number((await run('id', ['-u', user])).stdout),
  gid: Number((await run('id', ['-g', user])).stdout),
})

/** Ends a server at once, as when its machine fails. */
export const killed = async (server: ChildProcess | undefined): Promise<void> => {
  if (!server || server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGKILL')
  await ended
}
