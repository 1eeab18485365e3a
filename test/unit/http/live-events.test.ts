import { test } from 'tap'
import { EventHub } from '../../../gateway/http/event-hub.ts'
import { listen } from '../../../gateway/http/listen.ts'
import { event, update } from '../../../gateway/store/writes.ts'
import { instant } from '../../../gateway/support/clock.ts'
import { bearer, openFixture } from '../../support/http-fixture.ts'

const reader = (r: Response): ((until: RegExp) => Promise<string>) => {
  const chunks = r.body!.pipeThrough(new TextDecoderStream()).getReader()
  return async (until) => {
    let text = ''
    while (!until.test(text)) {
      const { value, done } = await chunks.read()
      if (done) return `${text}<end>`
      text += value
    }
    return text
  }
}

test('events', async (t) => {
  const stop = new AbortController()
  const f = await openFixture(t, { shutdown: stop.signal })
  const row = f.rows[0]!

  await t.test('tell of a change of an eCoC, and of nothing else, and end with the gateway', async (t) => {
    const r = await f.app.request('/api/v1/events', { headers: bearer(f.tokens.viewer) })
    t.match(r.headers.get('content-type'), 'text/event-stream')
    const read = reader(r)
    await read(/welcome/)
    await f.store.commit([event({ at: instant(f.now), actor: 'x', type: 'x', subject: row.id, detail: {} })])
    await f.store.commit([update('ecoc', { id: row.id }, { state: 'held' })])
    t.equal(await read(/\n\n$/), `event: ecoc\ndata: {"id":"${row.id}","state":"held"}\n\n`)
    stop.abort()
    t.match(await read(/never/), /<end>/)
  })
})

test('over a real port', async (t) => {
  const stop = new AbortController()
  const f = await openFixture(t, { shutdown: stop.signal })
  const server = await listen(f.app, { host: '127.0.0.1', port: 0 })
  const base = `http://127.0.0.1:${server.port}`
  const leave = new AbortController()
  const r = await fetch(`${base}/api/v1/events`, { headers: bearer(f.tokens.viewer), signal: leave.signal })
  const read = reader(r)
  await read(/welcome/)
  await f.store.commit([update('ecoc', { id: f.rows[1]!.id }, { state: 'held' })])
  t.match(await read(/event: ecoc/), f.rows[1]!.id)
  await t.rejects(listen(f.app, { host: '127.0.0.1', port: server.port }), { code: 'API-021' })
  stop.abort()
  const started = Date.now()
  await server.close(4000)
  t.ok(Date.now() - started < 2000, 'an open stream does not hold up the end')
})

test('a client that falls behind is told to reload, and never holds more than its share', async (t) => {
  const f = await openFixture(t)
  const hub = new EventHub(f.store, 2)
  const client = hub.open()!
  for (let i = 0; i < 3; i++) client.add({ id: 'a', state: 'held' })
  client.add({ id: 'a' })
  t.same(client.take(), { reset: false, changes: [{ id: 'a', state: 'held' }] }, 'changes of one eCoC are one')
  for (let i = 0; i < 1200; i++) client.add({ id: String(i) })
  const { reset, changes } = client.take()
  t.ok(reset)
  t.ok(changes.length <= 500)
  t.ok(hub.open())
  t.equal(hub.open(), undefined, 'there is a limit to clients')
  hub.close(client)
  t.ok(hub.open())
  const at = Date.now()
  await client.wait(30, new AbortController().signal)
  t.ok(Date.now() - at >= 25)
})
