import { setTimeout as wait } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Test } from 'tap'
import { GatewayError } from '../../gateway/contract/index.ts'
import { aboutFiles, contentOf, context, listed, needed, type UnderTest, within } from './connector-bench.ts'
import type { SourceFixture } from './source-fixtures/fixture.ts'

const hugeBytes = 200_000_000
const mostMemory = 64_000_000
const names = Array.from({ length: 10_000 }, (_, i) => `many-${String(i).padStart(5, '0')}.csv`)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const memory = (): number => {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** What must hold when the world behind a source of files misbehaves. */
export const connectorFaults = async (
  t: Test,
  of: UnderTest<SourceFixture>,
  waivers: SourceFixture['waivers'],
): Promise<void> => {
  const about = aboutFiles(t, of, waivers)
  const openAgain = (there: SourceFixture) => of.connector.open(of.connector.config.parse(there.config), within(5_000))
  /** The next session, as the core opens one after a failure. */
  const anew = async (t: Test, there: SourceFixture) => {
    const open = await openAgain(there)
    t.teardown(() => open.close())
    if (open.kind !== 'files') throw new Error(`it opens ${open.kind}`)
    return open
  }

  await about('a place that is gone is an error, and heals', 'gone', async (t, open, there) => {
    await there.put('x.csv', Buffer.from('x'))
    const comeBack = await there.vanish()
    await t.rejects(open.list(context()), 'never an empty listing')
    await t.rejects(open.writeBack('x.ok.json', Buffer.from('{}'), context()))
    await comeBack()
    t.equal((await open.list(context())).length, 1)
  })

  await about('rights that are lost midway are an error that says so, and heal', 'rights', async (t, open, there) => {
    await there.put('x.csv', Buffer.alloc(100))
    const item = await listed(open, 'x.csv')
    const giveBack = await needed(there.loseRights, 'loseRights')()
    try {
      await t.rejects(open.list(within(5_000)), { message: /\S/ }, 'never an empty listing')
      await t.rejects(contentOf(open, item, within(5_000)))
      await t.rejects(open.settle(item, 'x.1.csv', within(5_000)), 'never told as gone')
    } finally {
      await giveBack()
    }
    const healed = await anew(t, there)
    t.equal((await contentOf(healed, await listed(healed, 'x.csv'))).length, 100)
  })

  await about('an answer that is refused is an error, and leaves nothing behind', 'refused', async (t, open, there) => {
    await there.put('x.csv', Buffer.from('x'))
    const allow = await needed(there.refuseWriting, 'refuseWriting')()
    try {
      await t.rejects(open.writeBack('x.csv.ok.json', Buffer.from('{}'), within(5_000)), { message: /\S/ })
      const item = await listed(open, 'x.csv')
      await t.rejects(open.settle(item, 'x.1.csv', within(5_000)), 'nor is it put away')
      t.same(await there.names(), ['x.csv'])
    } finally {
      await allow()
    }
    const again = await anew(t, there)
    await again.writeBack('x.csv.ok.json', Buffer.from('{}'), context())
    t.equal((await there.look('x.csv.ok.json'))?.toString(), '{}')
  })

  await about('another password or key counts at the next session', 'rotated', async (t, open, there) => {
    await there.put('x.csv', Buffer.from('x'))
    t.equal((await open.list(context())).length, 1)
    const tell = await needed(there.rotate, 'rotate')()
    const refused = async (): Promise<unknown> => {
      const old = await openAgain(there)
      // Where a session is only opened by its first call, that is refused.
      return (old.kind === 'files' ? old.list(within(5_000)) : Promise.resolve()).finally(() => old.close())
    }
    await t.rejects(refused(), GatewayError, 'the old one is refused')
    await tell()
    t.equal((await (await anew(t, there)).list(context())).length, 1)
  })

  await about('a server that hangs is left at the end of the call', 'hangs', async (t, open, there) => {
    await there.put('x.csv', Buffer.from('x'))
    const item = await listed(open, 'x.csv')
    const goOn = await needed(there.hang, 'hang')()
    const begun = performance.now()
    const late = (): number => performance.now() - begun
    try {
      await t.rejects(open.list(within(300)))
      t.ok(late() < 3_000, `the listing ended after ${Math.round(late())} ms`)
      await open.close()
      await open.close()
      t.ok(late() < 6_000, 'closing does not hang, twice neither')
      await t.rejects(
        of.connector
          .open(of.connector.config.parse(there.config), within(300))
          .then((o) => (o.kind === 'files' ? contentOf(o, item, within(300)) : undefined)),
      )
      t.ok(late() < 9_000, 'nor does a new session')
    } finally {
      await goOn()
    }
    t.equal((await (await anew(t, there)).list(context())).length, 1, 'and the next one works')
  })

  await about('a huge item flows through, however slow it is taken', 'huge', async (t, open, there) => {
    const put = there.putHuge ?? ((name, bytes) => there.put(name, Buffer.alloc(bytes)))
    await put('huge.csv', hugeBytes)
    const item = await listed(open, 'huge.csv')
    t.equal(item.size, hugeBytes)
    const before = memory()
    let [bytes, peak, n] = [0, 0, 0]
    for await (const chunk of await open.read(item, context())) {
      bytes += (chunk as Buffer).length
      if (n++ % 128 !== 0) continue
      // Slow at first: what comes meanwhile must wait at the server, not here.
      if (n < 1000) await wait(10)
      peak = Math.max(peak, memory() - before)
    }
    t.equal(bytes, hugeBytes)
    t.ok(peak < mostMemory, `${Math.round(peak / 1e6)} MB of ${hugeBytes / 1e6} MB were held at once`)
  })

  await about('ten thousand small ones are listed, each once', 'many', async (t, open, there) => {
    for (let i = 0; i < names.length; i += 50)
      await Promise.all(names.slice(i, i + 50).map((name) => there.put(name, Buffer.from(name))))
    const begun = performance.now()
    const items = await open.list(within(30_000))
    t.same(items.map((i) => i.key).sort(), names)
    t.ok(items.every((i) => i.size === 14 && i.version !== ''))
    t.ok(performance.now() - begun < 30_000)
    const some = [0, 4_999, 9_999].map((i) => names[i]!)
    for (const name of some) t.equal((await contentOf(open, await listed(open, name))).toString(), name)
    t.equal((await open.list(context(), (key) => some.includes(key))).filter((i) => some.includes(i.key)).length, 3)
  })

  await about('a call that is ended ends', undefined, async (t, open, there) => {
    await there.put('x.csv', Buffer.alloc(2_000_000))
    const item = await listed(open, 'x.csv')
    const stop = AbortSignal.abort()
    await t.rejects(open.list(context(stop)))
    await t.rejects(contentOf(await anew(t, there), item, context(stop)))
    const control = new AbortController()
    const fresh = await anew(t, there)
    const reading = async (): Promise<void> => {
      for await (const chunk of await fresh.read(item, context(control.signal))) {
        t.ok(chunk)
        control.abort()
        await wait(20)
      }
    }
    await t.rejects(reading(), 'in the middle too')
  })
}
