import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'tap'
import folder from '../../connectors/folder/connector.ts'
import { openFolder } from '../../connectors/folder/open-folder.ts'
import { tempFolder } from '../support/temp-folder.ts'

const context = { signal: new AbortController().signal }

test('an archive that is the watched folder itself would come in again, and is refused', async (t) => {
  const path = await tempFolder(t)
  for (const archive of ['.', './', 'x/..', path])
    t.throws(() => openFolder(folder.config.parse({ path, archive })), { code: 'SRC-012', kind: 'config' }, archive)
  t.ok(openFolder(folder.config.parse({ path, archive: 'done/2026' })))
})

test('a link planted where an answer is prepared is not written through', async (t) => {
  const path = await tempFolder(t)
  await mkdir(join(path, 'drop'))
  await writeFile(join(path, 'precious'), 'precious')
  await symlink('../precious', join(path, 'drop', '.x.csv.ok.json.tmp'))
  await openFolder(folder.config.parse({ path: join(path, 'drop') })).writeBack(
    'x.csv.ok.json',
    Buffer.from('{}'),
    context,
  )
  t.equal(await readFile(join(path, 'precious'), 'utf8'), 'precious')
  t.equal(await readFile(join(path, 'drop', 'x.csv.ok.json'), 'utf8'), '{}')
})

test('a local folder tells early, until nobody listens any more', async (t) => {
  const path = await tempFolder(t)
  let told = 0
  const source = openFolder(folder.config.parse({ path }))
  const off = source.watch?.(() => told++)
  for (let i = 0; told === 0 && i < 100; i++) {
    await writeFile(join(path, `${i}.csv`), 'x')
    await wait(20)
  }
  t.ok(told > 0)
  off?.()
})
