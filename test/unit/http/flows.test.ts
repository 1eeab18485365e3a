import { test } from 'tap'
import { bearer, openFixture, type Fixture } from '../../support/http-fixture.ts'
import { makeEcoc } from '../../contract/store-rows.ts'

const call = async (f: Fixture, path: string, body?: unknown, role: keyof Fixture['tokens'] = 'admin') => {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const headers = { ...bearer(f.tokens[role]), 'content-type': 'application/json' }
  const r = await f.app.request(`/api/v1/flows${path}`, { ...init, headers })
  return { status: r.status, headers: r.headers, text: await r.text() }
}
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- saves an assertion at each call
const json = <T>(text: string): T => JSON.parse(text) as T

test('flows over HTTP', async (t) => {
  const f = await openFixture(t)

  await t.test('are listed with how each is run, which is live where nothing was said', async (t) => {
    t.same(json((await call(f, '', undefined, 'viewer')).text), {
      items: [{ flow: 'sage-x3', title: 'Sage X3, completed vehicles', version: '1.0.0', mode: 'live' }],
    })
    t.same(json((await call(f, '/sage-x3/mode')).text), { flow: 'sage-x3', mode: 'live' })
    const unknown = await call(f, '/sage-x')
    t.equal(unknown.status, 404)
    t.match(json(unknown.text), { code: 'ACT-424', detail: /Did you mean "sage-x3"/ })
  })

  await t.test('are switched by an admin, which the audit trail tells', async (t) => {
    t.equal((await call(f, '/sage-x3/mode', { mode: 'parallel' }, 'operator')).status, 403)
    t.equal((await call(f, '/sage-x3/mode', { mode: 'sideways' })).status, 400)
    const switched = await call(f, '/sage-x3/mode', { mode: 'parallel' })
    t.match(json(switched.text), { flow: 'sage-x3', mode: 'parallel', from: 'live', report: null })
    t.match((await f.store.events.of('sage-x3')).at(-1), {
      type: 'flow.mode_switched',
      actor: 'token:admin-token',
      detail: JSON.stringify({ from: 'live', to: 'parallel' }),
    })
    const cutover = json<{ report: string }>((await call(f, '/sage-x3/mode', { mode: 'live' })).text)
    t.match(cutover, { mode: 'live', from: 'parallel', heads: 0, undelivered: 0, report: /^[0-9a-f]{64}$/ })
    const report = await call(f, `/sage-x3/reports/${cutover.report}`)
    t.match(report.text, /Cutover of sage-x3/)
    t.match(report.headers.get('content-disposition'), /cutover-sage-x3/)
    t.equal((await call(f, `/sage-x3/reports/${'0'.repeat(64)}`)).status, 404)
  })

  await t.test('show the steps to going live, with who ticked them by the audit trail', async (t) => {
    const note = { accessPoint: 'nl-example', done: true, owner: 'Ada', date: '2026-12-01', proof: 'contract 17' }
    t.equal((await call(f, '/sage-x3/steps/contract', note, 'viewer')).status, 403)
    const after = json<{ accessPoints: { steps: Record<string, unknown>[] }[] }>(
      (await call(f, '/sage-x3/steps/contract', note, 'operator')).text,
    )
    const steps = after.accessPoints[0]?.steps ?? []
    t.same(
      steps.map((s) => s['step']),
      ['contract', 'test_certificate', 'signer', 'test_ecocs', 'match_rate', 'cutover'],
    )
    t.match(steps[0], {
      done: true,
      owner: 'Ada',
      date: '2026-12-01',
      proof: 'contract 17',
      by: 'token:operator-token',
    })
    t.match(steps[3], { derived: true, done: false, have: 0, need: 10 })
    t.match(steps[5], { derived: true, done: true, by: 'token:admin-token' })
    t.equal((await call(f, '/sage-x3/steps/cutover', { accessPoint: 'nl-example', done: true })).status, 409)
    t.equal((await call(f, '/sage-x3/steps/lunch', { accessPoint: 'nl-example', done: true })).status, 404)
    t.equal((await call(f, '/sage-x3/steps/contract', { accessPoint: 'nl-acceptance', done: true })).status, 404)
    t.equal((await call(f, '/sage-x3/steps/contract', { ...note, date: 'soon' })).status, 400)
    await call(f, '/sage-x3/steps/contract', { accessPoint: 'nl-example', done: false })
    const undone = json<typeof after>((await call(f, '/sage-x3')).text).accessPoints[0]?.steps[0]
    t.match(undone, { done: false, owner: 'Ada', by: null }, 'what was noted stays')
  })

  await t.test('count accepted test eCoCs at the access point that stands in', async (t) => {
    const over = { mode: 'test', access_point: 'nl-acceptance', state: 'accepted' } as const
    for (let i = 0; i < 10; i++) await f.store.commit(makeEcoc(over).writes)
    await f.store.commit(makeEcoc({ ...over, state: 'rejected' }).writes)
    const { accessPoints } = json<{ accessPoints: { testPoint: string; steps: unknown[] }[] }>(
      (await call(f, '/sage-x3')).text,
    )
    t.equal(accessPoints.length, 1, 'the stand-in is none of its own')
    t.equal(accessPoints[0]?.testPoint, 'nl-acceptance')
    t.match(accessPoints[0]?.steps[3], { done: true, have: 10, need: 10 })
  })

  await t.test('hand out their match rate in three forms', async (t) => {
    t.match(json((await call(f, '/sage-x3/match-rate')).text), { vehicles: 0, rate: null, fields: [], days: [] })
    t.match((await call(f, '/sage-x3/match-rate.csv')).text, /^VIN;stage;path/)
    t.match((await call(f, '/sage-x3/match-rate.html')).text, /<!doctype html>/)
  })
})
