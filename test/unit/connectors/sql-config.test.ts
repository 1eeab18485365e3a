import { test } from 'tap'
import { sqlConfig } from '../../../connectors/sql/config.ts'
import { dialectNames, loadDialect } from '../../../connectors/sql/find-dialect.ts'

const base = { dialect: 'postgres', host: 'db', database: 'erp', user: 'ecoc', password: 'pw' }
const good = { ...base, read: { table: 's.v', key: 'id', stamp: 'at' }, strategy: 'timestamp' }
const messages = (config: object): string[] => {
  const { error } = sqlConfig.safeParse(config)
  return (error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

test('the engines are found by their files', async (t) => {
  t.same(dialectNames, ['mariadb', 'mssql', 'mysql', 'oracle', 'postgres'])
  for (const name of dialectNames) t.match(await loadDialect(name), { port: Number, connect: Function })
})

test('what cannot work is said before it is tried', async (t) => {
  t.same(messages(good), [])
  const read = 'SELECT id, at FROM v WHERE at > :watermark OR id > :key ORDER BY at, id LIMIT :limit'
  const beginning = { watermark: '1970-01-01', key: '0' }
  t.same(messages({ ...good, read: { statement: read, key: 'id', stamp: 'at', beginning } }), [])
  const cases: [object, RegExp][] = [
    [{ ...good, dialect: 'db2' }, /dialect/],
    [{ ...good, read: { key: 'id', stamp: 'at' } }, /read: name `table` or `statement`/],
    [{ ...good, read: { ...good.read, statement: read, beginning } }, /read: name `table` or `statement`/],
    [{ ...good, read: { table: 'v', key: 'id' } }, /read\.stamp: name the column that changes/],
    [{ ...good, read: { ...good.read, table: 'v; DROP TABLE x' } }, /read\.table/],
    [{ ...good, read: { ...good.read, key: 'i"d' } }, /read\.key/],
    [{ ...good, read: { ...good.read, columns: ['a]b'] } }, /read\.columns/],
    [{ ...good, read: { statement: read, key: 'id', stamp: 'at' } }, /read\.beginning/],
    [{ ...good, strategy: 'flag' }, /flag: name the flag/],
    [{ ...good, status: {} }, /status: name `table` or `statement`/],
    [{ ...good, status: { statement: 'UPDATE v SET a = :coc_status' } }, /status\.statement: without WHERE/],
    [{ ...good, unknown: 1 }, /[Uu]nrecognized/],
  ]
  for (const [config, wanted] of cases) t.match(messages(config).join('\n'), wanted)
  t.same(messages({ ...good, strategy: 'outbox', read: { table: 'v', key: 'id' } }), [], 'a rising key is order enough')
})
