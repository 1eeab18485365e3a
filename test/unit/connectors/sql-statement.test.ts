import { test } from 'tap'
import { faultOfRead, faultOfWrite, parseStatement, render, type Statement } from '../../../connectors/sql/statement.ts'

const parsed = (text: string): Statement => {
  const statement = parseStatement(text)
  if (typeof statement === 'string') throw new Error(statement)
  return statement
}
const rendered = (text: string): string => render(parsed(text), (name, i) => `<${name}${i}>`)

test('values are bound at the places, and nothing else is one', async (t) => {
  t.equal(
    rendered('SELECT a FROM t WHERE b > :x AND c = :y OR b = :x'),
    'SELECT a FROM t WHERE b > <x0> AND c = <y1> OR b = <x2>',
  )
  for (const same of [
    "SELECT ':no', 'it''s :no' FROM t",
    'SELECT ":no" FROM t',
    'SELECT `:no` FROM t',
    'SELECT [:no] FROM t',
    'SELECT a -- :no\n FROM t',
    'SELECT a /* :no */ FROM t',
    'SELECT a::text FROM t',
    'SELECT $$ :no $$, $x$ :no; $$ $x$ FROM t',
    `SELECT TO_CHAR(a, 'YYYY-MM-DD"T"HH24:MI:SS') FROM t`,
    'SELECT größe FROM t WHERE a = 5',
  ])
    t.equal(rendered(same), same)
  t.equal(rendered('SELECT :x::bigint FROM t'), 'SELECT <x0>::bigint FROM t')
  t.equal(rendered('SELECT 1; \n'), 'SELECT 1', 'one end is no second statement')
})

test('only one whole statement is taken', async (t) => {
  t.match(parseStatement('SELECT 1; DROP TABLE t'), /only one/)
  t.match(parseStatement("SELECT 1;'"), /only one/)
  t.match(parseStatement("SELECT ' FROM t"), /' is not closed/)
  t.match(parseStatement('SELECT " FROM t'), /" is not closed/)
  t.match(parseStatement('SELECT /* FROM t'), /remark/)
  t.match(parseStatement("SELECT '\\' ; DROP TABLE t --'"), /not closed|only one/, 'engines differ on a backslash')
  t.equal(rendered("SELECT 'a\\\\b;c' FROM t"), "SELECT 'a\\\\b;c' FROM t")
})

test('reading is a SELECT with its places', async (t) => {
  const places = ['watermark', 'key', 'limit']
  const good = 'WITH x AS (SELECT 1) SELECT a FROM x WHERE (s, k) > (:watermark, :key) LIMIT :limit'
  t.equal(faultOfRead(good, places), undefined)
  t.match(faultOfRead('SELECT a FROM t WHERE s > :watermark LIMIT :limit', places), /:key does not stand/)
  t.match(faultOfRead(`${good} OFFSET :offset`, places), /:offset is none of/)
  for (const bad of [
    'DELETE FROM t',
    'WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x',
    'SELECT * INTO u FROM t',
    "SELECT 1 EXEC('DROP TABLE t')",
    'SELECT * FROM t FOR UPDATE',
    'CALL p()',
  ])
    t.match(faultOfRead(bad, []), /does not stand|begins with/, bad)
  t.equal(faultOfRead('SELECT "update", REPLACE(a, 1, 2) FROM t', []), undefined, 'names and functions are none')
})

test('writing is an UPDATE that names its row', async (t) => {
  t.equal(faultOfWrite('UPDATE t SET a = :coc_status WHERE id = :key'), undefined)
  t.match(faultOfWrite('UPDATE t SET a = :coc_status'), /WHERE/)
  t.match(faultOfWrite('UPDATE t SET a = :coc_status WHERE 1 = 1'), /:key/)
  t.match(faultOfWrite('DELETE FROM t WHERE id = :key'), /UPDATE/)
  t.match(faultOfWrite('UPDATE t SET a = :status WHERE id = :key'), /:status is none of/)
})
