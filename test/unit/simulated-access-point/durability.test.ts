// slow: starts and kills processes
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { test, type Test } from 'tap'
import {
  adoptOrStartSimulator,
  stopSimulator,
} from '../../../gateway/sandbox/simulated-access-point/adopt-simulator.ts'
import { startSimulator } from '../../../gateway/sandbox/simulated-access-point/run-simulator.ts'
import { clientTls, control, makeClient, makeDocument, pkiDir, simulatorOptions } from './harness.ts'

const entry = fileURLToPath(new URL('stand-in-main.ts', import.meta.url))

const makeHome = async (t: Test) => {
  const [dir, pki] = [await mkdtemp(join(tmpdir(), 'ecoc-simulator-')), await pkiDir()]
  t.teardown(async () => {
    await stopSimulator(dir)
    await rm(dir, { recursive: true, force: true })
  })
  const start = () => adoptOrStartSimulator({ dir, pki, entry })
  return { dir, pki, start, tls: await clientTls(pki) }
}

const isGone = async (pid: number): Promise<boolean> => {
  for (let i = 0; i < 60; i++) {
    try {
      process.kill(pid, 0)
    } catch {
      return true
    }
    await wait(50)
  }
  return false
}

test('kill -9 right after an acceptance: what was accepted, the behaviour and the address survive', async (t) => {
  const { start, tls } = await makeHome(t)
  const first = await start()
  const client = makeClient(first.endpoint, tls)
  const documents = [makeDocument(), makeDocument(), makeDocument()]
  for (const document of documents) t.match(await client.submit(document), { next: 'accepted' })
  const last = makeDocument()
  await control(first, 'behaviour', { behaviour: 'accept', seed: 5 })
  t.match(await client.submit(last), { next: 'accepted' })
  process.kill(first.pid, 'SIGKILL')
  t.ok(await isGone(first.pid))

  const second = await start()
  t.same([second.endpoint, second.control], [first.endpoint, first.control], 'the same address')
  t.not(second.pid, first.pid)
  const held = (await control(second, 'accepted')).json as { iviReferenceId: string; count: number }[]
  for (const { iviReferenceId } of [...documents, last]) {
    t.match(
      held.find((h) => h.iviReferenceId === iviReferenceId),
      { count: 1 },
    )
  }
  t.match(await client.submit(last), { reply: { outcome: 'duplicate', sha256: last.sha256 } })
  t.match((await control(second, 'behaviour')).json, { behaviour: 'accept', seed: 5 })
})

test('random numbers go on where they were', async (t) => {
  const { start, tls } = await makeHome(t)
  const first = await start()
  const draw = async (n: number) => {
    const ends: unknown[] = []
    const client = makeClient(first.endpoint, tls)
    for (let i = 0; i < n; i++) ends.push(((await client.submit(makeDocument())) as { next: string }).next)
    return ends
  }
  const script = { behaviour: 'reject', probability: 0.5, seed: 11 }
  await control(first, 'behaviour', script)
  const unbroken = await draw(16)
  await control(first, 'behaviour', script)
  const before = await draw(8)
  process.kill(first.pid, 'SIGKILL')
  t.ok(await isGone(first.pid))
  await start()
  t.same([...before, ...(await draw(8))], unbroken)
})

test('a live one is adopted, also by two at once, and there is never a second one on a folder', async (t) => {
  const { dir, pki, start } = await makeHome(t)
  const [a, b] = await Promise.all([start(), start()])
  t.equal(a.pid, b.pid)
  t.equal((await start()).pid, a.pid)
  await t.rejects(startSimulator(await simulatorOptions(dir, pki)), { code: 'SIM-001' })
  await stopSimulator(dir)
  t.ok(await isGone(a.pid))
  await stopSimulator(dir)
})

test('a port that was taken meanwhile is replaced, and the address file says so', async (t) => {
  const { dir, pki } = await makeHome(t)
  const options = await simulatorOptions(dir, pki)
  const first = await startSimulator(options)
  await first.close()
  const blocker = createServer().listen(Number(new URL(first.control).port), '127.0.0.1')
  t.teardown(() => blocker.close())
  const second = await startSimulator(options)
  t.not(second.control, first.control)
  t.equal(second.endpoint, first.endpoint)
  t.match(JSON.parse(await readFile(join(dir, 'address.json'), 'utf8')), { control: second.control })
  await second.close()
  await t.rejects(startSimulator({ ...options, controlPort: Number(new URL(first.control).port) }), { code: 'SIM-004' })
})

test('one that cannot start says why', async (t) => {
  const { dir } = await makeHome(t)
  await t.rejects(adoptOrStartSimulator({ dir, pki: join(dir, 'no-pki'), entry }), { code: 'SIM-002', hint: /ENOENT/ })
})
