import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Test } from 'tap'
import csv from '../../connectors/codecs/csv/codec.ts'
import { IntakeWorker } from '../../gateway/flow/intake/intake-worker.ts'
import { SourceConnection } from '../../gateway/flow/intake/source-connection.ts'
import type { ReadySource, Tools } from '../../gateway/flow/tools.ts'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { sampleMapper } from '../../gateway/sandbox/samples/sample-files.ts'
import { sha256 } from '../../gateway/support/hash.ts'
import { testFiles } from '../support/site-files.ts'
import { until } from '../support/sandbox-gateway.ts'
import { flowBench } from '../unit/flow/flow-tools.ts'
import { aboutFiles, needed, type UnderTest } from './connector-bench.ts'
import type { SourceFixture } from './source-fixtures/fixture.ts'

const vins = (from: number, count: number): string[] => Array.from({ length: count }, (_, i) => sampleVin(from + i))

/** The core's own intake on a connector: what it took, and what became of it. */
export const intakeOn = async (
  t: Parameters<typeof flowBench>[0],
  of: UnderTest<SourceFixture>,
  there: SourceFixture,
  over: Partial<ReadySource> = {},
) => {
  const bench = await flowBench(t)
  const config = of.connector.config.parse(there.config)
  const connection = new SourceConnection((call) => of.connector.open(config, { ...call, files: testFiles }), {
    timeoutMs: 5_000,
  })
  const settings = { name: 'drop', mapper: 'sage-x3', pollMs: 100, stablePolls: 2, maxBytes: 1e9 }
  const source: ReadySource = { ...settings, connection, ...over }
  const tools: Tools = {
    ...bench.tools,
    clock: () => new Date(),
    mappers: new Map([['sage-x3', sampleMapper('sage-x3')]]),
    sources: new Map([['drop', source]]),
  }
  const worker = new IntakeWorker(source, new Map([['csv', csv]]), 'base', tools)
  t.teardown(() => connection.drop())
  t.teardown(() => worker.stop())
  worker.start()
  const taken = async (): Promise<{ file: string; sha256: string }[]> =>
    (await bench.store.events.from(1, 100_000))
      .filter((e) => e.type === 'file.taken')
      .map((e) => JSON.parse(e.detail) as { file: string; sha256: string })
  const ecocs = async (): Promise<string[]> => (await bench.store.ecocs.list({ limit: 1000 })).map((e) => e.vin).sort()
  const spooled = (): Promise<string[]> => readdir(join(tools.dataFolder, 'spool')).catch(() => [])
  return { worker, tools, store: bench.store, taken, ecocs, spooled }
}

/** What must hold of a connector together with the core: nothing half, nothing twice, nothing lost. */
export const connectorFlow = async (
  t: Test,
  of: UnderTest<SourceFixture>,
  waivers: SourceFixture['waivers'],
): Promise<void> => {
  const about = aboutFiles(t, of, waivers)

  await about('a file that is still being written is never taken', 'flow', async (t, _open, there) => {
    const { taken, ecocs, spooled } = await intakeOn(t, of, there, { pollMs: 150, stablePolls: 4 })
    const whole = sampleExport(vins(1, 12))
    for (let part = 1; part <= 10; part++) {
      await there.put('x.csv', whole.subarray(0, Math.ceil((whole.length * part) / 10)))
      await wait(60)
    }
    await until('the whole file', 20_000, async () => (await ecocs()).length === 12)
    t.same(await taken(), [{ source: 'drop', file: 'x.csv', size: whole.length, sha256: sha256(whole) }])
    t.same(await ecocs(), vins(1, 12).sort())
    await until('put away', 10_000, async () => (await there.look('x.csv')) === undefined)
    await until('nothing stays in the spool', 5_000, async () => (await spooled()).length === 0)
  })

  await about('a marker says that a file is whole, at once', 'flow', async (t, _open, there) => {
    const { taken, ecocs } = await intakeOn(t, of, there, { ready: '{name}.done' })
    const whole = sampleExport(vins(1, 2))
    await there.put('x.csv', whole.subarray(0, 200))
    await wait(700)
    t.same(await taken(), [], 'it stands still, and is not taken')
    await there.put('x.csv', whole)
    await there.put('x.csv.done', Buffer.alloc(0))
    await until('both', 20_000, async () => (await ecocs()).length === 2)
    t.match(await taken(), [{ file: 'x.csv', sha256: sha256(whole) }])
  })

  await about('the same content counts once, under whatever name', 'flow', async (t, _open, there) => {
    const { taken, ecocs, store } = await intakeOn(t, of, there)
    const content = sampleExport(vins(1, 3))
    await there.put('x.csv', content)
    await until('three', 20_000, async () => (await ecocs()).length === 3)
    await until('put away', 10_000, async () => (await store.spools.latestByKey('drop', 'x.csv'))?.state === 'settled')
    for (const name of ['x.csv', 'renamed.csv']) {
      const count = (await taken()).length
      await there.put(name, content)
      await until(`${name} again`, 20_000, async () => (await taken()).length > count)
      await until('read', 10_000, async () => (await store.spools.latestByKey('drop', name))?.state === 'settled')
    }
    t.equal((await ecocs()).length, 3, 'no vehicle twice')
    t.same([...new Set((await taken()).map((e) => e.sha256))], [sha256(content)])
  })

  await about('what is left where it lies is remembered: touched, renamed, rewritten', 'flow', async (t, _o, there) => {
    const { taken, ecocs } = await intakeOn(t, of, there, { settle: 'leave' })
    const rename = needed(there.rename, 'rename')
    const content = sampleExport(vins(1, 3))
    await there.put('x.csv', content)
    await until('three', 20_000, async () => (await ecocs()).length === 3)
    await there.put('x.csv', content)
    await wait(800)
    t.equal((await taken()).length, 1, 'only touched: not taken again')
    await rename('x.csv', 'y.csv')
    await until('under its new name', 20_000, async () => (await taken()).length === 2)
    await there.put('y.csv', sampleExport(vins(3, 2)))
    await until('a new vehicle', 20_000, async () => (await ecocs()).length === 4)
    t.same(await ecocs(), vins(1, 4).sort())
    t.ok(await there.look('y.csv'), 'it still lies there')
  })

  await about('while the place is gone it shows; then all goes on', 'gone', async (t, _open, there) => {
    const { worker, ecocs, store } = await intakeOn(t, of, there)
    await until('well', 10_000, async () => worker.health.state === 'ok')
    await there.put('x.csv', sampleExport(vins(1, 1)))
    await until('the first', 20_000, async () => (await ecocs()).length === 1)
    const comeBack = await there.vanish()
    await until('it shows', 10_000, async () => worker.health.state === 'down')
    t.match(worker.lastProblem, /\S/)
    await comeBack()
    await until('healed', 10_000, async () => worker.health.state === 'ok')
    await there.put('y.csv', sampleExport(vins(2, 1)))
    await until('the next', 20_000, async () => (await ecocs()).length === 2)
    const told = (await store.events.from(1, 1000)).map((e) => e.type).filter((type) => type.startsWith('source.'))
    t.same(told, ['source.lost', 'source.back'], 'each told once')
  })
}
