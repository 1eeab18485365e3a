// needs: postgres
import { setTimeout as wait } from 'node:timers/promises'
import tap, { test, type Test } from 'tap'
import type { OpenRows } from '../../../gateway/contract/index.ts'
import { startMariadb } from '../../support/mariadb.ts'
import { startPostgres } from '../../support/postgres.ts'
import { allRows, calling, openSource, reachOf } from '../../support/sql-bench.ts'
import type { DatabaseServer } from '../../support/database-server.ts'

tap.setTimeout(180_000)

const engines = { postgres: startPostgres, mariadb: startMariadb }
/** `insert into v select` numbers of a range: both engines write it in their way. */
const numbers = { postgres: 'generate_series(1, 10000) AS n(n)', mariadb: '(SELECT seq AS n FROM seq_1_to_10000) AS n' }
const time = { postgres: 'timestamptz', mariadb: 'datetime(6)' }

const settings = (dialect: string, server: DatabaseServer, over: object = {}) => ({
  ...reachOf(dialect, server),
  read: { table: 'v', key: 'id', stamp: 'at' },
  strategy: 'timestamp',
  ...over,
})
const ids = async (open: OpenRows, limit: number, ...from: Parameters<typeof allRows>[2][]): Promise<string[]> =>
  (await allRows(open, limit, from[0])).map((r) => r.key)

const story = async (t: Test, dialect: keyof typeof engines): Promise<void> => {
  const server = await engines[dialect]()
  t.teardown(() => server.close())
  const { sql } = server
  await sql(
    `CREATE TABLE v (id varchar(20) PRIMARY KEY, at ${time[dialect]}, a integer, state varchar(10) DEFAULT 'READY')`,
  )
  const clear = (): Promise<unknown> => sql('DELETE FROM v')

  await t.test('ten thousand rows of one stamp on both sides of each page: none lost, none twice', async (t) => {
    await sql(`INSERT INTO v SELECT concat('k', n), '2026-01-01 10:00:00.123456', n, 'READY' FROM ${numbers[dialect]}`)
    await sql(
      "INSERT INTO v VALUES ('before', '2026-01-01 10:00:00.123455', 0, 'READY'), ('z', '2026-01-01 10:00:00.123457', 0, 'READY')",
    )
    const open = await openSource(t, settings(dialect, server))
    for (const limit of [999, 5000]) {
      const keys = await ids(open, limit)
      t.equal(keys.length, 10_002)
      t.equal(new Set(keys).size, 10_002)
      t.equal(keys[0], 'before')
      t.equal(keys.at(-1), 'z')
    }
    await clear()
  })

  await t.test('a row that changes while pages are read comes again, with its newest content', async (t) => {
    await sql(
      "INSERT INTO v VALUES ('1', '2026-01-01 10:00:01', 1, ''), ('2', '2026-01-01 10:00:02', 1, ''), ('3', '2026-01-01 10:00:03', 1, '')",
    )
    const open = await openSource(t, settings(dialect, server))
    const first = await open.page(undefined, 2, calling())
    await sql("UPDATE v SET a = 2, at = '2026-01-01 10:00:04' WHERE id = '1'")
    const rest = await allRows(open, 2, first.at(-1))
    t.same(
      [...first, ...rest].map((r) => [r.key, r.fields.a]),
      [
        ['1', '1'],
        ['2', '1'],
        ['3', '1'],
        ['1', '2'],
      ],
    )
    await clear()
  })

  await t.test('a clock that goes back hides nothing from a rising key or a flag', async (t) => {
    const flag = { column: 'state', ready: 'READY', taken: 'TAKEN' }
    const outbox = await openSource(
      t,
      settings(dialect, server, { strategy: 'outbox', read: { table: 'v', key: 'id' } }),
    )
    const flagged = await openSource(t, settings(dialect, server, { strategy: 'flag', flag }))
    await sql("INSERT INTO v VALUES ('1', '2026-01-01 10:00:00', 1, 'READY')")
    const [one] = await outbox.page(undefined, 10, calling())
    const taken = await flagged.page(undefined, 10, calling())
    await flagged.settle?.(taken, calling())
    await sql("INSERT INTO v VALUES ('2', '2025-12-31 10:00:00', 1, 'READY')")
    t.same(await ids(outbox, 10, one), ['2'])
    t.same(
      (await flagged.page(taken[0], 10, calling())).map((r) => r.key),
      ['2'],
    )
    await clear()
  })

  await t.test('a flag is set on what was taken, and not on what changed meanwhile', async (t) => {
    const flag = { column: 'state', ready: 'READY', taken: 'TAKEN' }
    const open = await openSource(t, settings(dialect, server, { strategy: 'flag', flag }))
    await sql(
      "INSERT INTO v VALUES ('1', '2026-01-01 10:00:00.5', 1, 'READY'), ('2', '2026-01-01 10:00:00.5', 1, 'READY'), ('3', NULL, 1, 'no')",
    )
    const rows = await open.page(undefined, 10, calling())
    await sql("UPDATE v SET a = 2, at = '2026-01-01 10:00:00.6' WHERE id = '2'")
    await open.settle?.(rows, calling())
    await open.settle?.(rows, calling())
    t.same(await sql('SELECT id, state FROM v ORDER BY id'), [
      ['1', 'TAKEN'],
      ['2', 'READY'],
      ['3', 'no'],
    ])
    t.match(await open.page(undefined, 10, calling()), [{ key: '2', fields: { a: '2' } }])
    await clear()
  })

  await t.test('what ends is ended in the database too, and the next call works', async (t) => {
    const slow = dialect === 'postgres' ? 'pg_sleep(20)::text' : 'sleep(20)'
    const statement = `SELECT id, at, ${slow} AS s FROM v WHERE at >= :watermark OR id > :key LIMIT :limit`
    const read = { statement, key: 'id', stamp: 'at', beginning: { watermark: '1970-01-01', key: '0' } }
    const open = await openSource(t, settings(dialect, server, { read }))
    await sql("INSERT INTO v VALUES ('1', '2026-01-01 10:00:00', 1, '')")
    const ending = new AbortController()
    const late = setTimeout(() => ending.abort(new Error('too late')), 300)
    const begun = performance.now()
    await t.rejects(open.page(undefined, 1, { signal: ending.signal }), { message: 'too late' })
    clearTimeout(late)
    t.ok(performance.now() - begun < 2000)
    const running =
      dialect === 'postgres'
        ? "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app' AND state = 'active'"
        : "SELECT count(*) FROM information_schema.processlist WHERE user = 'app' AND command = 'Execute'"
    let left = '1'
    for (let i = 0; i < 80 && left !== '0'; i++) {
      await wait(100)
      left = String((await sql(running))[0]?.[0])
    }
    t.equal(left, '0', 'nothing runs on for nobody')
    const other = await openSource(t, settings(dialect, server))
    t.same(await ids(other, 10), ['1'])
    await clear()
  })

  await t.test('a restart heals in the next call; who was reading meanwhile is told', async (t) => {
    const open = await openSource(t, settings(dialect, server))
    await sql("INSERT INTO v VALUES ('1', '2026-01-01 10:00:00', 1, '')")
    t.same(await ids(open, 10), ['1'])
    await server.stop()
    await t.rejects(open.page(undefined, 10, calling()), { code: 'SRC-060' })
    await server.start()
    t.same(await ids(open, 10), ['1'])
    await server.stop()
    await server.start()
    t.same(await ids(open, 10), ['1'], 'that the connection is gone is known before the call')
  })
}

test('reading from PostgreSQL', (t) => story(t, 'postgres'))
test('reading from MariaDB', (t) => story(t, 'mariadb'))
