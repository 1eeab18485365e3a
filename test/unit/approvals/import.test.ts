import { test } from 'tap'
import { importApprovals } from '../../../gateway/flow/import-approvals.ts'
import { openSqlite } from '../../../gateway/store/sqlite/sqlite-database.ts'
import { Store } from '../../../gateway/store/store.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { read, toCsv, wide, yaml } from './files.ts'

test('the same key with other content replaces, and the audit trail tells it', async (t) => {
  const store = new Store(await openSqlite(await tempFolder(t)))
  t.teardown(() => store.close())
  const clock = () => new Date('2026-11-22T12:00:00Z')
  const take = async (text: string, file = 'a.yaml') =>
    importApprovals((await read(text, file)).approvals, 'Q. Tester', 'base', { store, clock })
  const events = () => store.events.from(0, 100)
  await take(yaml)
  await take(yaml)
  await take(toCsv(wide), 'a.csv')
  t.strictSame(
    (await events()).map((e) => e.type),
    ['approval.imported'],
    'the same in another format is no change',
  )
  await take(yaml.replace('2200', '2300'))
  const [first, second] = await events()
  t.equal(second?.type, 'approval.replaced')
  t.match(
    JSON.stringify(second),
    JSON.stringify(first).match(/[0-9a-f]{64}/)?.[0] ?? 'a hash',
    'names what it replaces',
  )
  await take(yaml.replace('*00\n', '*01\n').replace('validFrom: 2025-03-01', 'validFrom: 2025-06-01'))
  t.equal((await events()).at(-1)?.type, 'approval.imported', 'an extension is another entry')
  t.equal((await store.masterData.approvals('EXB5', 'BOX42', 'V01')).length, 2)
})
