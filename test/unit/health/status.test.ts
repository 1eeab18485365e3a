import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'tap'
import type { ReadySource } from '../../../gateway/flow/tools.ts'
import { createStatus, type ListedSource, statusOf } from '../../../gateway/health/status.ts'

const start = Date.parse('2026-11-22T10:00:00Z')
const make = () => {
  const worker: { -readonly [K in keyof ListedSource]: ListedSource[K] } = {
    name: 'inbox',
    lastListedAt: undefined,
    lastProblem: undefined,
  }
  let now = start
  const source = { name: 'inbox', pollMs: 1_000 } as ReadySource
  const tools = { clock: () => new Date(now), sources: new Map([[source.name, source]]) }
  const pass = (ms: number): void => void (now += ms)
  const list = (): void => void Object.assign(worker, { lastListedAt: new Date(now), lastProblem: undefined })
  return { worker, tools, pass, list }
}

test('it starts until every source was listed', async (t) => {
  const { worker, tools, list } = make()
  t.match(await statusOf([worker], tools, undefined), {
    ok: false,
    ready: false,
    checks: [{ issue: /not listed yet/ }],
  })
  t.match(await statusOf([], tools, undefined), { ok: false, ready: false }, 'nor without a worker for it')
  list()
  t.same(await statusOf([worker], tools, undefined), {
    ok: true,
    ready: true,
    checks: [{ check: 'source: inbox', ok: true }],
  })
})

test('a listing that failed shows at once, and one that hangs after a while', async (t) => {
  const { worker, tools, pass, list } = make()
  list()
  worker.lastProblem = 'EACCES'
  t.match(await statusOf([worker], tools, undefined), { ok: false, checks: [{ issue: 'EACCES' }] })
  list()
  pass(12_000)
  t.equal((await statusOf([worker], tools, undefined)).ok, true, 'not listed for 12 s')
  pass(2_000)
  t.match(await statusOf([worker], tools, undefined), { ok: false, checks: [{ issue: /for a while/ }] })
})

test('what was ready stays so: afterwards it fails and heals', async (t) => {
  const { worker, tools, list } = make()
  const status = createStatus([worker], tools, undefined)
  t.match(await status(), { ok: false, ready: false })
  list()
  t.match(await status(), { ok: true, ready: true })
  worker.lastProblem = 'the share is gone'
  t.match(await status(), { ok: false, ready: true })
  list()
  t.match(await status(), { ok: true, ready: true })
  t.match(await createStatus([], tools, undefined)(), { ready: false }, 'another gateway remembers nothing of it')
})

test('in the sandbox its access point must answer', async (t) => {
  const { worker, tools, list } = make()
  list()
  const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const sandbox = { control: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, inbox: '/in' }
  t.match(await statusOf([worker], tools, sandbox), { ok: true, sandbox })
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  t.match(await statusOf([worker], tools, sandbox), { ok: false, checks: [{}, { ok: false, issue: /not answer/ }] })
})
