import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { test } from 'tap'
import { GatewayError, type OpenFiles } from '../../../gateway/contract/index.ts'
import { IntakeWorker } from '../../../gateway/flow/intake/intake-worker.ts'
import { SourceConnection } from '../../../gateway/flow/intake/source-connection.ts'
import type { ReadySource } from '../../../gateway/flow/tools.ts'
import { statusOf } from '../../../gateway/health/status.ts'
import { until } from '../../support/sandbox-gateway.ts'
import { flowBench } from './flow-tools.ts'

/** A source whose server can be taken away: sessions that are open then stay dead, and new ones cannot be had. */
const server = () => {
  let how: 'up' | 'down' | 'hangs' = 'up'
  const count = { opened: 0, closed: 0, calls: 0 }
  const open = async (): Promise<OpenFiles> => {
    if (how === 'down') throw new Error('connection refused')
    count.opened++
    let dead = false
    const files: Partial<OpenFiles> = {
      kind: 'files',
      list: () => {
        count.calls++
        if (how === 'hangs') {
          dead = true
          return new Promise(() => undefined)
        }
        return dead || how === 'down' ? Promise.reject(new Error('reset')) : Promise.resolve([])
      },
      close: () => {
        count.closed++
        return how === 'hangs' ? new Promise(() => undefined) : Promise.resolve()
      },
    }
    return files as OpenFiles
  }
  return { open, count, set: (to: typeof how) => void (how = to) }
}

const watch = async (t: Parameters<typeof flowBench>[0], timeoutMs = 150) => {
  const bench = await flowBench(t)
  const there = server()
  const source: ReadySource = {
    ...{ name: 'erp', mapper: 'sage-x3', pollMs: 50, stablePolls: 2, maxBytes: 1e6 },
    connection: new SourceConnection(there.open, { timeoutMs }),
  }
  const tools = { ...bench.tools, clock: () => new Date(), sources: new Map([['erp', source]]) }
  const worker = new IntakeWorker(source, new Map(), 'base', tools)
  const events = async () =>
    (await bench.store.events.from(1, 1000)).map((e) => e.type).filter((e) => e.startsWith('source.'))
  worker.start()
  t.teardown(() => worker.stop())
  await until('up', 5000, async () => worker.health.state === 'ok')
  return { ...there, worker, tools, events }
}

test('a server that is gone shows within three polls, and heals by itself with a new session', async (t) => {
  const { set, count, worker, tools, events } = await watch(t)
  set('down')
  const begun = performance.now()
  await until('it shows', 5000, async () => worker.health.state === 'down')
  t.ok(performance.now() - begun < 1000, `${Math.round(performance.now() - begun)} ms`)
  t.match(await statusOf([worker], tools, undefined), { ok: false, checks: [{ issue: /reset|refused/ }] })
  await wait(400)
  t.same(await events(), ['source.lost'], 'told once')
  set('up')
  const back = performance.now()
  await until('healed', 5000, async () => worker.health.state === 'ok')
  t.ok(performance.now() - back < 1000)
  await until('and told once', 5000, async () => (await events()).length === 2)
  t.same(await events(), ['source.lost', 'source.back'])
  t.ok(count.opened >= 2 && count.closed >= 1)
})

test('a session that hangs is left behind: it shows, holds up nobody, and is never piled up', async (t) => {
  const { set, count, worker, events } = await watch(t)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  set('hangs')
  await until('it shows', 5000, async () => worker.health.state === 'down')
  t.match(worker.lastProblem, /did not answer|still hang/)
  const before = count.calls
  await wait(1500)
  delay.disable()
  t.ok(count.calls - before <= 2, 'no more than two calls hang at once')
  t.ok(delay.percentile(99) / 1e6 < 100, `event loop p99 ${delay.percentile(99) / 1e6} ms`)
  t.same(await events(), ['source.lost'])
})

test('what a source asks for is kept: it is not looked at before', async (t) => {
  const { worker } = await watch(t)
  const busy = new GatewayError({ kind: 'operational', code: 'SRC-030', message: 'busy', params: { retryAfterS: 120 } })
  worker.health.failed(busy, new Date())
  t.equal(worker.health.pause(50), 120_000)
  worker.health.failed(new Error('gone'), new Date())
  t.equal(worker.health.pause(50), 100, 'at most two polls otherwise')
})

test('calls are spread where a source limits them', async (t) => {
  const there = server()
  const connection = new SourceConnection(there.open, { timeoutMs: 1000, callsPerMinute: 1200 })
  const { signal } = new AbortController()
  const begun = performance.now()
  for (let i = 0; i < 5; i++) await connection.call(signal, () => Promise.resolve())
  t.ok(performance.now() - begun >= 190, 'five calls, 50 ms apart')
  t.equal(there.count.opened, 1)
})
