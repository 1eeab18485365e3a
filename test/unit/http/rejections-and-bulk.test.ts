import { test } from 'tap'
import type { EcocRow } from '../../../gateway/store/tables.ts'
import { update } from '../../../gateway/store/writes.ts'
import { bearer, type Fixture, openFixture } from '../../support/http-fixture.ts'
import { fixtureEcoc } from '../../support/store-fixture.ts'

const calls = (f: Fixture, role: keyof Fixture['tokens'] = 'operator') => ({
  get: async (path: string) => {
    const response = await f.app.request(`http://localhost/api/v1${path}`, { headers: bearer(f.tokens[role]) })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  },
  post: async (path: string, body: object) => {
    const headers = { ...bearer(f.tokens[role]), 'content-type': 'application/json' }
    const response = await f.app.request(`http://localhost/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  },
})
interface Lines {
  readonly hash: string
  readonly done: readonly { id: string; vin: string; state: string }[]
  readonly refused: readonly { id: string; code: string; why: string }[]
}

/** Beside the rejected one of the fixture a few more of the same cause. */
const rejected = async (t: Parameters<typeof openFixture>[0]): Promise<{ f: Fixture; rows: EcocRow[] }> => {
  const f = await openFixture(t)
  const rows: EcocRow[] = f.rows.filter((r) => r.state === 'rejected')
  for (let n = 200; n < 205; n++) {
    const { row, writes } = fixtureEcoc(f.store, { n, state: 'rejected', at: f.now })
    await f.store.commit(writes)
    rows.push(row)
  }
  return { f, rows }
}

test('rejections are listed by cause, explained in the language asked for', async (t) => {
  const { f, rows } = await rejected(t)
  const { get } = calls(f, 'viewer')
  const list = await get('/rejections?language=de')
  t.equal(list.status, 200)
  t.match(list.body, {
    vehicles: rows.length,
    items: [
      {
        accessPoint: 'nl-example',
        count: rows.length,
        explanation: {
          code: 'IVI-1207',
          element: 'TypeApprovalNumber',
          text: 'TypeApprovalNumber is not known to the authority.',
          meaning: /Der Zugangspunkt nimmt/,
        },
      },
    ],
  })
  const [group] = list.body['items'] as { key: string; vins: string[] }[]
  t.equal(group?.vins.length, 5)
  const one = await get(`/rejections/${group?.key ?? ''}`)
  t.equal((one.body['ecocs'] as unknown[]).length, rows.length)
  t.match(await get('/rejections/0000000000000000'), { status: 404, body: { code: 'API-041' } })
  t.match(await get(`/ecocs/${rows[0]?.id ?? ''}/explanation`), {
    body: { messages: [{ element: 'TypeApprovalNumber', whose: String }] },
  })
})

test('a verb for many is shown first, then done as it was shown, and audited as one', async (t) => {
  const { f, rows } = await rejected(t)
  const { get, post } = calls(f)
  const { items } = (await get('/rejections')).body as { items: { key: string }[] }
  const filter = { rejection: items[0]?.key }
  const preview = await post('/ecocs/bulk', { verb: 'correct', filter, preview: true })
  t.equal(preview.status, 200, JSON.stringify(preview.body))
  const shown = preview.body as unknown as Lines
  t.same(shown.done.map((l) => l.id).sort(), rows.map((r) => r.id).sort())
  t.same(shown.refused, [])
  t.equal((await f.store.ecocs.get(rows[0]!.id))?.state, 'rejected', 'a preview changes nothing')

  // One moves in between: what was shown is not what would be done.
  await f.store.commit([update('ecoc', { id: rows[0]!.id }, { state: 'superseded' })])
  const stale = await post('/ecocs/bulk', { verb: 'correct', filter, hash: shown.hash })
  t.match(stale, { status: 409, body: { code: 'ACT-464' } })
  const again = (await post('/ecocs/bulk', { verb: 'correct', filter, preview: true })).body as unknown as Lines
  const comment = 'approval imported'
  const done = await post('/ecocs/bulk', { verb: 'correct', filter, hash: again.hash, comment })
  t.equal(done.status, 200)
  t.equal((done.body as unknown as Lines).done.length, rows.length - 1)
  t.equal((await f.store.ecocs.get(rows[1]!.id))?.state, 'superseded')
  const events = (await f.store.events.from(0, 5000)).filter((e) => e.type === 'bulk.confirmed')
  t.equal(events.length, 1)
  const detail = JSON.parse(events[0]!.detail) as { ecocs: unknown[] }
  t.match(detail, { verb: 'correct', comment, hash: again.hash, refused: 0 })
  t.equal(detail.ecocs.length, rows.length - 1)
})

test('what a state does not allow is refused one by one, with its reason', async (t) => {
  const { f } = await rejected(t)
  const { post } = calls(f)
  const ids = [f.rows.find((r) => r.state === 'held')!.id, f.rows.find((r) => r.state === 'accepted')!.id]
  const preview = (await post('/ecocs/bulk', { verb: 'replay', ids, preview: true })).body as unknown as Lines
  t.same(
    preview.done.map((l) => l.id),
    [ids[0]],
  )
  t.match(preview.refused, [{ id: ids[1], code: 'ACT-409', why: /accepted/ }])
  const done = (await post('/ecocs/bulk', { verb: 'replay', ids, hash: preview.hash })).body as unknown as Lines
  t.equal(done.done.length, 1)
  t.equal((await f.store.ecocs.get(ids[0]!))?.state, 'received')
  t.equal((await f.store.ecocs.get(ids[1]!))?.state, 'accepted')
})

test('a call that names nothing, both or too much is refused', async (t) => {
  const { f } = await rejected(t)
  const { post } = calls(f)
  const ask = async (body: object) => {
    const { status, body: said } = await post('/ecocs/bulk', { verb: 'replay', ...body })
    return [status, said['code']]
  }
  t.same(await ask({ preview: true }), [422, 'ACT-462'])
  t.same(await ask({ filter: {}, preview: true }), [422, 'ACT-462'])
  t.same(await ask({ filter: { state: 'held' }, ids: [f.rows[0]!.id], preview: true }), [422, 'ACT-462'])
  t.same(await ask({ filter: { state: 'held' } }), [400, 'API-002'], 'neither preview nor hash')
  t.same(await ask({ filter: { state: 'odd' }, preview: true }), [400, 'API-002'])
  t.equal(
    (await calls(f, 'viewer').post('/ecocs/bulk', { verb: 'replay', filter: { state: 'held' }, preview: true })).status,
    403,
  )
})

test('routing is asked in advance, shown of an eCoC and changed before its dispatch', async (t) => {
  const { f } = await rejected(t)
  const { get, post } = calls(f)
  const asked = await get(
    `/route?to=GB&typeApproval=${encodeURIComponent('e4*2018/858*1*00')}&category=O4&on=2027-02-01`,
  )
  t.match(asked, {
    status: 200,
    body: { on: '2027-02-01', targets: [{ profile: 'EU', channel: 'call', via: 'eu-soap' }] },
  })
  t.match(asked.body['findings'], [{ code: 'ROUTE-006', params: { rule: 'gb-approval-o' } }])
  t.equal((await get('/route')).status, 400)
  t.equal((await get('/route?to=NL&on=2027-13-01')).status, 400)
  const held = f.rows.find((r) => r.state === 'held')!
  t.match(await get(`/ecocs/${held.id}/target`), { status: 200, body: { documents: [{ id: held.id, own: true }] } })
  t.match(await post(`/ecocs/${held.id}/route`, { accessPoint: 'nowhere' }), { status: 422, body: { code: 'ACT-460' } })
  t.match(await post(`/ecocs/${held.id}/route`, { accessPoint: 'nl-acceptance' }), { status: 422 }, 'it is for tests')
  t.match(await post(`/ecocs/${held.id}/route`, { accessPoint: 'nl-example' }), {
    status: 200,
    body: { state: 'received' },
  })
  const gone = f.rows.find((r) => r.state === 'accepted')!
  t.match(await post(`/ecocs/${gone.id}/route`, { accessPoint: 'nl-example' }), {
    status: 409,
    body: { code: 'ACT-461' },
  })
})
