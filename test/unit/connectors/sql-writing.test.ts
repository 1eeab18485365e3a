// needs: postgres
import { readFileSync } from 'node:fs'
import tap, { test, type Test } from 'tap'
import type { DatabaseServer } from '../../support/database-server.ts'
import { startMariadb } from '../../support/mariadb.ts'
import { startPostgres } from '../../support/postgres.ts'
import { calling, openSource, reachOf, statusOf, testSource, written } from '../../support/sql-bench.ts'

tap.setTimeout(180_000)

const engines = { postgres: startPostgres, mariadb: startMariadb }
const page = readFileSync(new URL('../../../docs/sql.md', import.meta.url), 'utf8')
/** The table as the page prints it. */
const printed = (dialect: string): string => new RegExp(`\`\`\`sql ddl-${dialect}\n([^]*?)\`\`\``).exec(page)?.[1] ?? ''

const settings = (dialect: string, server: DatabaseServer, status: object, over: object = {}) => ({
  ...reachOf(dialect, server),
  ...{ read: { table: 'v', key: 'id', stamp: 'at' }, strategy: 'timestamp', status },
  ...over,
})
const own = { statement: 'UPDATE v SET coc_status = :coc_status, coc_at = :coc_at WHERE id = :key' }
const last = (steps: readonly { step: string; ok: boolean }[]) => steps.at(-1)

const story = async (t: Test, dialect: keyof typeof engines): Promise<void> => {
  const server = await engines[dialect]()
  t.teardown(() => server.close())
  const { sql } = server
  const time = dialect === 'postgres' ? 'timestamptz' : 'datetime(3)'
  await sql(`CREATE TABLE v (id integer PRIMARY KEY, at ${time}, part integer, coc_at ${time},
    coc_status varchar(12) CHECK (coc_status <> 'superseded'));
    INSERT INTO v VALUES (1, '2026-01-01', 7, NULL, NULL), (2, '2026-01-02', 7, NULL, NULL)`)

  await t.test('exactly one row is changed; all else is refused for good and changes nothing', async (t) => {
    const open = await openSource(t, settings(dialect, server, own))
    await open.writeStatus?.(statusOf('1'), calling())
    await open.writeStatus?.(statusOf('1'), calling())
    const told = async (): Promise<unknown> => sql('SELECT id, coc_status FROM v ORDER BY id')
    const before = [
      ['1', 'accepted'],
      ['2', null],
    ]
    t.same(
      JSON.parse(JSON.stringify(await told()), (_, v: unknown) => (typeof v === 'number' ? String(v) : v)),
      before,
    )
    const refused = async (key: string, over: object, why: RegExp): Promise<void> => {
      await t.rejects(written(open, statusOf(key, over)), { code: 'SRC-020', message: why })
    }
    await refused('77', {}, /no row.*id 77, record record-77/)
    await refused('1', { coc_status: 'superseded' }, /check|constraint/i)
    await refused('1', { coc_status: 'much longer than the column' }, /too long/i)
    const many = await openSource(
      t,
      settings(dialect, server, { statement: own.statement.replace('id = :key', "part = 7 AND 'x' <> :key") }),
    )
    await t.rejects(written(many, statusOf('1')), { code: 'SRC-020', message: /would change 2 rows/ })
    const reader = await openSource(t, { ...settings(dialect, server, own), user: server.reader })
    t.equal((await reader.page(undefined, 10, calling())).length, 2, 'who may only read can read')
    await t.rejects(written(reader, statusOf('1')), { code: 'SRC-020', message: /denied/ })
    t.same(
      JSON.parse(JSON.stringify(await told()), (_, v: unknown) => (typeof v === 'number' ? String(v) : v)),
      before,
    )
  })

  await t.test('the table that the page prints takes a status, and the newest stands', async (t) => {
    t.match(printed(dialect), 'CREATE TABLE')
    await sql(printed(dialect))
    if (dialect === 'postgres') await sql('ALTER TABLE ivi_status OWNER TO app')
    const open = await openSource(t, settings(dialect, server, { table: 'ivi_status', textLength: 20 }))
    await open.writeStatus?.(statusOf('1'), calling())
    await open.writeStatus?.(statusOf('1'), calling())
    const rejected = statusOf('1', { coc_status: 'rejected', coc_error_code: 'E-1', coc_error_text: 'x'.repeat(500) })
    await open.writeStatus?.(rejected, calling())
    await open.writeStatus?.(statusOf('2'), calling())
    const words = 'record_key, source_key, coc_status, coc_at, coc_error_text'
    t.same(await sql(`SELECT ${words} FROM ivi_status ORDER BY record_key`), [
      ['record-1', '1', 'rejected', '2026-02-03T04:05:06.789Z', `${'x'.repeat(19)}…`],
      ['record-2', '2', 'accepted', '2026-02-03T04:05:06.789Z', ''],
    ])
  })

  await t.test('the test names the step that fails, and leaves nothing behind', async (t) => {
    const good = settings(dialect, server, { table: 'ivi_status' })
    const before = await sql('SELECT record_key, coc_status FROM ivi_status ORDER BY 1')
    const steps = await testSource(good)
    t.same(
      steps.map((s) => s.step),
      ['name', 'TCP', 'TLS chain', 'login', 'statement', 'columns', 'order', 'index', 'write'],
    )
    t.ok(steps.every((s) => s.ok))
    t.match(steps.find((s) => s.step === 'index')?.detail, /No index of v begins with at/)
    t.same(await sql('SELECT record_key, coc_status FROM ivi_status ORDER BY 1'), before)
    const fails = async (over: object, step: string, detail: RegExp): Promise<void> => {
      t.match(last(await testSource({ ...good, ...over })), { step, ok: false, detail })
    }
    await fails({ trustAnchors: undefined }, 'TLS chain', /not trusted/)
    await fails({ host: 'nowhere.invalid' }, 'name', /nowhere/)
    await fails({ host: 'localhost' }, 'TLS chain', /not trusted|altnames/)
    await fails({ port: 1 }, 'TCP', /ECONNREFUSED/)
    await fails({ user: 'nobody' }, 'login', /nobody/)
    await fails({ read: { ...good.read, table: 'nowhere' } }, 'statement', /nowhere/)
    await fails({ read: { ...good.read, stamp: 'nothing' } }, 'columns', /no column nothing among id, at/)
    await fails({ read: { ...good.read, key: 'part' } }, 'order', /key 7 names more than one row/)
    await fails({ status: { table: 'elsewhere' } }, 'write', /elsewhere/)
    await fails({ user: server.reader, status: own }, 'write', /denied/)
    await sql('INSERT INTO v (id, part) VALUES (3, 8)')
    await fails({}, 'order', /Row 3 has no .at/)
    const wrong =
      'SELECT id, at FROM v WHERE at IS NOT NULL AND (at > :watermark OR id > :key) ORDER BY id DESC LIMIT :limit'
    const beginning = { watermark: '1970-01-01', key: '0' }
    await fails({ read: { statement: wrong, key: 'id', stamp: 'at', beginning } }, 'order', /order is not by stamp/)
  })
}

test('writing to PostgreSQL', (t) => story(t, 'postgres'))
test('writing to MariaDB', (t) => story(t, 'mariadb'))
