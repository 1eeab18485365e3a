import { createReadStream } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { test } from 'tap'
import type { SourceItem } from '../../../gateway/contract/index.ts'
import { spoolItem } from '../../../gateway/intake/spool-item.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { tempFolder } from '../../support/temp-folder.ts'

const item = (size: number, key = 'x.csv'): SourceItem => ({ key, size, version: '1' })
const targetIn = (folder: string, maxBytes = 10_000) => ({ folder: join(folder, 'spool'), source: 'drop', maxBytes })
const isClosed = async (stream: Readable): Promise<boolean> => {
  await wait(5)
  return stream.destroyed
}

test('a spooled file is whole: same bytes, right hash, under a name of ours', async (t) => {
  const target = targetIn(await tempFolder(t))
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(chunks, fc.string(), async (parts, key) => {
      const bytes = Buffer.concat(parts)
      const file = await spoolItem(item(bytes.length, key), Readable.from(parts.map((p) => Buffer.from(p))), target)
      const named = file.path === join(target.folder, file.id) && file.key === key && file.source === 'drop'
      return named && file.sha256 === sha256(bytes) && (await readFile(file.path)).equals(bytes)
    }),
    { numRuns: 20 },
  )
  t.notOk((await readdir(target.folder)).some((name) => name.endsWith('.tmp')))
  t.equal((await stat(target.folder)).mode & 0o077, 0, 'nobody else reads the spool')
})

test('what fails leaves nothing behind and lets go of the stream', async (t) => {
  const target = targetIn(await tempFolder(t), 100)
  const fails = async (what: string, declared: number, bytes: Readable, expected: { code: string }): Promise<void> => {
    await t.rejects(spoolItem(item(declared), bytes, target), expected, what)
    t.same(await readdir(target.folder), [], `${what}: nothing left`)
    t.ok(await isClosed(bytes), `${what}: closed`)
  }
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(10)
    })(),
  )
  const broken = Readable.from(
    (function* () {
      yield Buffer.from('half')
      throw Object.assign(new Error('connection lost'), { code: 'ECONNRESET' })
    })(),
  )
  await fails('larger than allowed', 50, endless, { code: 'INT-001' })
  await fails('shorter than listed', 50, Readable.from([Buffer.alloc(49)]), { code: 'INT-002' })
  await fails('longer than listed', 50, Readable.from([Buffer.alloc(51)]), { code: 'INT-002' })
  await fails('the source broke off', 50, broken, { code: 'ECONNRESET' })
  await spoolItem(item(100), Readable.from([Buffer.alloc(100)]), target)
})

test('a file that vanished between listing and reading is an error, not the end of the gateway', async (t) => {
  const folder = await tempFolder(t)
  await t.rejects(spoolItem(item(3), createReadStream(join(folder, 'gone.csv')), targetIn(folder)), { code: 'ENOENT' })
})

test('a spool that cannot be made lets go of the stream too', async (t) => {
  const folder = await tempFolder(t)
  await writeFile(join(folder, 'spool'), 'in the way')
  const bytes = Readable.from([Buffer.alloc(3)])
  await t.rejects(spoolItem(item(3), bytes, targetIn(folder)))
  t.ok(await isClosed(bytes))
})
