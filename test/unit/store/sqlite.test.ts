import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { test } from 'tap'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { migrate } from '../../../gateway/store/sqlite/migrate.ts'
import { Store } from '../../../gateway/store/store.ts'
import { insert } from '../../../gateway/store/writes.ts'
import { makeEcoc, makeEvent } from '../../contract/store-rows.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const known = readdirSync(new URL('../../../gateway/store/migrations/', import.meta.url)).length

const shapeOf = (file: string): unknown => {
  const db = new Sqlite(file, { readonly: true })
  const rows = db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all()
  const version: unknown = db.pragma('user_version', { simple: true })
  db.close()
  return { rows, version }
}

test('what is committed survives a power cut: WAL, and every commit synced', async (t) => {
  const database = await openSqlite(await tempFolder(t))
  t.teardown(() => database.close())
  t.same(await database.get('PRAGMA journal_mode'), { journal_mode: 'wal' })
  t.same(await database.get('PRAGMA synchronous'), { synchronous: 2 })
  t.same(await database.get('PRAGMA foreign_keys'), { foreign_keys: 1 })
})

test('a database that cannot be durable is refused', async (t) => {
  const folder = await tempFolder(t)
  const reader = new Sqlite(join(folder, 'gateway.sqlite'))
  reader.exec('CREATE TABLE other (a); BEGIN; SELECT * FROM other')
  // Somebody who holds the file in another journal mode keeps it from becoming WAL.
  reader.prepare('INSERT INTO other VALUES (1)').run()
  await t.rejects(openSqlite(folder))
  reader.close()
  await (await openSqlite(folder)).close()
})

test('migrations make the schema once, and a second start changes nothing', async (t) => {
  const folder = await tempFolder(t)
  const file = join(folder, 'gateway.sqlite')
  await (await openSqlite(folder)).close()
  const first = shapeOf(file)
  t.match(first, { version: known })
  await (await openSqlite(folder)).close()
  t.same(shapeOf(file), first)
})

test('a data folder of a newer gateway is refused, and let go of', async (t) => {
  const folder = await tempFolder(t)
  const file = join(folder, 'gateway.sqlite')
  await (await openSqlite(folder)).close()
  const db = new Sqlite(file)
  db.pragma(`user_version = ${known + 1}`)
  db.close()
  const before = shapeOf(file)
  rmSync(`${file}-wal`, { force: true })
  await t.rejects(openSqlite(folder), { code: 'STO-002', kind: 'config' })
  t.notOk(existsSync(`${file}-wal`), 'the file was closed')
  t.same(shapeOf(file), before)
})

test('a migration that fails leaves the schema as it was', async (t) => {
  const db = new Sqlite(':memory:')
  t.teardown(() => {
    db.close()
  })
  db.exec('CREATE TABLE ecoc (in_the_way)')
  await t.rejects(migrate(db), /already exists/)
  t.equal(db.pragma('user_version', { simple: true }), 0)
  t.equal(db.prepare("SELECT count(*) FROM sqlite_master WHERE name <> 'ecoc'").pluck().get(), 0)
})

test('a row without its parent is refused', async (t) => {
  const store = new Store(await openSqlite(await tempFolder(t)))
  t.teardown(() => store.close())
  const [, orphan] = makeEcoc().writes
  t.ok(orphan)
  await t.rejects(store.commit(orphan ? [orphan] : []), /FOREIGN KEY/)
})

test('a backup taken while work goes on is whole and opens as a store', async (t) => {
  const [folder, copy] = [await tempFolder(t), await tempFolder(t)]
  const store = new Store(await openSqlite(folder))
  await store.commit([insert('setting', { key: 'a', value: '1' }), makeEvent('first')])
  const backup = store.backup(join(copy, 'gateway.sqlite'))
  for (let i = 0; i < 20; i++) await store.commit([makeEvent(`while-${i}`)])
  await backup
  await store.close()
  const restored = new Store(await openSqlite(copy))
  t.teardown(() => restored.close())
  t.equal(await restored.settings.get('a'), '1')
  const events = await restored.events.from(1, 100)
  t.equal(events[0]?.subject, 'first')
  t.equal(events.at(-1)?.seq, events.length, 'no gap')
})

test('a listener that left hears nothing more', async (t) => {
  const store = new Store(await openSqlite(await tempFolder(t)))
  t.teardown(() => store.close())
  let heard = 0
  const off = store.onCommit(() => heard++)
  await store.commit([makeEvent('one')])
  off()
  await store.commit([makeEvent('two')])
  t.equal(heard, 1)
})
