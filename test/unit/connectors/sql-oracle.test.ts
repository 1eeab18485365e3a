import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { test, type Test } from 'tap'
import oracle, { connectWith } from '../../../connectors/sql/dialects/oracle.ts'
import { sqlConfig } from '../../../connectors/sql/config.ts'
import { openWith } from '../../../connectors/sql/open-sql.ts'
import { fakeOracle } from '../../fakes/oracle-driver.ts'
import { allRows, calling, statusOf, written } from '../../support/sql-bench.ts'
import { tempFolder } from '../../support/temp-folder.ts'

/** Oracle at its driver's boundary: no server was there to take these statements. */
const bench = async (t: Test, over: object = {}) => {
  const home = await mkdtemp(join(await tempFolder(t), 'oracle-'))
  await writeFile(join(home, 'password'), 'pw\n')
  await writeFile(join(home, 'ca.pem'), 'PEM')
  const db = new Database(':memory:')
  db.exec(`CREATE TABLE V (ID NUMBER PRIMARY KEY, AT TIMESTAMP, DAY DATE, "ZONED" TIMESTAMP WITH TIME ZONE, T VARCHAR2(9),
    STATE VARCHAR2(9), COC_STATUS VARCHAR2(20) CHECK (COC_STATUS <> 'bad'));
    INSERT INTO V VALUES (9007199254740993, '2026-01-01T10:00:00.123456789', '2026-01-01T00:00:00', '2026-01-01T09:00:00.000000001Z', 'ä', 'READY', NULL),
    (2, '2026-01-01T10:00:00.123456790', NULL, NULL, '', 'READY', NULL)`)
  const driver = fakeOracle(db, 'pw')
  const config = sqlConfig.parse({
    ...{ dialect: 'oracle', host: 'ora', database: 'ERPPDB', user: 'ecoc', password: join(home, 'password') },
    ...{
      trustAnchors: [join(home, 'ca.pem')],
      read: { table: 'ERP.V', key: 'ID', stamp: 'AT' },
      strategy: 'timestamp',
    },
    status: { statement: 'UPDATE V SET COC_STATUS = :coc_status WHERE ID = :key' },
    ...over,
  })
  const dialect = {
    ...oracle,
    connect: (...[reach, signal]: Parameters<typeof oracle.connect>) => connectWith(driver, reach, signal),
  }
  const open = openWith(config, dialect, calling())
  t.teardown(() => open.close())
  return { db, driver, open, home }
}

test('values keep their digits, and reading goes on between them', async (t) => {
  const { open, driver } = await bench(t)
  const [first, second] = await allRows(open, 10)
  t.match(first, {
    key: '9007199254740993',
    stamp: '2026-01-01T10:00:00.123456789',
    fields: { ID: '9007199254740993', DAY: '2026-01-01T00:00:00', ZONED: '2026-01-01T09:00:00.000000001Z', T: 'ä' },
  })
  t.same(Object.keys(second?.fields ?? {}), ['ID', 'AT', 'STATE'], 'an empty text is NULL')
  t.same(await allRows(open, 10, first), [second])
  t.match(driver.attributes, [
    { user: 'ecoc', connectString: 'tcps://ora:1521/ERPPDB', walletContent: 'PEM', sslServerDNMatch: true },
  ])
  const page = driver.statements.findLast((s) => s.includes('FETCH FIRST')) ?? ''
  t.match(page, `"AT" >= TO_TIMESTAMP(:p_watermark, 'YYYY-MM-DD"T"HH24:MI:SS.FF9')`)
  t.match(page, `"ID" > TO_NUMBER(:p_key)`)
  t.match(page, `TO_CHAR(SYS_EXTRACT_UTC("ZONED"), 'YYYY-MM-DD"T"HH24:MI:SS.FF9"Z"') AS "ZONED"`)
  const at = driver.statements.indexOf(page)
  t.equal(driver.statements[at - 1], 'SET TRANSACTION READ ONLY')
})

test('a time that the driver would round is refused, with what to write instead', async (t) => {
  const statement =
    'SELECT ID, AT FROM V WHERE AT > :watermark OR ID > :key ORDER BY AT, ID FETCH FIRST :limit ROWS ONLY'
  const read = { statement, key: 'ID', stamp: 'AT', beginning: { watermark: '1970', key: '0' } }
  const { open } = await bench(t, { read })
  await t.rejects(open.page(undefined, 10, calling()), { code: 'SRC-064', message: /write TO_CHAR\(AT, / })
})

test('a status is one row, a flag is set on what was read', async (t) => {
  const flag = { column: 'STATE', ready: 'READY', taken: 'TAKEN' }
  const { open, db } = await bench(t, { strategy: 'flag', flag })
  const rows = await open.page(undefined, 10, calling())
  db.exec("UPDATE V SET AT = '2026-01-01T11:00:00.000000000' WHERE ID = 2")
  await open.settle?.(rows, calling())
  t.same(db.prepare('SELECT STATE FROM V ORDER BY ID').pluck().all(), ['READY', 'TAKEN'])
  await open.writeStatus?.(statusOf('2'), calling())
  t.equal(db.prepare('SELECT COC_STATUS FROM V WHERE ID = 2').pluck().get(), 'accepted')
  await t.rejects(written(open, statusOf('77')), { code: 'SRC-020', message: /no row/ })
  await t.rejects(written(open, statusOf('2', { coc_status: 'bad' })), {
    code: 'SRC-020',
    message: /ORA-02290/,
  })
  t.notOk(db.inTransaction, 'nothing stays open')
})

test('a lost connection heals in the next call, a password that was replaced counts then', async (t) => {
  const { open, driver, home } = await bench(t)
  t.equal((await allRows(open, 10)).length, 2)
  driver.cut()
  t.equal((await allRows(open, 10)).length, 2)
  await writeFile(join(home, 'password'), 'other\n')
  driver.cut()
  await t.rejects(open.page(undefined, 1, calling()), { code: 'SRC-062', message: /ORA-01017/ })
})

test('without a server it says so', async (t) => {
  const signal = AbortSignal.timeout(10_000)
  const reach = { host: '127.0.0.1', port: 1, database: 'x', user: 'u', password: 'p', tls: undefined }
  const error: unknown = await oracle.connect(reach, signal).catch((cause: unknown) => cause)
  t.match(error, { message: /NJS-|ORA-/ })
  t.equal(oracle.fault(error), 'connection')
})
