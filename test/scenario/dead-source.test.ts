// needs: postgres
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import tap, { test } from 'tap'
import { statusOf } from '../../gateway/health/status.ts'
import { sampleExport, sampleVin } from '../../gateway/sandbox/samples/sample-export.ts'
import { underTest, type UnderTest } from '../contract/connector-bench.ts'
import { intakeOn } from '../contract/connector-flow.ts'
import { rowsIntakeOn, rowsOf } from '../contract/connector-rows.ts'
import type { RowsFixture, SourceFixture } from '../contract/source-fixtures/fixture.ts'
import { until } from '../support/sandbox-gateway.ts'

tap.setTimeout(180_000)

const pollMs = 2_000
/** The look that finds it must end too. */
const lookMs = 1_000
const over = { pollMs }

const opened = async <F extends SourceFixture | RowsFixture>(
  t: Parameters<typeof intakeOn>[0],
  name: string,
): Promise<{ of: UnderTest<F>; there: F }> => {
  const [of] = (await underTest(name)) as UnderTest<F>[]
  if (!of) throw new Error(`no fixture for ${name}`)
  const there = await of.openFixture()
  t.teardown(() => there.close())
  return { of, there }
}

test('a share vanishes, an SSH session hangs, a database restarts under load: each shows, and each heals', async (t) => {
  const share = await opened<SourceFixture>(t, 'folder')
  const calm = await opened<SourceFixture>(t, 'folder')
  const ssh = await opened<SourceFixture>(t, 'sftp')
  const database = await opened<RowsFixture>(t, 'sql')
  const intakes = {
    share: await intakeOn(t, share.of, share.there, over),
    ssh: await intakeOn(t, ssh.of, ssh.there, over),
    database: await rowsIntakeOn(t, database.of, database.there, over),
  }
  const quiet = await intakeOn(t, calm.of, calm.there, over)

  /** What /healthz would say of it. */
  const issueOf = async ({ worker, tools }: (typeof intakes)[keyof typeof intakes]): Promise<string | undefined> => {
    const { ok, checks } = await statusOf([worker], tools, undefined)
    return ok ? undefined : (checks[0]?.issue ?? 'no issue')
  }
  const all = Object.entries(intakes)
  for (const [name, intake] of all) await until(`${name} is well`, 30_000, async () => !(await issueOf(intake)))

  // Load: rows and files go on coming, whatever the database says.
  let [isOver, rows, files] = [false, 0, 0]
  const load = async (): Promise<void> => {
    while (!isOver) {
      const stored = await database.there.put(rowsOf(rows, 20)).then(
        () => true,
        () => false,
      )
      if (stored) rows += 20
      if (files < 200) await calm.there.put(`calm-${files}.csv`, sampleExport([sampleVin(++files)]))
      await wait(50)
    }
  }
  const loading = load()
  await until('rows under way', 30_000, async () => (await intakes.database.ecocs()).length > 0)

  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const comeBacks = await Promise.all([share.there.vanish(), ssh.there.hang?.(), database.there.vanish()])
  const gone = performance.now()
  await Promise.all(
    all.map(async ([name, intake]) => {
      const issue = await until(`${name} shows`, 30_000, () => issueOf(intake))
      const ms = performance.now() - gone
      t.ok(ms <= 3 * pollMs + lookMs, `${name} shows after ${Math.round(ms)} ms: ${issue}`)
    }),
  )
  const before = (await quiet.ecocs()).length
  await wait(2 * pollMs)
  t.ok((await quiet.ecocs()).length > before || before === 200, 'the others go on')
  t.equal(await issueOf(quiet), undefined)

  await Promise.all(
    all.map(async ([name, intake], i) => {
      await comeBacks[i]?.()
      const back = performance.now()
      await until(`${name} is well again`, 30_000, async () => !(await issueOf(intake)))
      const ms = performance.now() - back
      t.ok(ms <= 2 * pollMs + lookMs, `${name} is well again after ${Math.round(ms)} ms`)
    }),
  )
  delay.disable()
  const p99 = delay.percentile(99) / 1e6
  t.ok(p99 < 100, `event loop delay p99 ${p99.toFixed(0)} ms`)

  isOver = true
  await loading
  await until('every row', 60_000, async () => (await intakes.database.ecocs()).length === rows)
  await share.there.put('x.csv', sampleExport([sampleVin(1)]))
  await ssh.there.put('x.csv', sampleExport([sampleVin(1)]))
  for (const intake of [intakes.share, intakes.ssh])
    await until('what comes after', 30_000, async () => (await intake.ecocs()).length === 1)
  for (const [name, { store }] of all) {
    const told = (await store.events.from(1, 100_000)).map((e) => e.type).filter((type) => type.startsWith('source.'))
    t.ok(told.length === 0 || told.join() === 'source.lost,source.back', `${name} told once: ${told.join()}`)
  }
})
