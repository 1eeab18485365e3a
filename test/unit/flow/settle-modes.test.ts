import { mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'tap'
import csv from '../../../connectors/codecs/csv/codec.ts'
import { openFolder } from '../../../connectors/folder/open-folder.ts'
import { IntakeWorker } from '../../../gateway/flow/intake/intake-worker.ts'
import { SourceConnection } from '../../../gateway/flow/intake/source-connection.ts'
import type { ReadySource, Tools } from '../../../gateway/flow/tools.ts'
import { sampleExport, sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'
import { upsert } from '../../../gateway/store/writes.ts'
import { sha256 } from '../../../gateway/support/hash.ts'
import { at } from '../../contract/store-rows.ts'
import { until } from '../../support/sandbox-gateway.ts'
import { flowBench } from './flow-tools.ts'

const watched = async (t: Parameters<typeof flowBench>[0], over: Partial<ReadySource>) => {
  const bench = await flowBench(t)
  const folder = join(bench.tools.dataFolder, 'inbox')
  await mkdir(folder, { recursive: true })
  const source: ReadySource = {
    ...{ name: 'drop', mapper: 'sage-x3', pollMs: 10, stablePolls: 2, maxBytes: 1e6 },
    connection: SourceConnection.to(openFolder({ path: folder, archive: 'archive' })),
    ...over,
  }
  const mappers = new Map([['sage-x3', sampleMapper('sage-x3')]])
  const tools: Tools = { ...bench.tools, mappers, sources: new Map([['drop', source]]) }
  const start = (): IntakeWorker => {
    const worker = new IntakeWorker(source, new Map([['csv', csv]]), 'base', tools)
    worker.start()
    t.teardown(() => worker.stop())
    return worker
  }
  const taken = async () => (await bench.store.events.from(1, 1000)).filter((e) => e.type === 'file.taken').length
  const put = (name: string, ...vins: number[]) => writeFile(join(folder, name), sampleExport(vins.map(sampleVin)))
  return { ...bench, folder, start, taken, put }
}

test('a file that is left where it lies is taken once: not after a restart, not when it is only touched', async (t) => {
  const { folder, start, taken, put, store } = await watched(t, { settle: 'leave' })
  await put('a.csv', 1)
  let worker = start()
  await until('taken', 5000, async () => (await taken()) === 1)
  await wait(100)
  await worker.stop()
  worker = start()
  await wait(100)
  await utimes(join(folder, 'a.csv'), new Date(), new Date(Date.now() + 60_000))
  await wait(200)
  t.equal(await taken(), 1)
  await put('a.csv', 1, 2)
  await until('changed', 5000, async () => (await taken()) === 2)
  t.same(await readdir(folder), ['a.csv'])
  await until('two vehicles', 5000, async () => (await store.ecocs.list({ limit: 9 })).length === 2)
})

test('a file may be deleted once it is taken; the spool keeps it', async (t) => {
  const { folder, start, taken, put, tools } = await watched(t, { settle: 'delete' })
  await put('a.csv', 1)
  start()
  await until('deleted', 5000, async () => (await readdir(folder)).length === 0)
  t.equal(await taken(), 1)
  t.equal((await readdir(join(tools.dataFolder, 'spool'))).length, 1)
})

test('a file without its marker is never taken, however long it stands still; with it at once, and both are put away', async (t) => {
  const { folder, start, taken, put } = await watched(t, { ready: '{name}.done', stablePolls: 50 })
  await put('a.csv', 1)
  start()
  await wait(200)
  t.equal(await taken(), 0)
  await writeFile(join(folder, 'a.csv.done'), '')
  await until('put away', 3000, async () => (await readdir(folder)).join() === 'archive')
  t.equal(await taken(), 1)
  t.equal((await readdir(join(folder, 'archive'))).length, 2)
  await put('a.csv', 1, 2)
  await wait(200)
  t.equal(await taken(), 1, 'the next of that name waits for a marker of its own')
})

test('an answer of ours that comes back under another name is not taken', async (t) => {
  const { folder, start, taken, put, store } = await watched(t, { include: ['*.csv'] })
  await put('answer.csv', 7)
  const hash = sha256(sampleExport([sampleVin(7)]))
  await store.commit([upsert('written_answer', { source: 'drop', sha256: hash, at: at(0) })])
  await writeFile(join(folder, 'b.txt'), 'x')
  start()
  await until('put away', 5000, async () => !(await readdir(folder)).includes('answer.csv'))
  t.equal(await taken(), 0)
  t.ok((await store.events.from(1, 100)).some((e) => e.type === 'file.own-answer'))
  t.ok((await readdir(folder)).includes('b.txt'), 'not included')
  await rename(join(folder, 'b.txt'), join(folder, 'b.csv'))
  await until('what is included', 5000, async () => (await taken()) === 1)
  await rm(join(folder, 'archive'), { recursive: true })
})

test('a schedule says when to look; a file that is still written is waited for', async (t) => {
  const { start, taken, put } = await watched(t, { schedule: { cron: '* * * * * *', timeZone: 'Europe/Berlin' } })
  const worker = start()
  await until('looked', 3000, async () => worker.health.state === 'ok')
  t.ok(worker.nextLookAt && worker.nextLookAt.getTime() - Date.now() <= 2000)
  await put('a.csv', 1)
  await until('taken', 4000, async () => (await taken()) === 1)
})
