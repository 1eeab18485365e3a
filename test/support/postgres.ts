import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { type DatabaseServer, idsOf, makeServerCertificate } from './database-server.ts'
import { freePort } from './sshd.ts'

const run = promisify(execFile)
const bin = '/usr/lib/postgresql/15/bin'

const children = async (pid: number): Promise<number[]> => {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.split(' ').filter(Boolean).map(Number)
}

/** PostgreSQL on a free port of the loopback, with TLS. Needs root, which starts it as the user `postgres`. */
export const startPostgres = async (): Promise<DatabaseServer> => {
  const home = await mkdtemp('/tmp/ecoc-postgres-')
  const { uid, gid } = await idsOf('postgres')
  await chown(home, uid, gid)
  await chmod(home, 0o755)
  const file = (name: string): string => join(home, name)
  await writeFile(file('password'), 'first-password\n')
  await makeServerCertificate(file, uid, gid)
  const folder = file('data')
  const init = ['-D', folder, '-A', 'scram-sha-256', '-U', 'postgres', '--pwfile', file('password'), '-E', 'UTF8']
  await run(`${bin}/initdb`, [...init, '--locale=C.UTF-8', '--no-sync'], { uid, gid })
  const port = await freePort()
  const settings = [
    ...['listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${home}`, 'fsync=off'],
    ...['ssl=on', `ssl_cert_file=${file('server.pem')}`, `ssl_key_file=${file('server.key')}`, 'shared_buffers=16MB'],
  ]
  let password = 'first-password'
  const asOwner = async <T>(database: string, action: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client({ host: '127.0.0.1', port, database, user: 'postgres', password: 'first-password' })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await action(client)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const sql = (text: string): Promise<string[][]> =>
    asOwner('erp', async (client) => {
      const types = { getTypeParser: () => (value: string) => value }
      const got: unknown = await client.query({ text, rowMode: 'array', types } as pg.QueryArrayConfig)
      const last = Array.isArray(got) ? (got.at(-1) as pg.QueryArrayResult) : (got as pg.QueryArrayResult)
      return last.rows as string[][]
    })
  let server: ChildProcess | undefined
  const start = async (): Promise<void> => {
    server = spawn(`${bin}/postgres`, ['-D', folder, ...settings.flatMap((s) => ['-c', s])], {
      uid,
      gid,
      stdio: 'ignore',
    })
    for (let i = 0; ; i++) {
      const up = await asOwner('postgres', (client) => client.query('SELECT 1')).catch(
        (error: unknown) => error as Error,
      )
      if (!(up instanceof Error)) return
      if (i > 300) throw up
      await wait(100)
    }
  }
  const stop = async (): Promise<void> => {
    if (!server?.pid || server.exitCode !== null) return
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    // At once, without goodbye to its clients; the next start recovers.
    server.kill('SIGQUIT')
    await ended
    server = undefined
  }
  await start()
  await asOwner('postgres', async (client) => {
    await client.query(`CREATE USER app PASSWORD '${password}'; CREATE USER reader PASSWORD '${password}'`)
    await client.query('CREATE DATABASE erp OWNER app')
  })
  await sql('GRANT ALL ON SCHEMA public TO app; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader')
  await sql('ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO app')
  return {
    ...{
      port,
      database: 'erp',
      user: 'app',
      reader: 'reader',
      password: file('password'),
      trustAnchor: file('ca.pem'),
    },
    sql,
    async setPassword(next) {
      password = next
      await sql(`ALTER USER app PASSWORD '${password}'`)
    },
    ...{ stop, start },
    async hang() {
      const own = server?.pid ? [server.pid, ...(await children(server.pid))] : []
      for (const pid of own) process.kill(pid, 'SIGSTOP')
      return () => {
        for (const pid of own) process.kill(pid, 'SIGCONT')
        return Promise.resolve()
      }
    },
    async close() {
      await stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
