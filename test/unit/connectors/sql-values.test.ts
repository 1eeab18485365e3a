// needs: postgres
import tap, { test } from 'tap'
import { startMariadb } from '../../support/mariadb.ts'
import { startPostgres } from '../../support/postgres.ts'
import { allRows, openSource, reachOf, startMssql, testSource } from '../../support/sql-bench.ts'

tap.setTimeout(120_000)

const read = { table: 'v', key: 'id', stamp: 'at' }

test('PostgreSQL: each value as it stands there, and reading goes on between microseconds', async (t) => {
  const server = await startPostgres()
  t.teardown(() => server.close())
  await server.sql(`CREATE TABLE v (id bigint PRIMARY KEY, at timestamptz, local timestamp, day date, money numeric(30,10),
    real real, bytes bytea, flag boolean, doc jsonb, none text, empty text);
    INSERT INTO v VALUES
    (9223372036854775807, '2026-01-01 10:00:00.123456+01', '2026-01-01 10:00:00.5', '2026-01-02', 12345678901234567890.0000000001,
      0.1, '\\x00ff', true, '{"a": 1.10}', NULL, ''),
    (1, '2026-01-01 10:00:00.123457+01', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'x', NULL)`)
  const open = await openSource(t, { ...reachOf('postgres', server), read, strategy: 'timestamp' })
  const [first, second] = await allRows(open, 10)
  t.same(first, {
    key: '9223372036854775807',
    stamp: '2026-01-01 09:00:00.123456+00',
    fields: {
      id: '9223372036854775807',
      at: '2026-01-01 09:00:00.123456+00',
      local: '2026-01-01 10:00:00.5',
      day: '2026-01-02',
      money: '12345678901234567890.0000000001',
      real: '0.1',
      bytes: '\\x00ff',
      flag: 't',
      doc: '{"a": 1.10}',
      empty: '',
    },
  })
  t.same(second?.fields, { id: '1', at: '2026-01-01 09:00:00.123457+00', none: 'x' }, 'NULL is no field')
  t.same(await allRows(open, 10, first), [second])
  t.same(await allRows(open, 10, second), [])
})

test('MariaDB: the same', async (t) => {
  const server = await startMariadb()
  t.teardown(() => server.close())
  await server.sql(`CREATE TABLE v (id bigint unsigned PRIMARY KEY, at timestamp(6) NULL, local datetime(3), day date,
    money decimal(40,10), small float, bytes varbinary(4), flag bit(1), doc json, none text);
    SET time_zone = '+00:00'; INSERT INTO v VALUES
    (18446744073709551615, '2026-01-01 10:00:00.123456', '2026-01-01 10:00:00.5', '2026-01-02', 12345678901234567890.0000000001,
      0.1, 0x00ff, b'1', '{"a": 1.10}', NULL),
    (1, '2026-01-01 10:00:00.123457', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'x')`)
  const open = await openSource(t, { ...reachOf('mariadb', server), read, strategy: 'timestamp' })
  const [first, second] = await allRows(open, 10)
  t.same(first, {
    key: '18446744073709551615',
    stamp: '2026-01-01 10:00:00.123456',
    fields: {
      id: '18446744073709551615',
      at: '2026-01-01 10:00:00.123456',
      local: '2026-01-01 10:00:00.500',
      day: '2026-01-02',
      money: '12345678901234567890.0000000001',
      small: '0.1',
      bytes: '0x00FF',
      flag: '1',
      doc: '{"a": 1.10}',
    },
  })
  t.same(second?.fields, { id: '1', at: '2026-01-01 10:00:00.123457', none: 'x' })
  t.same(await allRows(open, 10, first), [second])
  t.same(await allRows(open, 10, second), [])
  const byNumber = { table: 'v', key: 'at', stamp: 'id' }
  const other = await openSource(t, { ...reachOf('mariadb', server), read: byNumber, strategy: 'rowversion' })
  const rows = await allRows(other, 1)
  t.same(
    rows.map((r) => r.stamp),
    ['1', '18446744073709551615'],
    'by the number, not by its digits',
  )
})

test('SQL Server’s driver: seven digits of a second, and row versions', async (t) => {
  const { db, reach } = await startMssql(t)
  db.exec(`CREATE TABLE v (id bigint PRIMARY KEY, at datetime2(7), version rowversion, text nvarchar);
    INSERT INTO v VALUES (9223372036854775807, '2026-01-01T10:00:00.1234561', '0x00000000000007D1', 'ä'),
    (1, '2026-01-01T10:00:00.1234562', '0x00000000000007D2', NULL)`)
  const open = await openSource(t, { ...reach, read: { ...read, table: 'dbo.v' }, strategy: 'timestamp' })
  const [first, second] = await allRows(open, 10)
  t.same(first?.fields, {
    id: '9223372036854775807',
    at: '2026-01-01T10:00:00.1234561',
    version: '0x00000000000007D1',
    text: 'ä',
  })
  t.same(await allRows(open, 10, first), [second])
  const byVersion = { table: 'v', key: 'id', stamp: 'version' }
  const other = await openSource(t, { ...reach, read: byVersion, strategy: 'rowversion' })
  t.same(
    (await allRows(other, 1)).map((r) => r.stamp),
    ['0x00000000000007D1', '0x00000000000007D2'],
  )
})

test('what cannot be taken as it is stops reading before it, and is named', async (t) => {
  const { db, reach } = await startMssql(t)
  db.exec(`CREATE TABLE v (id bigint PRIMARY KEY, at datetime2(7), text nvarchar)`)
  db.prepare('INSERT INTO v VALUES (1, ?, ?)').run('2026-01-01T10:00:00', 'x'.repeat(30_000))
  db.prepare('INSERT INTO v VALUES (2, NULL, NULL)').run()
  const statement = (columns: string): object => ({
    ...{
      statement: `SELECT TOP (:limit) ${columns} FROM v WHERE id > :key OR :watermark = ''`,
      key: 'id',
      stamp: 'at',
    },
    beginning: { watermark: '', key: '0' },
  })
  const trouble = async (columns: string): Promise<unknown> => {
    const open = await openSource(t, { ...reach, read: statement(columns), strategy: 'timestamp' })
    return open.page(undefined, 10, { signal: AbortSignal.timeout(5000) })
  }
  await t.rejects(trouble('id, at'), { code: 'SRC-064', message: /no at \(key 2\)/ })
  await t.rejects(trouble('id'), { code: 'SRC-064', message: /column at is not among id/ })
  await t.rejects(trouble('id, at, at'), { code: 'SRC-064', message: /at stands twice/ })
})

test('a server without TLS is not spoken to in the clear', async (t) => {
  const { db, reach } = await startMssql(t)
  db.exec('CREATE TABLE v (id bigint PRIMARY KEY)')
  const steps = await testSource({ ...reach, tls: 'verify', read: { table: 'v', key: 'id' }, strategy: 'outbox' })
  t.match(steps.at(-1), { step: 'TLS chain', ok: false })
})
