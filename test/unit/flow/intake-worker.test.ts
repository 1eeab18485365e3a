import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'tap'
import csv from '../../../connectors/codecs/csv/codec.ts'
import { openFolder } from '../../../connectors/folder/open-folder.ts'
import { clearOrphans } from '../../../gateway/flow/intake/clear-orphans.ts'
import { IntakeWorker } from '../../../gateway/flow/intake/intake-worker.ts'
import { SourceConnection } from '../../../gateway/flow/intake/source-connection.ts'
import type { ReadySource, Tools } from '../../../gateway/flow/tools.ts'
import { sampleExport, sampleVin } from '../../../gateway/sandbox/samples/sample-export.ts'
import { sampleMapper } from '../../../gateway/sandbox/samples/sample-files.ts'
import { until } from '../../support/sandbox-gateway.ts'
import { flowBench } from './flow-tools.ts'

const watched = async (t: Parameters<typeof flowBench>[0], maxBytes: number) => {
  const bench = await flowBench(t)
  const folder = join(bench.tools.dataFolder, 'inbox')
  await mkdir(folder, { recursive: true })
  const open = openFolder({ path: folder, archive: 'archive' })
  const connection = SourceConnection.to(open)
  const source: ReadySource = { name: 'drop', mapper: 'sage-x3', pollMs: 10, stablePolls: 2, maxBytes, connection }
  const tools: Tools = {
    ...bench.tools,
    mappers: new Map([['sage-x3', sampleMapper('sage-x3')]]),
    sources: new Map([['drop', source]]),
  }
  return { ...bench, open, tools, folder, source, codecs: new Map([['csv', csv]]) }
}

const archived = (folder: string): Promise<string[]> => readdir(join(folder, 'archive')).catch(() => [])

test('a file that is too large is answered and put away, and the next one is taken', async (t) => {
  const { tools, folder, source, codecs, store } = await watched(t, 2_000)
  await writeFile(join(folder, 'a-large.csv'), sampleExport(Array.from({ length: 40 }, (_, i) => sampleVin(i + 1))))
  await writeFile(join(folder, 'b.csv'), sampleExport([sampleVin(1)]))
  const worker = new IntakeWorker(source, codecs, 'base', tools)
  worker.start()
  await until('both in the archive', 10_000, async () => (await archived(folder)).length === 2)
  await worker.stop()
  const large = await store.spools.latestByKey('drop', 'a-large.csv')
  t.match(large, { state: 'settled', rows: 0, problem: /INT-001.*at most 2000 are allowed/ })
  t.match((await store.writeBacks.of(large!.id)).map((w) => w.kind).sort(), ['errors-csv', 'errors-json', 'result'])
  t.match(await store.spools.latestByKey('drop', 'b.csv'), { state: 'settled', rows: 1 })
  t.same(await readdir(join(tools.dataFolder, 'spool')), [], 'nothing stays in the spool')
})

test('a file that cannot be put away is tried again, once read, and blocks nobody', async (t) => {
  const { tools, folder, open, source, codecs, store } = await watched(t, 1_000_000)
  let refusals = 0
  const stubborn = {
    ...open,
    settle: (...args: Parameters<typeof open.settle>) =>
      args[0].key === 'a.csv' && refusals++ < 5
        ? Promise.reject(new Error('share is read-only'))
        : open.settle(...args),
  }
  await writeFile(join(folder, 'a.csv'), sampleExport([sampleVin(1)]))
  await writeFile(join(folder, 'b.csv'), sampleExport([sampleVin(2)]))
  const worker = new IntakeWorker({ ...source, connection: SourceConnection.to(stubborn) }, codecs, 'base', tools)
  worker.start()
  await until('b.csv in the archive', 10_000, async () => (await archived(folder)).some((n) => n.startsWith('b.')))
  await until('a.csv in the archive', 10_000, async () => (await archived(folder)).some((n) => n.startsWith('a.')))
  await worker.stop()
  t.ok(refusals > 5)
  const events = await store.events.from(1, 100)
  t.equal(events.filter((e) => e.type === 'file.taken').length, 2, 'each was taken once')
  t.equal((await store.ecocs.list({ limit: 10 })).length, 2)
})

test('a file whose content changes while it is put away is taken again, and nothing of either is lost', async (t) => {
  const { tools, folder, open, source, codecs, store } = await watched(t, 1_000_000)
  let changed = false
  const racing = {
    ...open,
    async settle(...args: Parameters<typeof open.settle>) {
      if (!changed) {
        changed = true
        await writeFile(join(folder, 'a.csv'), sampleExport([sampleVin(1), sampleVin(2)]))
      }
      return open.settle(...args)
    },
  }
  await writeFile(join(folder, 'a.csv'), sampleExport([sampleVin(1)]))
  const worker = new IntakeWorker({ ...source, connection: SourceConnection.to(racing) }, codecs, 'base', tools)
  worker.start()
  await until('the newer one in the archive', 10_000, async () => (await archived(folder)).length === 1)
  await worker.stop()
  t.equal((await store.ecocs.list({ limit: 10 })).length, 2)
  t.equal((await readdir(join(tools.dataFolder, 'spool'))).length, 1, 'the only copy of the first stays')
})

test('spool files that no row knows are cleared', async (t) => {
  const { tools } = await watched(t, 1_000)
  await mkdir(join(tools.dataFolder, 'spool'))
  await writeFile(join(tools.dataFolder, 'spool', 'half.tmp'), 'x')
  await clearOrphans(tools)
  t.same(await readdir(join(tools.dataFolder, 'spool')), [])
})
