import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'tap'
import type { EcocId } from '../../../gateway/contract/index.ts'
import { finish } from '../../../gateway/flow/finish.ts'
import { Runner } from '../../../gateway/flow/runner.ts'
import type { EffectStep, PureStep, Step } from '../../../gateway/flow/step.ts'
import { update } from '../../../gateway/store/writes.ts'
import { until } from '../../support/sandbox-gateway.ts'
import { makeEcoc, makeJob } from '../../contract/store-rows.ts'
import { flowBench, type FlowBench } from './flow-tools.ts'

const waiting = async (bench: FlowBench, stage: string, count = 1): Promise<EcocId[]> => {
  const ids: EcocId[] = []
  for (let i = 0; i < count; i++) {
    const { row, writes } = makeEcoc()
    await bench.store.commit([...writes, makeJob(row.id, { stage, owner: null, lease_until: null, tries: 0 })])
    ids.push(row.id)
  }
  return ids
}

const run = async (
  t: { teardown(fn: () => Promise<void>): void },
  bench: FlowBench,
  steps: Step[],
): Promise<Runner> => {
  const runner = new Runner(steps, bench.tools)
  t.teardown(() => runner.stop())
  await runner.start()
  return runner
}

test('a job that somebody frees while it is worked on is not begun beside itself', async (t) => {
  const bench = await flowBench(t)
  let [now, most, runs] = [0, 0, 0]
  const slow: EffectStep = {
    name: 'slow',
    kind: 'effect',
    parallel: () => 4,
    async run() {
      most = Math.max(most, ++now)
      runs++
      await wait(80)
      now--
      return {}
    },
  }
  const [id] = await waiting(bench, 'slow')
  await run(t, bench, [slow])
  await until('it to be under way', 2_000, () => Promise.resolve(runs === 1))
  await bench.store.commit([update('job', { ecoc_id: id! }, { owner: null, lease_until: null })])
  await wait(60)
  bench.wait(5_000)
  await until('the second run to end', 8_000, async () => (await bench.store.jobs.get(id!)) === undefined)
  t.equal(most, 1, 'never two at once')
  t.equal(runs, 2, 'and begun anew once the first had ended')
})

test('what was done under a lease that is gone changes nothing', async (t) => {
  const bench = await flowBench(t)
  const work = await bench.claimed()
  await bench.store.commit([update('job', { ecoc_id: work.ecoc.id }, { owner: 'another lease' })])
  await t.rejects(
    bench.store.commit(await finish(work, 'base', 'mapping', { patch: { state: 'mapped' } }, bench.tools)),
    {
      code: 'STO-003',
    },
  )
  t.match(await bench.store.ecocs.get(work.ecoc.id), { state: work.ecoc.state })
})

test('a failure that cannot be recorded leaves the record to its lapsing lease and the others alone', async (t) => {
  const bench = await flowBench(t)
  const ids = await waiting(bench, 'pure', 5)
  let broken = true
  const jobs = bench.store.jobs
  const get = jobs.get.bind(jobs)
  jobs.get = (id) => (broken && id === ids[2] ? Promise.reject(new Error('disk')) : get(id))
  const pure: PureStep = {
    name: 'pure',
    kind: 'pure',
    run({ ecoc }) {
      if (broken && ecoc.id === ids[2]) throw new Error('poisoned')
      return {}
    },
  }
  await run(t, bench, [pure])
  await until('the four others to be through', 5_000, async () => (await jobs.count()) === 1)
  t.match(await get(ids[2]!), { owner: String, tries: 1 })
  broken = false
  bench.wait(31_000)
  await until('the fifth to be through too', 12_000, async () => (await jobs.count()) === 0)
})
