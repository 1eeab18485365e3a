import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createConnection } from 'mysql2/promise'
import { type DatabaseServer, idsOf, killed, makeServerCertificate } from './database-server.ts'
import { freePort } from './sshd.ts'

const run = promisify(execFile)

/** MariaDB on a free port of the loopback, with TLS. Needs root, which starts it as the user `mysql`. */
export const startMariadb = async (): Promise<DatabaseServer> => {
  const home = await mkdtemp('/tmp/ecoc-mariadb-')
  const { uid, gid } = await idsOf('mysql')
  await chown(home, uid, gid)
  await chmod(home, 0o755)
  const file = (name: string): string => join(home, name)
  await writeFile(file('password'), 'first-password\n')
  await makeServerCertificate(file, uid, gid)
  const folder = file('data')
  const init = ['--no-defaults', `--datadir=${folder}`, '--auth-root-authentication-method=normal', '--skip-test-db']
  await run('mariadb-install-db', [...init, '--skip-log-bin', '--innodb-use-native-aio=0'], { uid, gid })
  const port = await freePort()
  const settings = [
    ...['--no-defaults', `--datadir=${folder}`, `--socket=${file('sock')}`, `--port=${port}`],
    ...[
      '--bind-address=127.0.0.1',
      `--pid-file=${file('pid')}`,
      '--innodb-flush-log-at-trx-commit=2',
      '--innodb-use-native-aio=0',
    ],
    ...[`--ssl-cert=${file('server.pem')}`, `--ssl-key=${file('server.key')}`, `--ssl-ca=${file('ca.pem')}`],
    ...['--innodb-buffer-pool-size=16M', '--skip-name-resolve', '--character-set-server=utf8mb4'],
  ]
  const asOwner = async (database: string | undefined, text: string): Promise<string[][]> => {
    const socketPath = file('sock')
    const options = { socketPath, user: 'root', multipleStatements: true, dateStrings: true, rowsAsArray: true }
    const connection = await createConnection({ ...options, ...(database && { database }) })
    try {
      const [rows] = await connection.query(text)
      return (Array.isArray(rows) ? rows : []) as unknown as string[][]
    } finally {
      connection.destroy()
    }
  }
  const sql = (text: string): Promise<string[][]> => asOwner('erp', text)
  let server: ChildProcess | undefined
  const start = async (): Promise<void> => {
    server = spawn('/usr/sbin/mariadbd', settings, { uid, gid, stdio: 'ignore' })
    for (let i = 0; ; i++) {
      const up = await asOwner(undefined, 'SELECT 1').catch((error: unknown) => error as Error)
      if (!(up instanceof Error)) return
      if (i > 300) throw up
      await wait(100)
    }
  }
  await start()
  const user = (name: string): string => `CREATE USER ${name}@'127.0.0.1' IDENTIFIED BY 'first-password';`
  await asOwner(
    undefined,
    `CREATE DATABASE erp; ${user('app')} ${user('reader')} GRANT ALL ON erp.* TO app@'127.0.0.1';
      GRANT SELECT ON erp.* TO reader@'127.0.0.1'`,
  )
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
      await sql(`ALTER USER app@'127.0.0.1' IDENTIFIED BY '${next}'`)
    },
    stop: () => killed(server),
    start,
    hang() {
      const pid = server?.pid ?? 0
      process.kill(pid, 'SIGSTOP')
      return Promise.resolve(() => Promise.resolve(void process.kill(pid, 'SIGCONT')))
    },
    async close() {
      await killed(server)
      await rm(home, { recursive: true, force: true })
    },
  }
}
