import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { startTdsDouble } from '../../fakes/tds-double.ts'
import type { DatabaseServer } from '../../support/database-server.ts'
import { startMariadb } from '../../support/mariadb.ts'
import { startPostgres } from '../../support/postgres.ts'
import type { RowsFixture } from './fixture.ts'

type Row = Parameters<RowsFixture['put']>[0][number]

const words = ['coc_status', 'coc_ref', 'coc_at', 'coc_error_code', 'coc_error_text', 'coc_doc_sha256']
const update = (table: string): string =>
  `UPDATE ${table} SET ${words.map((w) => `${w} = :${w}`).join(', ')} WHERE no = :key`
const asStatus = (row: readonly (string | null)[] | undefined) =>
  row?.[0] ? Object.fromEntries(words.map((word, i) => [word, row[i] ?? ''])) : undefined

/** Settings of all: the column `NO` is the key, and told under its own name as the suite asks for it. */
const settings = (table: string) => ({
  host: '127.0.0.1',
  strategy: 'timestamp',
  read: { table, columns: ['NO', 'VIN', 'MASS'], key: 'NO', stamp: 'changed' },
  status: { statement: update(table) },
})

/** How the two servers differ. */
interface Engine {
  readonly start: () => Promise<DatabaseServer>
  readonly text: (value: string) => string
  readonly table: (name: string) => string
  readonly user: (name: string, password: string) => string
  readonly account: (name: string) => string
  readonly upsert: string
  readonly now: string
  readonly password: (name: string, password: string) => string
}

const engines: Readonly<Record<'postgres' | 'mariadb', Engine>> = {
  postgres: {
    start: startPostgres,
    text: (value) => `'${value.replaceAll("'", "''")}'`,
    table: (
      name,
    ) => `CREATE TABLE ${name} ("NO" text COLLATE "C" PRIMARY KEY, "VIN" text, "MASS" text, changed timestamptz,
      ${words.map((w) => `${w} ${w === 'coc_at' ? 'timestamptz' : 'text'}`).join(', ')})`,
    user: (name, password) => `CREATE USER ${name} PASSWORD '${password}'`,
    account: (name) => name,
    upsert:
      'ON CONFLICT ("NO") DO UPDATE SET "VIN" = excluded."VIN", "MASS" = excluded."MASS", changed = excluded.changed',
    now: 'now()',
    password: (name, password) => `ALTER USER ${name} PASSWORD '${password}'`,
  },
  mariadb: {
    start: startMariadb,
    text: (value) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`,
    table: (
      name,
    ) => `CREATE TABLE ${name} (NO varchar(100) COLLATE utf8mb4_bin PRIMARY KEY, VIN varchar(50), MASS varchar(50),
      changed datetime(6), ${words.map((w) => `${w} ${w === 'coc_at' ? 'datetime(3)' : 'varchar(1000)'}`).join(', ')})`,
    user: (name, password) => `CREATE USER ${name}@'127.0.0.1' IDENTIFIED BY '${password}'`,
    account: (name) => `${name}@'127.0.0.1'`,
    upsert: 'ON DUPLICATE KEY UPDATE VIN = VALUES(VIN), MASS = VALUES(MASS), changed = VALUES(changed)',
    now: 'NOW(6)',
    password: (name, password) => `ALTER USER ${name}@'127.0.0.1' IDENTIFIED BY '${password}'`,
  },
}

/** One server for all fixtures that are open at the same time: each has a table and a user of its own. */
const running = new Map<string, { readonly server: Promise<DatabaseServer>; users: number }>()
let count = 0

const fixtureOf = async (dialect: keyof typeof engines): Promise<RowsFixture> => {
  const engine = engines[dialect]
  const shared = running.get(dialect) ?? { server: engine.start(), users: 0 }
  running.set(dialect, shared)
  shared.users++
  const server = await shared.server
  const home = await mkdtemp(join(tmpdir(), 'ecoc-sql-'))
  const passwordFile = join(home, 'password')
  await writeFile(passwordFile, 'first-password\n')
  const [table, user] = [`vehicles_${++count}`, `app_${count}`]
  const account = engine.account(user)
  const grant = (rights: string): Promise<unknown> => server.sql(`GRANT ${rights} ON ${table} TO ${account}`)
  const revoke = (rights: string): Promise<unknown> => server.sql(`REVOKE ${rights} ON ${table} FROM ${account}`)
  await server.sql(engine.table(table))
  await server.sql(engine.user(user, 'first-password'))
  await grant('SELECT, UPDATE')
  const reach = { dialect, port: server.port, database: server.database, user, password: passwordFile }
  const status = { statement: update(table).replace('WHERE no', dialect === 'postgres' ? 'WHERE "NO"' : 'WHERE NO') }
  const config = { ...settings(table), ...reach, status, trustAnchors: [server.trustAnchor] }
  return {
    config,
    brokenConfig: { ...config, read: { ...config.read, table: 'nowhere' } },
    async put(rows: readonly Row[]) {
      const values = rows.map((r) => `(${[r.NO, r.VIN, r.MASS].map(engine.text).join(', ')}, ${engine.now})`)
      const columns = dialect === 'postgres' ? '"NO", "VIN", "MASS", changed' : 'NO, VIN, MASS, changed'
      await server.sql(`INSERT INTO ${table} (${columns}) VALUES ${values.join(', ')} ${engine.upsert}`)
    },
    async status(no) {
      const key = dialect === 'postgres' ? '"NO"' : 'NO'
      return asStatus(
        (await server.sql(`SELECT ${words.join(', ')} FROM ${table} WHERE ${key} = ${engine.text(no)}`))[0],
      )
    },
    async vanish() {
      await server.stop()
      return () => server.start()
    },
    async loseRights() {
      await revoke('SELECT')
      return async () => {
        await grant('SELECT')
      }
    },
    async refuseWriting() {
      await revoke('UPDATE')
      return async () => {
        await grant('UPDATE')
      }
    },
    async rotate() {
      await server.sql(engine.password(user, 'second-password'))
      return () => writeFile(passwordFile, 'second-password\n')
    },
    hang: () => server.hang(),
    async close() {
      await rm(home, { recursive: true, force: true })
      if (--shared.users > 0) return
      running.delete(dialect)
      await server.close()
    },
  }
}

/** SQL Server: its real driver over the real protocol, to a double of ours. */
const mssql = async (): Promise<RowsFixture> => {
  const home = await mkdtemp(join(tmpdir(), 'ecoc-sql-'))
  const passwordFile = join(home, 'password')
  await writeFile(passwordFile, 'pw\n')
  const db = new Database(':memory:')
  const columns = `NO nvarchar PRIMARY KEY, VIN nvarchar, MASS nvarchar, changed datetime2(7)`
  db.exec(`CREATE TABLE vehicles (${columns}, ${words.map((w) => `${w} nvarchar`).join(', ')})`)
  const server = await startTdsDouble(db)
  const config = {
    ...settings('dbo.vehicles'),
    ...{ dialect: 'mssql', port: server.port, database: 'erp', user: 'app', password: passwordFile, tls: 'off' },
  }
  const upsert = db.prepare(
    `INSERT INTO vehicles (NO, VIN, MASS, changed) VALUES (?, ?, ?, ?) ON CONFLICT (NO) DO UPDATE SET
      VIN = excluded.VIN, MASS = excluded.MASS, changed = excluded.changed`,
  )
  let puts = 0
  return {
    config,
    brokenConfig: { ...config, read: { ...config.read, table: 'dbo.nowhere' } },
    put(rows) {
      const stamp = `2026-01-20T10:00:00.${String(++puts).padStart(7, '0')}`
      db.transaction(() => rows.forEach((r) => upsert.run(r.NO, r.VIN, r.MASS, stamp)))()
      return Promise.resolve()
    },
    status(no) {
      const row = db
        .prepare(`SELECT ${words.join(', ')} FROM vehicles WHERE NO = ?`)
        .raw()
        .get(no)
      return Promise.resolve(asStatus(row as (string | null)[] | undefined))
    },
    async vanish() {
      await server.stop()
      return () => server.start()
    },
    loseRights() {
      db.exec('ALTER TABLE vehicles RENAME TO hidden')
      return Promise.resolve(() => Promise.resolve(void db.exec('ALTER TABLE hidden RENAME TO vehicles')))
    },
    refuseWriting() {
      db.pragma('query_only = ON')
      return Promise.resolve(() => Promise.resolve(void db.pragma('query_only = OFF')))
    },
    rotate() {
      server.setPassword('another')
      return Promise.resolve(() => writeFile(passwordFile, 'another\n'))
    },
    hang() {
      server.silent(true)
      return Promise.resolve(() => {
        server.silent(false)
        return Promise.resolve()
      })
    },
    async close() {
      await server.stop()
      db.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

/** Oracle has no server that tests may start: it is tried at its driver's boundary (test/unit/connectors/sql-oracle.test.ts). */
export const fixtures = {
  postgres: () => fixtureOf('postgres'),
  mariadb: () => fixtureOf('mariadb'),
  mssql,
}
