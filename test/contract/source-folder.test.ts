import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'tap'
import folder from '../../connectors/folder/connector.ts'
import { openFolder } from '../../connectors/folder/open-folder.ts'
import { tempFolder } from '../support/temp-folder.ts'

const context = { signal: new AbortController().signal }

test('an archive that is the watched folder itself would come in again, and is refused', async (t) => {
  const path = await tempFolder(t)
  for (const archive of ['.', './', 'x/..', path]) {
    t.notOk(folder.config.safeParse({ path, archive }).success, archive)
    t.throws(() => openFolder({ path, archive }), { code: 'SRC-012', kind: 'config' }, archive)
  }
  t.ok(openFolder(folder.config.parse({ path, archive: 'done/2026' })))
})

test('a link planted where an answer is prepared is not written through', async (t) => {
  const path = await tempFolder(t)
  await mkdir(join(path, 'drop'))
  await writeFile(join(path, 'precious'), 'precious')
  const temporary = `.${createHash('sha256').update('x.csv.ok.json').digest('hex').slice(0, 16)}.tmp`
  await symlink('../precious', join(path, 'drop', temporary))
  await openFolder(folder.config.parse({ path: join(path, 'drop') })).writeBack(
    'x.csv.ok.json',
    Buffer.from('{}'),
    context,
  )
  t.equal(await readFile(join(path, 'precious'), 'utf8'), 'precious')
  t.equal(await readFile(join(path, 'drop', 'x.csv.ok.json'), 'utf8'), '{}')
  t.same(await readdir(join(path, 'drop')), ['x.csv.ok.json'], 'the link lay just there, and is gone')
})

test('an answer may have the longest name there is', async (t) => {
  const path = await tempFolder(t)
  const name = `${'x'.repeat(255 - '.csv.errors.json'.length)}.csv.errors.json`
  await openFolder(folder.config.parse({ path })).writeBack(name, Buffer.from('{}'), context)
  t.same(await readdir(path), [name])
})

test('what was put away before a crash is told as put away when it is asked for again', async (t) => {
  const path = await tempFolder(t)
  const source = openFolder(folder.config.parse({ path }))
  const take = async (name: string) => {
    await writeFile(join(path, name), 'one')
    return (await source.list(context)).find((item) => item.key === name)!
  }
  const x = await take('x.csv')
  // As a crash between the rename and the commit leaves it.
  await mkdir(join(path, 'archive'))
  await rename(join(path, 'x.csv'), join(path, 'archive', 'x.1.csv'))
  t.equal(await source.settle(x, 'x.1.csv', context), true)
  await writeFile(join(path, 'x.csv'), 'another one')
  t.equal(await source.settle(x, 'x.1.csv', context), true, 'also when a newer one came meanwhile')
  t.equal(await readFile(join(path, 'x.csv'), 'utf8'), 'another one', 'which stays')

  t.equal(await source.settle(x, 'x.2.csv', context), false, 'not under another name')
  const y = await take('y.csv')
  await rename(join(path, 'y.csv'), join(path, 'elsewhere.csv'))
  t.equal(await source.settle(y, 'y.1.csv', context), false, 'taken away by somebody')
  await writeFile(join(path, 'archive', 'y.1.csv'), 'of another size')
  t.equal(await source.settle(y, 'y.1.csv', context), false, 'something else lies there')
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
