import { test } from 'tap'
import { makeEcoc } from '../../contract/store-rows.ts'
import { bearer, openFixture, type Fixture } from '../../support/http-fixture.ts'

const call = async (f: Fixture, path: string, body?: unknown, role: keyof Fixture['tokens'] = 'operator') => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const headers = { ...bearer(f.tokens[role]), 'content-type': 'application/json' }
  const r = await f.app.request(`/api/v1${path}`, { ...init, headers })
  return { status: r.status, headers: r.headers, text: await r.text() }
}

test('access points over HTTP: shown, paused with an end and a reason, resumed', async (t) => {
  const f = await openFixture(t)
  const until = new Date(f.now.getTime() + 3_600_000).toISOString()
  const shown = await call(f, '/access-points', undefined, 'viewer')
  t.match(JSON.parse(shown.text), {
    items: [
      { name: 'nl-example', state: 'reachable', channel: 'call', pause: null, queued: 0 },
      { name: 'nl-acceptance', testOf: 'nl-example' },
    ],
  })
  const pause = { reason: 'their release', until }
  t.equal((await call(f, '/access-points/nl-example/pause', pause, 'viewer')).status, 403)
  t.equal((await call(f, '/access-points/nl-example/pause', { until })).status, 400, 'a reason is needed')
  t.equal((await call(f, '/access-points/nowhere/pause', pause)).status, 404)
  const past = { ...pause, until: '2020-01-01T00:00:00Z' }
  t.match(JSON.parse((await call(f, '/access-points/nl-example/pause', past)).text), { status: 422, code: 'SUB-102' })
  const paused = await call(f, '/access-points/nl-example/pause', pause)
  t.match(JSON.parse(paused.text), {
    items: [{ state: 'paused', until, pause: { reason: 'their release', by: 'token:operator-token', until } }, {}],
  })
  t.match(JSON.parse((await call(f, '/access-points/nl-example/resume', {})).text), { items: [{ pause: null }, {}] })
  t.equal((await call(f, '/access-points/nl-example/resume', {})).status, 409)
})

test('what is handed in at a portal over HTTP', async (t) => {
  const f = await openFixture(t)
  const { row, writes } = makeEcoc({ state: 'held', reason_code: 'SUB-006' })
  await f.store.commit(writes)
  t.match(JSON.parse((await call(f, `/ecocs/${row.id}/envelope`)).text), { status: 404, code: 'API-040' })
  const stored = Buffer.from('content-type: application/xml\r\nfile-name: A"B.xml\r\n\r\n<ivi/>')
  await f.store.commit([f.store.contents.write(row.id, 'envelope', stored, row.created_at)])
  const envelope = await call(f, `/ecocs/${row.id}/envelope`, undefined, 'viewer')
  t.equal(envelope.text, '<ivi/>')
  t.equal(envelope.headers.get('content-disposition'), 'attachment; filename="AB.xml"')

  t.equal((await call(f, `/ecocs/${row.id}/submitted`, {}, 'viewer')).status, 403)
  t.equal((await call(f, `/ecocs/${row.id}/submitted`, { note: 'as 17' })).status, 200)
  t.same(f.asked.at(-1), ['submitted', row.id, 'as 17', 'token:operator-token'])
  t.equal((await call(f, `/ecocs/${row.id}/reply`, { outcome: 'perhaps' })).status, 400)
  const file = { name: 'r.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF').toString('base64') }
  t.equal((await call(f, `/ecocs/${row.id}/reply`, { outcome: 'accepted', reference: 'R-1', file })).status, 200)
  t.match(f.asked.at(-1), ['reply', row.id, { outcome: 'accepted', file: { bytes: Buffer.from('%PDF') } }])
})
