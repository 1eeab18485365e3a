import type { Test } from 'tap'
import { about as aboutAny, context, needed, type UnderTest } from './connector-bench.ts'
import type { PushFixture } from './source-fixtures/fixture.ts'

/** What must hold of a source that calls us; what its calls bring is the core's (test/unit/http/push-source.test.ts). */
export const connectorPush = async (
  t: Test,
  of: UnderTest<PushFixture>,
  waivers: PushFixture['waivers'],
): Promise<void> => {
  const about = aboutAny(t, of, waivers)

  await about('only a call that proves who it is gets in', undefined, async (t, open, there) => {
    if (open.kind !== 'push') return t.fail(`it opens ${open.kind}`)
    const { good, bad } = await needed(there.calls, 'calls')()
    t.match(await open.authenticate(good, context()), /\S/)
    t.ok(bad.length > 0)
    for (const call of bad) t.equal(await open.authenticate(call, context()), undefined, JSON.stringify(call.headers))
  })

  await about('another secret counts at the next call', 'rotated', async (t, open, there) => {
    if (open.kind !== 'push') return t.fail(`it opens ${open.kind}`)
    const before = await needed(there.calls, 'calls')()
    const tell = await needed(there.rotate, 'rotate')()
    await tell()
    t.equal(await open.authenticate(before.good, context()), undefined, 'the old one is refused')
    const { good } = await needed(there.calls, 'calls')()
    t.match(await open.authenticate(good, context()), /\S/)
  })

  await about('a secret that is gone lets nobody in', 'gone', async (t, open, there) => {
    if (open.kind !== 'push') return t.fail(`it opens ${open.kind}`)
    const { good } = await needed(there.calls, 'calls')()
    const comeBack = await there.vanish()
    const asked = open.authenticate(good, context()).then(
      (who) => who,
      () => undefined,
    )
    t.equal(await asked, undefined)
    await comeBack()
    t.match(await open.authenticate(good, context()), /\S/)
  })
}
