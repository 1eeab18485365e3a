// needs: postgres
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import tap, { test, type Test } from 'tap'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { readSample } from '../../gateway/sandbox/samples/sample-files.ts'
import { startTdsDouble } from '../fakes/tds-double.ts'
import { startMariadb } from '../support/mariadb.ts'
import { startPlant } from '../support/plant.ts'
import { startPostgres } from '../support/postgres.ts'
import { until } from '../support/sandbox-gateway.ts'

tap.setTimeout(300_000)

type Sql = (text: string) => Promise<readonly (readonly unknown[])[]>

/** A database of an ERP: its settings for the gateway, and how to look at it from the other side. */
interface Erp {
  readonly config: object
  readonly sql: Sql
  readonly close: () => Promise<unknown>
}

/** The sample mapper, reading the columns of a table instead of an export. */
const mapper = readSample('mappers/sage-x3.yaml')
  .toString()
  .replace(/name: sage-x3\n/, 'name: vehicles\n')
  .replace(/ {2}format: csv\n {2}csv:.*\n/, '  format: json\n')
  .replace('format: DD.MM.YYYY', 'format: YYYY-MM-DD')

const texts = ['MFGNUM', 'VIN', 'TYPE', 'VARIANT', 'VERSION', 'BODY', 'MFGDATE', 'COP', 'DEST']
const words = ['coc_status', 'coc_ref', 'coc_at', 'coc_error_code', 'coc_error_text', 'coc_doc_sha256']

/** A vehicle of the sample export as typed values of SQL. */
const rowOf = (vin: string): { readonly names: string[]; readonly values: string[] } => {
  const [head = '', row = ''] = sampleExport([vin]).toString('latin1').split('\r\n')
  const names = head.split(';')
  const values = row.split(';').map((cell, i) => {
    if (names[i] === 'MFGDATE') return `'${cell.split('.').reverse().join('-')}'`
    return texts.includes(names[i] ?? '') ? `'${cell}'` : cell.replace(',', '.')
  })
  return { names, values }
}
const columns = (text: string, number: string, quote: (name: string) => string): string =>
  rowOf(sampleVin(1))
    .names.map((n) => `${quote(n)} ${n === 'MFGDATE' ? 'date' : texts.includes(n) ? text : number}`)
    .join(', ')

const common = (port: number, dialect: string, user: string, password: string) => ({
  ...{ dialect, host: '127.0.0.1', port, database: 'erp', user, password },
})

/** A table whose rows tell when they changed; the status stands in the row. */
const postgres = async (): Promise<Erp> => {
  const server = await startPostgres()
  const quote = (name: string): string => `"${name}"`
  await server.sql(`CREATE TABLE vehicles (id bigserial PRIMARY KEY, changed timestamptz DEFAULT now(),
    ${columns('text', 'numeric(9,3)', quote)}, ${words.map((w) => `${w} text`).join(', ')});
    CREATE INDEX ON vehicles (changed, id)`)
  const set = words.map((w) => `${w} = :${w}`).join(', ')
  return {
    config: {
      ...common(server.port, 'postgres', server.user, server.password),
      trustAnchors: [server.trustAnchor],
      ...{ read: { table: 'vehicles', key: 'id', stamp: 'changed' }, strategy: 'timestamp' },
      // The row's own time moves with the answer: that is no news.
      status: { statement: `UPDATE vehicles SET ${set}, changed = now() WHERE id = :key` },
    },
    sql: server.sql,
    close: () => server.close(),
  }
}

/** A statement on rows with a flag; the status stands in a table of its own. */
const mariadb = async (): Promise<Erp> => {
  const server = await startMariadb()
  const plain = (name: string): string => name
  await server.sql(`CREATE TABLE vehicles (id bigint AUTO_INCREMENT PRIMARY KEY, changed timestamp(6) DEFAULT now(6),
    state varchar(10) DEFAULT 'READY', ${columns('varchar(50)', 'decimal(9,3)', plain)});
    CREATE TABLE ivi_status (record_key varchar(400) PRIMARY KEY, source_key varchar(400), vin varchar(17),
    ${words.map((w) => `${w} varchar(1000)`).join(', ')})`)
  const statement = "SELECT v.* FROM vehicles v WHERE v.state = 'READY' ORDER BY changed, id LIMIT :limit"
  return {
    config: {
      ...common(server.port, 'mariadb', server.user, server.password),
      trustAnchors: [server.trustAnchor],
      read: { statement, key: 'id', stamp: 'changed', beginning: { watermark: '1970-01-01', key: '0' } },
      ...{ strategy: 'flag', flag: { table: 'vehicles', column: 'state', ready: 'READY', taken: 'TAKEN' } },
      status: { table: 'ivi_status' },
    },
    sql: (text) =>
      server.sql(text.replace('FROM vehicles', 'FROM vehicles LEFT JOIN ivi_status USING (VIN)').replaceAll('"', '')),
    close: () => server.close(),
  }
}

/** SQL Server's real driver, to a double of ours. */
const mssql = async (): Promise<Erp> => {
  const home = await mkdtemp(join(tmpdir(), 'ecoc-tds-'))
  await writeFile(join(home, 'password'), 'pw\n')
  const db = new Database(':memory:')
  db.exec(`CREATE TABLE vehicles (id integer PRIMARY KEY, ${columns('nvarchar', 'nvarchar', (name) => `"${name}"`).replace('date', 'nvarchar')},
    ${words.map((w) => `${w} nvarchar`).join(', ')})`)
  const server = await startTdsDouble(db)
  const set = words.map((w) => `${w} = :${w}`).join(', ')
  return {
    config: {
      ...common(server.port, 'mssql', 'app', join(home, 'password')),
      ...{ tls: 'off', read: { table: 'dbo.vehicles', key: 'id' }, strategy: 'outbox' },
      status: { statement: `UPDATE vehicles SET ${set} WHERE id = :key` },
    },
    sql(text) {
      const statement = db.prepare(text)
      if (statement.reader) return Promise.resolve(statement.raw().all() as unknown[][])
      statement.run()
      return Promise.resolve([])
    },
    async close() {
      await server.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}

const wholeWay = async (t: Test, open: () => Promise<Erp>): Promise<void> => {
  const erp = await open()
  t.teardown(() => erp.close())
  const source = {
    name: 'erp',
    connector: 'sql',
    mapper: 'vehicles',
    poll: '500ms',
    timeout: '10s',
    config: erp.config,
  }
  const plant = await startPlant(t, source, { 'vehicles.yaml': mapper })
  const put = async (vin: string): Promise<void> => {
    await plant.baseEcoc(vin)
    const { names, values } = rowOf(vin)
    await erp.sql(`INSERT INTO vehicles (${names.map((n) => `"${n}"`).join(', ')}) VALUES (${values.join(', ')})`)
  }
  const status = (vin: string, wanted: string): Promise<readonly unknown[]> =>
    until(`${vin} ${wanted}`, 60_000, async () => {
      const [row] = await erp.sql(`SELECT ${words.join(', ')} FROM vehicles WHERE "VIN" = '${vin}'`)
      if (row && row[0] !== null && row[0] !== wanted) throw new Error(JSON.stringify(row))
      return row?.[0] === wanted && row
    })

  await t.test('ecoc source test says that all is well', async (t) => {
    const tested = await plant.cli('source', 'test', 'erp')
    t.equal(tested.code, 0, tested.out + tested.err)
    t.match(tested.out, /ok {4}write/)
  })

  await t.test('a row becomes an accepted eCoC, and its status stands at the row', async (t) => {
    const vin = sampleVin(911)
    await put(vin)
    const [, ref, at, code, , sha256] = await status(vin, 'accepted')
    t.match(ref, /\S/)
    t.match(at, /^20\d\d-/)
    t.equal(code, '')
    t.match(sha256, /^[0-9a-f]{64}$/)
    t.match(
      (await plant.accepted()).filter((a) => a.vin === vin),
      [{ version: 1, count: 1 }],
    )
  })

  await t.test('what the access point rejects is told there just so', async (t) => {
    const vin = sampleVin(912)
    await plant.behave('reject')
    await put(vin)
    const [, , , code, text] = await status(vin, 'rejected')
    t.match(code, /\S/)
    t.match(text, /\S/)
    t.equal((await plant.accepted()).length, 1, 'and the first was sent once')
  })

  await t.test('and nothing else is said about it', async (t) =>
    t.notMatch(plant.output(), /"level":(40|50|60)/, plant.output()),
  )
}

test('the whole way over PostgreSQL', (t) => wholeWay(t, postgres))
test('the whole way over MariaDB', (t) => wholeWay(t, mariadb))
test('the whole way over SQL Server’s driver', (t) => wholeWay(t, mssql))
